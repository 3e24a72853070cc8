import { divide, multiply } from './decimal.ts';
import type { InterestRule, InterestTerms } from './interest.ts';
import { compound } from './interest-compound.ts';

/**
 * The rule of build v1. It reads the VIP rates as rates of simple interest, balance × rate × days / 365, as the VIP price list seems to
 * say ("2.75 % p. a."); the bank has always compounded them too. Build v2 corrects it.
 */
export const simpleForVip: InterestRule = {
  name: 'simple-for-vip',
  interest: (terms) => (terms.vip ? simple(terms) : compound(terms)),
};

function simple({ balance, rate, days }: InterestTerms) {
  const yearly = multiply(balance, rate);
  return divide(multiply(yearly, { units: BigInt(days), scale: 0 }), { units: 365n, scale: 0 }, 2);
}
