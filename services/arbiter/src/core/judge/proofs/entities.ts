import { plainText, unescapeEntities } from '../value/text.ts';
import type { ProofRule } from './rule.ts';

export const entities: ProofRule = {
  name: 'entities',
  accepts: 'Characters written as HTML or XML character references on one side: & and &amp;, ü and &#252;.',
  refuses:
    'References escaped twice (&amp;amp;), texts of which both sides have references, and texts with a tag or attribute once modern has resolved the references (it becomes live markup).',
  prove({ legacy, modern }) {
    if (legacy.text === undefined || modern.text === undefined) return undefined;
    const l = unescapeEntities(legacy.text);
    const m = unescapeEntities(modern.text);
    if ((l === undefined) === (m === undefined)) return undefined;
    const resolved = l ?? m ?? '';
    if (unescapeEntities(resolved) !== undefined) return undefined;
    // Without the escapes it is live markup; <86 begins no tag (HTML: a letter, a slash, ! or ? has to follow).
    if (l !== undefined && /<[a-z!/?]|=\s*["']/i.test(resolved)) return undefined;
    const other = l === undefined ? legacy.text : modern.text;
    return plainText(resolved) === plainText(other)
      ? `Only character references differ; resolved, both texts are the same.`
      : undefined;
  },
};
