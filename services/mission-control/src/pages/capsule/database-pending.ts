/** Whether the capsule still waits for legacy's database. A manifest that cannot be read, or of another form, waits for nothing. */
export function databasePending(manifestJson: string): boolean {
  try {
    const manifest: { readonly legacy_database?: { readonly state?: unknown } } | null =
      JSON.parse(manifestJson);
    return manifest?.legacy_database?.state === 'pending';
  } catch {
    return false;
  }
}
