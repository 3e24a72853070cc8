import type { BugRule, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** A key of messages: words of small letters with points between them, three levels of them or two of several words. */
const KEY = /^[a-z][A-Za-z0-9]*(?:[._-][a-z0-9][A-Za-z0-9]*)*(?:\.[a-z][A-Za-z0-9]*(?:[_-][a-z0-9]+)*)$/;
/** What has points, too: files and hosts. */
const NAME =
  /^www\.|\.(?:com|org|net|io|de|eu|html?|json|xml|pdf|txt|csv|png|jpe?g|svg|zip|js|ts|css|py|java|md|ya?ml)$/;
/** What libraries write around a key that they do not find. */
const MISSING =
  /^(?:\?{3}[\w.-]+\?{3}|translation missing: [\w.-]+|\[?missing [“"'][\w.-]+[”"'] translation\]?)$/i;

export const keyShown: BugRule = {
  name: 'key-shown',
  needs: ['texts'],
  shows:
    'Modern shows the key of a message (order.status.ready, ???greeting???) where legacy has the words for it, some of them more than one word.',
  spares: 'One word in place of another, keys of legacy’s own, names of files and hosts.',
  find(context) {
    const found = context.unproven.filter(({ legacy, modern, varies }) => {
      const [words, key] = [legacy.text, modern.text];
      return !varies && words !== undefined && key !== undefined && !isKey(words) && isKey(key);
    });
    const [first] = found;
    if (first === undefined || context.all.some(({ legacy }) => isKey(legacy.text ?? ''))) return undefined;
    const missing = found.some(({ modern }) => MISSING.test(modern.text ?? ''));
    if (!missing && !(areWords(found) && haveOneStart(found))) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: the key of a message in place of its words`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

function isKey(text: string): boolean {
  if (text.length > 120 || MISSING.test(text)) return text.length <= 120;
  return text.length >= 6 && text.includes('.') && KEY.test(text) && !NAME.test(text);
}

/** Legacy speaks to people: a blank between two words, in one of the requests at least. */
function areWords(found: readonly Observed[]): boolean {
  return found.some(({ legacy }) => /^\p{Lu}?\p{L}+[,:;]? \p{L}/u.test(legacy.text ?? ''));
}

function haveOneStart(found: readonly Observed[]): boolean {
  const keys = new Set(found.map(({ modern }) => modern.text ?? ''));
  const starts = new Set([...keys].map((key) => key.split('.')[0]));
  return starts.size === 1 || [...keys].every((key) => key.split('.').length > 2);
}
