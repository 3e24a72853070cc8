import type { Decimal } from './decimal.ts';

/**
 * The rule by which interest is booked. Its name is stored with every booking, so that a build that finds a rule wrong can find what the rule
 * has booked.
 */
export interface InterestRule {
  readonly name: string;
  /** Interest for whole days on a balance (two digits), rounded to cents half away from zero. */
  interest(terms: InterestTerms): Decimal;
}

export interface InterestTerms {
  readonly balance: Decimal;
  /** Annual rate; `0.0125` is 1.25 %. */
  readonly rate: Decimal;
  readonly days: number;
  readonly vip: boolean;
}

const RATES: Readonly<Record<'current' | 'savings', { standard: Decimal; vip: Decimal }>> = {
  current: { standard: { units: 2_500n, scale: 6 }, vip: { units: 5_000n, scale: 6 } },
  savings: { standard: { units: 12_500n, scale: 6 }, vip: { units: 27_500n, scale: 6 } },
};

/** Annual rate of an account, six digits. */
export function annualRate(kind: 'current' | 'savings', vip: boolean): Decimal {
  return vip ? RATES[kind].vip : RATES[kind].standard;
}
