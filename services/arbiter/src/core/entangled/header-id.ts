/** Headers whose value is a URL: the last part of its path is what it leads to. */
const URLS: ReadonlySet<string> = new Set(['location', 'content-location']);

/** A text taken apart: what stands before an identifier, the identifier (empty: there is none), and what follows it. */
export interface AroundId {
  readonly before: string;
  readonly value: string;
  readonly after: string;
}

/** Where the identifier stands that an answer's header holds: the last part of a URL's path, or the whole value. */
export function idInHeader(name: string, text: string): AroundId {
  if (!URLS.has(name)) return { before: '', value: text, after: '' };
  const [, before = '', value = '', after = ''] = /^([^?#]*\/)([^/?#]*)([?#].*)?$/s.exec(text) ?? [];
  return value === '' ? { before: text, value: '', after: '' } : { before, value: unescaped(value), after };
}

/** A part of a path as it is meant; escapes that are none stand for themselves. */
export function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
