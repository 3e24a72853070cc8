import { readNothing, sentinelEnd } from '../value/nothing.ts';
import { isBirth, isEnd, isRights, isStart } from '../value/roles.ts';
import type { Side } from '../value/side.ts';
import type { ProofRule } from './rule.ts';

export const nothingNotation: ProofRule = {
  name: 'nothing-notation',
  accepts:
    'Nothing said in another way: a missing field, null, "" and blanks; null or a missing field beside [] or {}; a sentinel date (0001-01-01, 0000-00-00, 1753-01-01, 1900-01-01, 2999-12-31, 9999-12-31) or N/A of legacy beside null, "" or a missing field.',
  refuses:
    'Zero, false or 1970-01-01 beside null (a default that nobody entered), the words "null" and "undefined" as text, a sentinel that modern puts where legacy says null, "" beside []; by the name of the field: the first of days as the end of something (it was over, and now never is), the last of days as a start, a day of birth in 1900, [] or {} of who may do what (nobody, and now anybody).',
  prove({ legacy, modern, field }) {
    const l = readNothing(legacy);
    const m = readNothing(modern);
    if (l === undefined || m === undefined) return undefined;
    if (!mayStandFor(l, m) || isSomething(legacy, field)) return undefined;
    if ((EMPTY.has(l) || EMPTY.has(m)) && isRights(field)) return undefined;
    return `Legacy says nothing by ${l}, modern by ${m}.`;
  },
};

/** A sentinel is open only at the end at which nothing is: never to have begun, or to be over since ever, is something. */
function isSomething(legacy: Side, field: string): boolean {
  const end = sentinelEnd(legacy);
  if (end === undefined) return false;
  if (isBirth(field) && legacy.text?.startsWith('1900') === true) return true;
  return end === 'first' ? isEnd(field) : isStart(field) && !isEnd(field);
}

function mayStandFor(legacy: string, modern: string): boolean {
  if (PLAIN.has(legacy))
    return PLAIN.has(modern) || (legacy !== 'empty text' && legacy !== 'blank text' && EMPTY.has(modern));
  if (EMPTY.has(legacy)) return modern === 'absent' || modern === 'null';
  return PLAIN.has(modern);
}

const PLAIN: ReadonlySet<string> = new Set(['absent', 'null', 'empty text', 'blank text']);
const EMPTY: ReadonlySet<string> = new Set(['empty list', 'empty object']);
