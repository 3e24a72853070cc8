import { dividedRounded } from './cents.ts';

/** Books are carried on in millionths of a cent between the days of one booking. */
const MICRO = 1_000_000n;
const DAYS_OF_YEAR = 365n;

/**
 * Compound interest on a balance, day by day, actual/365. Each day's interest is rounded to a millionth of a cent and bears interest from
 * the next day on; the sum is rounded to cents.
 *
 * @param cents balance in cents, not negative
 * @param ratePpm annual rate in millionths: 12,500 is 1.25 %
 * @returns interest in cents
 */
export function interestCents(cents: bigint, ratePpm: bigint, days: number): bigint {
  let micro = cents * MICRO;
  for (let day = 1; day <= days; day += 1) {
    micro += dividedRounded(micro * ratePpm, DAYS_OF_YEAR * MICRO);
  }
  return dividedRounded(micro - cents * MICRO, MICRO);
}
