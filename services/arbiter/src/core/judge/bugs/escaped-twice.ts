import { once, type Reading } from '../observe.ts';
import { unescapeEntities } from '../value/text.ts';
import { textRule } from './text-pairs.ts';

export const escapedTwice = textRule({
  name: 'escaped-twice',
  shows:
    'Escapes that are left in the text, or written twice, or made for a page in a field without any: &amp;amp;, O&#39;Brien, \\n or \\u00fc as letters, %2520.',
  spares:
    'Character references that modern adds to a text that has none, where legacy has markup or references in any other (asked).',
  how({ legacy, modern }, context) {
    if (legacy !== modern && !ESCAPING.test(legacy) && !ESCAPING.test(modern)) return undefined;
    const resolved = unescapeEntities(legacy);
    if (resolved === undefined && unescapeEntities(modern) === legacy && !once(context, hasMarkup))
      return 'it is escaped for a page, and so its readers see it';
    if (unescapeEntities(modern) === legacy && resolved !== undefined)
      return 'character references are escaped twice';
    if (/&amp;(?:amp|lt|gt|quot|apos|#[0-9]{1,7});/.test(modern) && isPlainOf(legacy, modern))
      return 'character references are escaped twice';
    // <86 begins no tag (HTML: a letter, a slash, ! or ? has to follow).
    if (resolved === modern && /<[a-z!/?]|=\s*["']/i.test(modern)) return 'what was escaped is markup now';
    if (resolved !== undefined && unescapeEntities(modern) === resolved && tagsIn(modern) > tagsIn(legacy))
      return 'what was escaped is markup now';
    if (modern.includes('\\') && unescapeJson(modern) === legacy)
      return 'escapes of strings are left in the text';
    if (modern.replaceAll("''", "'") === legacy || modern.replaceAll(/\\(['"])/g, '$1') === legacy)
      return 'quotes are escaped in the text';
    if (
      modern.replaceAll('+', ' ') === legacy ||
      legacy.replaceAll('+', ' ') === modern ||
      (legacy.includes('+') && legacy.replaceAll('+', ' ').replace(/=+$/, '') === modern)
    )
      return 'blanks and plus signs are confused';
    if (
      modern.includes('%') &&
      [legacy, legacy.replaceAll('+', '%20')].includes(unescapePercent(modern) ?? '')
    )
      return 'percent escapes are left in the text';
    return undefined;
  },
});

/** Any text of legacy’s has a tag or a reference, so that the field may be a piece of a page. */
function hasMarkup({ all }: Reading): boolean {
  return all.some(
    ({ legacy: { text = '' } }) => /<\/?[a-z][^<>]*>/i.test(text) || unescapeEntities(text) !== undefined,
  );
}

function tagsIn(text: string): number {
  return text.match(/<[a-z!/?]/gi)?.length ?? 0;
}

/** What modern says once both escapes are resolved, where legacy has none. */
function isPlainOf(legacy: string, modern: string): boolean {
  const once = unescapeEntities(modern);
  return once !== undefined && unescapeEntities(once) === legacy;
}

/** Signs without which nothing is escaped. */
const ESCAPING = /[&\\'"+%]/;

function unescapeJson(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(
      text.startsWith('"') ? text : `"${text.replaceAll(/(?<!\\)"/g, '\\"')}"`,
    );
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function unescapePercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
