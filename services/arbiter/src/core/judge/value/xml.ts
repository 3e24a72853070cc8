import { unescapeEntities } from './text.ts';

/** Longest text read as XML. */
const CHARS_MAX = 32 * 1024;

/**
 * One spelling of an XML text: attributes sorted, blanks between tags (not beside text, nor between words of a sentence: `<b>10</b> <b>000</b>`) and the prologue left out, `<a/>` as `<a></a>`, references and CDATA
 * sections as the fewest references, the one namespace of all elements without its prefix. Undefined when the text is no single element with balanced tags, or uses declarations or comments.
 */
export function canonicalXml(text: string): string | undefined {
  if (text.length > CHARS_MAX || !text.trimStart().startsWith('<') || !text.trimEnd().endsWith('>'))
    return undefined;
  const source = withoutSections(text.replace(/^\s*<\?xml[^>]*\?>/, '').trim());
  if (source.includes('<!')) return undefined;
  const namespaces = source.includes('xmlns') ? namespacesOf(source) : undefined;
  return canonicalTags(namespaces === undefined ? source : withoutPrefixes(source, namespaces));
}

function canonicalTags(source: string): string | undefined {
  const open: string[] = [];
  let result = '';
  let at = 0;
  while (at < source.length) {
    const start = source.indexOf('<', at);
    if (start < 0) return undefined;
    const between = source.slice(at, start);
    const end = source.indexOf('>', start);
    if (between.trim() !== '') result += fewestReferences(between);
    else if (between !== '' && isBlankOfText(between, result, source.slice(start, start + 12))) result += ' ';
    const tag = end < 0 ? undefined : canonicalTag(source.slice(start + 1, end), open);
    if (tag === undefined) return undefined;
    result += tag;
    at = end + 1;
    if (open.length === 0 && at < source.length) return undefined;
  }
  return open.length === 0 ? result : undefined;
}

const NAMESPACE = /\sxmlns(?::([A-Za-z_][A-Za-z0-9_.-]*))?\s?=\s?(?:"([^"]*)"|'([^']*)')/g;

/** The element and attribute names of one tag, and its quoted values as they stand. */
const NAMES = /"[^"]*"|'[^']*'|(<\/?|\s)([A-Za-z_][A-Za-z0-9_.-]*:)?([A-Za-z_][A-Za-z0-9_.-]*)(?=[\s=/>])/g;

/**
 * The namespaces by their prefixes, all declared at the root; undefined where one is declared elsewhere or twice, or where a value may use a
 * prefix itself (xsi:type="p:Amount").
 */
function namespacesOf(source: string): ReadonlyMap<string, string> | undefined {
  const root = source.slice(0, source.indexOf('>') + 1);
  const found = [...root.matchAll(NAMESPACE)].map(([, prefix = '', a, b]) => [prefix, a ?? b ?? ''] as const);
  if (found.length === 0 || new Set(found.map(([, uri]) => uri)).size < found.length) return undefined;
  if ((source.match(NAMESPACE)?.length ?? 0) > found.length) return undefined;
  const isUsed = found.some(
    ([prefix]) =>
      prefix !== '' &&
      new RegExp(`["'>\\s]${prefix.replaceAll('.', '\\.')}:(?![^<>"']*=\\s?["'])`).test(source),
  );
  return isUsed ? undefined : new Map(found);
}

/** Every name with its namespace in place of its prefix, none where it is the root's; a namespace that no name is of is left out. */
function withoutPrefixes(source: string, namespaces: ReadonlyMap<string, string>): string {
  const rootPrefix = /^<([A-Za-z_][A-Za-z0-9_.-]*):/.exec(source)?.[1] ?? '';
  const own = namespaces.get(rootPrefix);
  const body = source.replaceAll(NAMESPACE, '').replaceAll(/<[^<>]*>/g, (tag) =>
    tag.replaceAll(NAMES, (name, before: string | undefined, prefix: string | undefined, local: string) => {
      // An attribute without a prefix is of no namespace.
      if (before === undefined || (prefix === undefined && !before.startsWith('<'))) return name;
      const uri = namespaces.get(prefix?.slice(0, -1) ?? '');
      if (before.startsWith('<') && uri === own) return `${before}${local}`;
      if (uri === undefined) return prefix === undefined ? `${before}none.${local}` : name;
      return `${before}${[...uri].map((sign) => `_${sign.codePointAt(0)?.toString(16)}`).join('')}.${local}`;
    }),
  );
  return own === undefined ? body : body.replace(/^<[^\s/>]+/, (name) => `${name} xmlns="${own}"`);
}

