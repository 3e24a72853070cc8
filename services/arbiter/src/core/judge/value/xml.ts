/** Longest text read as XML. */
const CHARS_MAX = 32 * 1024;

/**
 * One spelling of an XML text: attributes sorted, blanks between tags, comments and the prologue left out, `<a/>` as `<a></a>`. Undefined
 * when the text is no single element with balanced tags, or uses declarations and sections that this does not read.
 */
export function canonicalXml(text: string): string | undefined {
  if (
    text.length > CHARS_MAX ||
    !text.trimStart().startsWith('<') ||
    !text.trimEnd().endsWith('>') ||
    text.includes('<!')
  )
    return undefined;
  const source = text.replace(/^\s*<\?xml[^>]*\?>/, '').trim();
  const open: string[] = [];
  let result = '';
  let at = 0;
  while (at < source.length) {
    const start = source.indexOf('<', at);
    if (start < 0) return undefined;
    result += source.slice(at, start).trim();
    const end = source.indexOf('>', start);
    const tag = end < 0 ? undefined : canonicalTag(source.slice(start + 1, end), open);
    if (tag === undefined) return undefined;
    result += tag;
    at = end + 1;
    if (open.length === 0 && at < source.length) return undefined;
  }
  return open.length === 0 ? result : undefined;
}

function canonicalTag(inner: string, open: string[]): string | undefined {
  if (inner.startsWith('/')) {
    const name = inner.slice(1).trim();
    return open.pop() === name ? `</${name}>` : undefined;
  }
  const closed = inner.endsWith('/');
  const body = closed ? inner.slice(0, -1).trimEnd() : inner.trimEnd();
  const name = /^[A-Za-z_][A-Za-z0-9_.:-]*/.exec(body)?.[0];
  if (name === undefined) return undefined;
  const attributes =
    body.slice(name.length).match(/[A-Za-z_][A-Za-z0-9_.:-]* ?= ?(?:"[^"]*"|'[^']*')/g) ?? [];
  const sorted = attributes
    .map((attribute) => attribute.replace(/ ?= ?['"]/, '="').replace(/['"]$/, '"'))
    .sort();
  if (!closed) open.push(name);
  return `<${[name, ...sorted].join(' ')}>${closed ? `</${name}>` : ''}`;
}
