/**
 * Runs of UTF-16 in bytes that are read as one character each: Latin text with a zero between its characters, in whichever order of bytes. What
 * follows the last zero may be the last character of it, or none.
 */
const WIDE = /(?:[^\0]\0){4,}[^\0]?/g;

/** The same bytes with every such run replaced by what `masked` makes of its text, which has the same length; undefined: nothing was. */
export function maskWideText(
  binary: string,
  masked: (text: string) => string | undefined,
): string | undefined {
  if (!binary.includes('\0')) return undefined;
  let isMasked = false;
  const all = binary.replaceAll(WIDE, (run) => {
    const text = masked(run.replaceAll('\0', ''));
    if (text === undefined) return run;
    isMasked = true;
    return [...text].join('\0') + (run.endsWith('\0') ? '\0' : '');
  });
  return isMasked ? all : undefined;
}
