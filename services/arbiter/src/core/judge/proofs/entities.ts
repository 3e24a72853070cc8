import { isSecret } from '../value/roles.ts';
import { holdsDocument, plainText, unescapeEntities } from '../value/text.ts';
import type { ProofRule } from './rule.ts';

export const entities: ProofRule = {
  name: 'entities',
  accepts:
    'Characters that legacy writes as HTML or XML character references, and modern by themselves: &amp; and &, &#252; and ü; a text with a tag of which modern escapes every sign of markup.',
  refuses:
    'References escaped twice (&amp;amp;), texts of which both sides have references, references that modern adds to other texts (a page would show them), texts with a tag, a quote or a scheme once modern has resolved the references (it becomes live markup), letters, digits, braces, signs that begin a formula and line ends written as references, code (what is replaced may be the reference), passwords and other secrets.',
  prove({ legacy, modern, field }) {
    if (legacy.text === undefined || modern.text === undefined || isSecret(field)) return undefined;
    // The members of a document have names of their own, secrets among them.
    if (holdsDocument(legacy.text)) return undefined;
    if (isMadeSafe(legacy.text, modern.text))
      return 'Modern escapes all of what would be live markup; resolved, both texts are the same.';
    const resolved = unescapeEntities(legacy.text);
    if (resolved === undefined || unescapeEntities(modern.text) !== undefined) return undefined;
    if (unescapeEntities(resolved) !== undefined) return undefined;
    if (
      isMarkup(resolved) ||
      isCode(resolved) ||
      hidesLetters(legacy.text) ||
      hidesSigns(legacy.text) ||
      quotesOf(resolved) > quotesOf(legacy.text)
    )
      return undefined;
    return plainText(resolved) === plainText(modern.text)
      ? `Only character references differ; resolved, both texts are the same.`
      : undefined;
  },
};

/** Legacy’s text holds a tag, and modern’s is the same with every sign of markup escaped; a bare & needs none, and may be escaped twice on a page. */
function isMadeSafe(legacy: string, modern: string): boolean {
  if (unescapeEntities(legacy) !== undefined || !/<[a-z!/?][^<>]*>/i.test(legacy)) return false;
  const resolved = unescapeEntities(modern);
  return (
    resolved !== undefined &&
    !/[<>]|&(?![#A-Za-z0-9]{1,10};)/.test(modern) &&
    unescapeEntities(resolved) === undefined &&
    plainText(resolved) === plainText(legacy)
  );
}

/** Live without its escapes; <86 begins no tag (HTML: a letter, a slash, ! or ? has to follow). */
function isMarkup(text: string): boolean {
  return /<[a-z!/?]|=\s*["']|\b(?:javascript|vbscript|data)\s*:/i.test(text);
}

/** Quotes may end an attribute, whatever follows; the apostrophe within a word (O'Brien) is none. */
function quotesOf(text: string): number {
  return text.match(/"|(?<!\p{L})'|'(?!\p{L})/gu)?.length ?? 0;
}

/** Text in which a reference may be what is talked about: calls, operators, quotes around signs of markup. */
function isCode(text: string): boolean {
  return /&&|\|\||["'`](?:[&<>]|&[a-z]+;)["'`]|\w\([^)]*["'`]|\$\{|\{\{/.test(text);
}

/** References to what does something in templates, cells of a sheet or headers: braces, $, =, @, `, controls. */
function hidesSigns(text: string): boolean {
  return [...text.matchAll(/&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));/gi)].some(([, hex, decimal]) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code < 0x20 || (code < 0x80 && /[{}$=@`]/.test(String.fromCharCode(code)));
  });
}

/** Nobody needs to escape a letter, a digit or a colon, but to hide it. */
function hidesLetters(text: string): boolean {
  return [...text.matchAll(/&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));/gi)].some(([, hex, decimal]) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code < 0x80 && /[A-Za-z0-9:]/.test(String.fromCharCode(code));
  });
}
