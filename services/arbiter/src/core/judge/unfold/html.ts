import type { Value } from '../../compare/value.ts';
import { unescapeEntities } from '../value/text.ts';
import type { Members } from './headers.ts';

const CHARS_MAX = 16 * 1024;
const NODES_MAX = 60;

/** Elements that have no end (HTML, 13.1.2). */
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;
/** Blanks between these and others are blanks of a line. */
const INLINE =
  /^(?:a|abbr|b|big|button|cite|code|del|em|font|i|img|input|ins|kbd|label|mark|q|s|select|small|span|strong|sub|sup|u)$/;
/** Blanks and markup within these mean something else. */
const UNREAD = /<(?:pre|textarea|script|style|svg|math|template|title|iframe|noscript|!|\?)/i;
/** Attributes that are true when they are there, whatever their value. */
const TRUE =
  /^(?:allowfullscreen|async|autofocus|autoplay|checked|controls|default|defer|disabled|formnovalidate|hidden|ismap|loop|multiple|muted|nomodule|novalidate|open|readonly|required|reversed|selected)$/;
/** Attributes whose values are words without case. */
const WORDS = /^(?:type|method|enctype|autocomplete|inputmode|dir|rel)$/;
const DEFAULTS: Readonly<Record<string, string>> = {
  'input type': 'text',
  'form method': 'get',
  'button type': 'submit',
};

/** Elements of HTML; others are XML of another kind. */
const KNOWN =
  /^(?:h[1-6]|p|div|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|caption|form|fieldset|legend|option|optgroup|header|footer|main|nav|section|article|aside|figure|figcaption|address|blockquote|hr|br|html|head|body|meta|link|center|dfn|var|samp|time|data|wbr|picture|source|datalist|output|progress|details|summary|col|colgroup|tt|strike)$/;
/** Between controls a line end is layout, and browsers show both of each pair alike. */
const CONTROL = /^(?:input|button|select|label|img)$/;
const ALIKE: Readonly<Record<string, string>> = { b: 'strong', i: 'em', strike: 's' };

const FLAGS: Readonly<Record<string, readonly string[]>> = {
  input: ['checked', 'disabled', 'readonly', 'required'],
  select: ['disabled', 'multiple', 'required'],
  option: ['disabled', 'selected'],
  button: ['disabled'],
};

const TAG =
  /<(\/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*(\/?)>/y;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/** The tags and texts of HTML with an attribute, in their order: names have no case, attributes no order, quotes and line ends between blocks mean nothing. */
export function readHtml(text: string): Members | undefined {
  if (text.length > CHARS_MAX || !/^\s*<[a-z]/i.test(text) || UNREAD.test(text)) return undefined;
  const nodes = new Map<string, Value>();
  const open: string[] = [];
  let before = '';
  for (let at = 0; at < text.length; ) {
    const start = text.indexOf('<', at);
    const words = text.slice(at, start < 0 ? text.length : start);
    TAG.lastIndex = start;
    const tag = start < 0 ? null : TAG.exec(text);
    if (start >= 0 && tag === null) return undefined;
    const named = (tag?.[2] ?? '').toLowerCase();
    const name = ALIKE[named] ?? named;
    if (isText(words, before, name)) nodes.set(`${nodes.size} text`, shownText(words, before, name));
    if (tag === null) break;
    if (!INLINE.test(name) && !KNOWN.test(name)) return undefined;
    const attributes = tag[1] === '/' ? undefined : attributesOf(name, tag[3] ?? '');
    if (tag[1] !== '/' && attributes === undefined) return undefined;
    if (attributes === undefined) {
      if (open.pop() !== name) return undefined;
    } else if (!VOID.test(name)) open.push(name);
    if (tag[4] === '/' && !VOID.test(name)) return undefined;
    nodes.set(`${nodes.size} ${tag[1] === '/' ? 'end' : 'tag'} ${name}`, attributes ?? true);
    if (nodes.size > NODES_MAX) return undefined;
    before = name;
    at = TAG.lastIndex;
  }
  return open.length === 0 ? withOwnIds(nodes) : undefined;
}

/** Blanks in a row are one, and none at the start and the end of a line. */
function shownText(words: string, before: string, behind: string): string {
  const text = (unescapeEntities(words) ?? words).replaceAll(/\s+/g, ' ');
  const started = INLINE.test(before) ? text : text.trimStart();
  return INLINE.test(behind) ? started : started.trimEnd();
}

function isText(words: string, before: string, behind: string): boolean {
  if (words.trim() !== '' || words === '') return words !== '';
  const isLayout = words.includes('\n') && (CONTROL.test(before) || CONTROL.test(behind));
  return !isLayout && INLINE.test(before) && INLINE.test(behind);
}

function attributesOf(element: string, text: string): Members | undefined {
  const seen = new Set<string>();
  // What is not there is told as well: a lock that is lost is another form.
  const found = new Map<string, Value>((FLAGS[element] ?? []).map((flag) => [flag, false]));
  for (const [, key = '', ...values] of text.matchAll(ATTRIBUTE)) {
    const name = key.toLowerCase();
    const told = values.find((value) => value !== undefined) ?? '';
    const value = unescapeEntities(told) ?? told;
    // Of two alike the first one counts; what runs is not read.
    if (seen.has(name) || name.startsWith('on')) return undefined;
    seen.add(name);
    const word = WORDS.test(name) ? value.toLowerCase() : value;
    if (DEFAULTS[`${element} ${name}`] === word) continue;
    // Browsers keep what is opened from its opener by themselves.
    if (name === 'rel' && word === 'noopener') continue;
    found.set(name, TRUE.test(name) ? true : name === 'class' ? value.split(/\s+/).sort().join(' ') : word);
  }
  return found;
}

const REFERENCES = ['id', 'for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'headers', 'list'];

/** Ids with a figure that something refers to, by their order: what they are is made by a program, what they tie together is not. */
function withOwnIds(nodes: Members): Members {
  const all = [...nodes.values()].flatMap((node) => (node instanceof Map ? [node as Members] : []));
  const told = (name: string) =>
    all.flatMap((node) => [node.get(name)].filter((id) => typeof id === 'string'));
  const tied = REFERENCES.slice(1).flatMap(told);
  const order = [
    ...new Set(all.flatMap((node) => REFERENCES.flatMap((name) => node.get(name) ?? []))),
  ].filter(
    (id) => typeof id === 'string' && /[0-9]/.test(id) && tied.includes(id) && told('id').includes(id),
  );
  if (order.length === 0) return nodes;
  return new Map(
    [...nodes].map(([key, node]) => {
      if (!(node instanceof Map)) return [key, node];
      const members: readonly (readonly [string, Value])[] = [...(node as Members)];
      const renamed = members.map(([name, id]): readonly [string, Value] =>
        REFERENCES.includes(name) && order.includes(id)
          ? [name, `id ${'x'.repeat(order.indexOf(id) + 1)}`]
          : [name, id],
      );
      return [key, new Map(renamed)];
    }),
  );
}
