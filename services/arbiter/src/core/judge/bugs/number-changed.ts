import { formatDecimal } from '../value/decimal.ts';
import { numberPairs } from './number-pairs.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';

export const numberChanged: BugRule = {
  name: 'number-changed',
  shows: 'Two exact numbers that are not equal while legacy repeats its own: no pattern is needed.',
  spares:
    'Keys that are handed out in sequence, and differences of one unit in the last digit to both sides (asked).',
  find(context) {
    const pairs = numberPairs(context);
    const first = pairs[0];
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${formatDecimal(first.legacy)}, modern ${formatDecimal(first.modern)}`;
    return { severity: severityOf(context), explanation, shownBy: pairs.length };
  },
};
