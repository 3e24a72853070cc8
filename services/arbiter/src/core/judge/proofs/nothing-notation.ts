import { readNothing } from '../value/nothing.ts';
import type { ProofRule } from './rule.ts';

export const nothingNotation: ProofRule = {
  name: 'nothing-notation',
  accepts:
    'Nothing said in another way: a missing field, null, "" and blanks; null or a missing field beside [] or {}; a sentinel date (0001-01-01, 0000-00-00, 1753-01-01, 1900-01-01, 2999-12-31, 9999-12-31) or N/A of legacy beside null, "" or a missing field.',
  refuses:
    'Zero, false or 1970-01-01 beside null (a default that nobody entered), the words "null" and "undefined" as text, a sentinel that modern puts where legacy says null, "" beside [].',
  prove({ legacy, modern }) {
    const l = readNothing(legacy);
    const m = readNothing(modern);
    if (l === undefined || m === undefined) return undefined;
    if (!mayStandFor(l, m)) return undefined;
    return `Legacy says nothing by ${l}, modern by ${m}.`;
  },
};

function mayStandFor(legacy: string, modern: string): boolean {
  if (PLAIN.has(legacy))
    return PLAIN.has(modern) || (legacy !== 'empty text' && legacy !== 'blank text' && EMPTY.has(modern));
  if (EMPTY.has(legacy)) return modern === 'absent' || modern === 'null';
  return PLAIN.has(modern);
}

const PLAIN: ReadonlySet<string> = new Set(['absent', 'null', 'empty text', 'blank text']);
const EMPTY: ReadonlySet<string> = new Set(['empty list', 'empty object']);
