import { decimal } from './decimal.ts';
import type { InterestRule } from './interest.ts';
import { compoundDaily } from './interest-compound.ts';
import { simpleForVip } from './interest-simple-vip.ts';
import type { LoanRules } from './loan.ts';

/** What makes one build of the bank differ from another. */
export interface Build {
  readonly interest: InterestRule;
  /** Rules found wrong since: what they booked is booked anew with this build's rule. */
  readonly corrects: readonly string[];
  readonly loans: LoanRules;
}

const TERMS_TO_TEN_YEARS = [
  { upToMonths: 12, surcharge: decimal('0.000000') },
  { upToMonths: 36, surcharge: decimal('0.004000') },
  { upToMonths: 60, surcharge: decimal('0.007500') },
  { upToMonths: 120, surcharge: decimal('0.012000') },
];

/** v1 is wrong on VIP interest, and its table of loan terms ends at ten years (a longer one is an internal error); v2 is right. */
export const BUILDS: Readonly<Record<'v1' | 'v2', Build>> = {
  v1: { interest: simpleForVip, corrects: [], loans: { terms: TERMS_TO_TEN_YEARS } },
  v2: {
    interest: compoundDaily,
    corrects: [simpleForVip.name],
    loans: { terms: [...TERMS_TO_TEN_YEARS, { upToMonths: 360, surcharge: decimal('0.018000') }] },
  },
};
