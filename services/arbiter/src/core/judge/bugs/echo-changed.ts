import { wordsOf } from '../value/text.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** What a client sends to find its answer again. */
const ECHOED =
  /\b(?:correlation(?: ?id)?|client (?:reference|ref|request id|token)|customer reference|your reference|idempotency(?: key)?|end to end id|in reply to)$/;
const REQUESTS_MIN = 3;

export const echoChanged: BugRule = {
  name: 'echo-changed',
  needs: ['several'],
  shows:
    'Another reference of the client’s (correlation id, client reference, idempotency key, by the name of the field) than legacy gives back, the same in both of its runs, in every request: nobody finds the answer to what was asked.',
  spares:
    'Fields of other names, references that legacy was asked for once, or that modern gives back in some requests (asked).',
  find(context) {
    const { all, unproven, episode } = context;
    if (!ECHOED.test(wordsOf(episode.field.split(/[.[]/).at(-1) ?? ''))) return undefined;
    const [first] = unproven;
    if (first === undefined || unproven.length < Math.max(REQUESTS_MIN, all.length)) return undefined;
    const again = all.filter(({ legacy2 }) => legacy2 !== undefined);
    if (again.length < REQUESTS_MIN || again.some(({ varies }) => varies)) return undefined;
    const ours = new Set(all.map(({ legacy }) => legacy.text));
    if (ours.has(undefined) || ours.size < REQUESTS_MIN) return undefined;
    if (all.some(({ modern }) => modern.text === undefined || ours.has(modern.text))) return undefined;
    const explanation = `Legacy gives back ${shown(first.legacy)} in both runs, modern has ${shown(first.modern)}: it is not what the client sent`;
    return { severity: severityOf(context), explanation, shownBy: unproven.length };
  },
};
