/** Replaces `${NAME}` by the values known for it; what is not known is left as it stands, for a shell inside the command may mean it. */
export function substitute(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{([A-Z][A-Z0-9_]*)\}/g, (whole, name: string) => values[name] ?? whole);
}
