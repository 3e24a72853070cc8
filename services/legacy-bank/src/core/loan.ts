import { dividedRounded } from './cents.ts';

export interface LoanOffer {
  readonly ratePpm: bigint;
  readonly paymentCents: bigint;
}

const SCORE_MIN = 420;
const PICO = 1_000_000_000_000n;

/** Quotes an annuity loan, or says why there is none. Rates are in millionths. */
export function loanOffer(score: number, vip: boolean, cents: bigint, months: number): LoanOffer | string {
  if (score < SCORE_MIN) return `credit score below ${SCORE_MIN}`;
  if (cents > limitCents(score)) return 'amount above the limit of the credit score';
  const ratePpm = baseRatePpm(score) + surchargePpm(months) - (vip ? 5_000n : 0n);
  return { ratePpm, paymentCents: paymentCents(cents, ratePpm, months) };
}

function limitCents(score: number): bigint {
  if (score >= 750) return 500_000_00n;
  if (score >= 650) return 250_000_00n;
  if (score >= 550) return 100_000_00n;
  return 25_000_00n;
}

function baseRatePpm(score: number): bigint {
  if (score >= 750) return 34_900n;
  if (score >= 650) return 49_900n;
  if (score >= 550) return 69_900n;
  return 98_900n;
}

function surchargePpm(months: number): bigint {
  if (months <= 12) return 0n;
  if (months <= 36) return 4_000n;
  if (months <= 60) return 7_500n;
  if (months <= 120) return 12_000n;
  return 18_000n;
}

/** P·i·f/(f−1) with f = (1+i)^months; i and each step of f are rounded to twelve digits, the payment to cents. */
function paymentCents(cents: bigint, ratePpm: bigint, months: number): bigint {
  const monthly = dividedRounded(ratePpm * (PICO / 1_000_000n), 12n);
  let factor = PICO;
  for (let month = 1; month <= months; month += 1) {
    factor = dividedRounded(factor * (PICO + monthly), PICO);
  }
  return dividedRounded(cents * monthly * factor, PICO * (factor - PICO));
}