/** Elements of HTML that stand within a line: a blank between two of them is a blank of the text. */
const INLINE = '(?:a|abbr|b|big|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u)';
const INLINE_END = new RegExp(`</${INLINE}>$`, 'i');
const INLINE_START = new RegExp(`^<${INLINE}[\\s>]`, 'i');

/** Between an element's own tags, or between two elements on one line, a blank is a text; a line end is how the document is indented. */
function isBlankOfText(between: string, before: string, behind: string): boolean {
  if (INLINE_END.test(before) && INLINE_START.test(behind)) return true;
  if (/[\r\n]/.test(between)) return false;
  const isOnlyContent = behind.startsWith('</') && !/<\/[^<>]*>$/.test(before);
  return isOnlyContent || (behind[1] !== '/' && /[^>]<\/[^<>]*>$/.test(before));
}

const ATTRIBUTE = /\s[A-Za-z_][A-Za-z0-9_.:-]*\s?=\s?(?:"[^"]*"|'[^']*')/g;

const CLOSED_BY_TAG =
  /^(?:button|canvas|div|em|h[1-6]|iframe|label|li|object|ol|option|script|select|span|strong|style|table|tbody|td|textarea|th|thead|title|tr|ul|video)$/;

function canonicalTag(inner: string, open: string[]): string | undefined {
  if (inner.startsWith('/')) {
    const name = inner.slice(1).trim();
    return open.pop() === name ? `</${name}>` : undefined;
  }
  const closed = inner.endsWith('/');
  const body = closed ? inner.slice(0, -1).trimEnd() : inner.trimEnd();
  const name = /^[A-Za-z_][A-Za-z0-9_.:-]*/.exec(body)?.[0];
  if (name === undefined) return undefined;
  const rest = body.slice(name.length);
  // What is no name with a quoted value (bare, unquoted, with a > inside) is not read.
  if (rest.replaceAll(ATTRIBUTE, '').trim() !== '') return undefined;
  const attributes = rest.match(ATTRIBUTE) ?? [];
  const sorted = attributes
    .map((attribute) => {
      const at = attribute.indexOf('=');
      const value = attribute
        .slice(at + 1)
        .trim()
        .slice(1, -1);
      // A raw line end in an attribute is a blank (XML 1.0, 3.3.3), one that is referred to is a line end.
      return `${attribute.slice(0, at).trim()}="${fewestReferences(value.replaceAll(/\r\n|[\r\n\t]/g, ' '))}"`;
    })
    .sort();
  // In HTML only void elements close themselves: <div/> opens one.
  if (closed && CLOSED_BY_TAG.test(name)) return undefined;
  if (!closed) open.push(name);
  return `<${[name, ...sorted].join(' ')}>${closed ? `</${name}>` : ''}`;
}

/** Text with references resolved and the letters of markup referred to again: markup that was escaped stays so. */
function fewestReferences(text: string): string {
  return escapeMarkup(unescapeEntities(text) ?? text);
}

function escapeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const SECTION = '<![CDATA[';

/** CDATA sections as escaped text; one that does not end is left as it is. */
function withoutSections(source: string): string {
  let result = '';
  let at = 0;
  for (;;) {
    const start = source.indexOf(SECTION, at);
    const end = start < 0 ? -1 : source.indexOf(']]>', start);
    if (end < 0) return result + source.slice(at);
    result += source.slice(at, start) + escapeMarkup(source.slice(start + SECTION.length, end));
    at = end + 3;
  }
}
