/** The one error type of this package: what is wrong, and what the reader can do about it. */
export class LocalError extends Error {
  override readonly name = 'LocalError';

  constructor(problem: string, remedy: string, options?: { cause?: unknown }) {
    super(remedy === '' ? problem : `${problem}\n  → ${remedy}`, options);
  }
}

/** The message of anything thrown, for a log line or a wrapped error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The errno code of a system error (`ENOENT`, …), or undefined for anything else. */
export function errnoOf(error: unknown): string | undefined {
  // Not `instanceof Error`: under Jest, errors of node: modules come from another realm.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
