import { add, divide, multiply, round, subtract } from './decimal.ts';
import type { InterestRule, InterestTerms } from './interest.ts';

/** Digits that a balance has between the days of one booking: millionths of a cent. */
const DAILY_SCALE = 8;
const DAYS_OF_YEAR = { units: 365n, scale: 0 };

/**
 * The bank's rule, actual/365: each day bears balance × rate / 365, kept to a millionth of a cent, and itself bears interest from the next
 * day on. The sum is booked in cents. Rounding is half away from zero, each time.
 */
export const compoundDaily: InterestRule = { name: 'compound-daily', interest: compound };

export function compound({ balance, rate, days }: InterestTerms) {
  let grown = balance;
  for (let day = 0; day < days; day += 1) {
    grown = add(grown, divide(multiply(grown, rate), DAYS_OF_YEAR, DAILY_SCALE));
  }
  return round(subtract(grown, balance), 2);
}
