import { visibleOf } from '../value/masks.ts';
import type { ProofRule } from './rule.ts';

export const maskNotation: ProofRule = {
  name: 'mask-notation',
  accepts:
    'A masked number of which both sides show the same letters and digits, whatever the sign, number and groups of the mask: **** **** **** 1234 and ************1234.',
  refuses: 'Other letters or digits shown, fewer or more of them, a mask that one side does not have.',
  prove({ legacy, modern }) {
    const l = visibleOf(legacy.text);
    const m = l === undefined ? undefined : visibleOf(modern.text);
    return l !== undefined && l === m ? `Both mask all but ${JSON.stringify(l)}.` : undefined;
  },
};
