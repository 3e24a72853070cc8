/** Texts remembered by each function, and the longest of them. */
const TEXTS_MAX = 64;
const CHARS_MAX = 256;

/** A function of one text that keeps what it found of the last texts: rule after rule asks the same of the two texts of a difference. */
export function remembered<T>(find: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly found: T }>();
  return (text) => {
    if (text.length > CHARS_MAX) return find(text);
    const entry = known.get(text);
    if (entry !== undefined) return entry.found;
    if (known.size >= TEXTS_MAX) known.clear();
    const found = find(text);
    known.set(text, { found });
    return found;
  };
}
