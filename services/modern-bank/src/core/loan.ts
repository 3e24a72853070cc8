import { add, type Decimal, decimal, divide, multiply, subtract } from './decimal.ts';

/** What a loan of a term costs above the rate of the borrower's score, and for whom there is an offer. */
export interface LoanRules {
  readonly terms: readonly LoanTerm[];
}

export interface LoanTerm {
  /** The band holds terms up to this many months. */
  readonly upToMonths: number;
  readonly surcharge: Decimal;
}

export interface LoanQuestion {
  readonly creditScore: number;
  readonly vip: boolean;
  readonly amount: Decimal;
  readonly months: number;
}

export type LoanQuote =
  | { readonly approved: true; readonly annualRate: Decimal; readonly monthlyPayment: Decimal }
  | { readonly approved: false; readonly reason: string };

const SCORE_MIN = 420;
/** Base rate by credit score, best first. */
const SCORE_BANDS: readonly { readonly from: number; readonly rate: Decimal; readonly limit: Decimal }[] = [
  { from: 750, rate: decimal('0.034900'), limit: decimal('500000.00') },
  { from: 650, rate: decimal('0.049900'), limit: decimal('250000.00') },
  { from: 550, rate: decimal('0.069900'), limit: decimal('100000.00') },
  { from: SCORE_MIN, rate: decimal('0.098900'), limit: decimal('25000.00') },
];
const VIP_DISCOUNT = decimal('0.005000');
/** Digits of the monthly rate and of its powers. */
const FACTOR_SCALE = 12;
const ONE = decimal('1');

/** Quotes an annuity loan: equal monthly payments, rounded to cents half away from zero. */
export function quoteLoan(rules: LoanRules, { creditScore, vip, amount, months }: LoanQuestion): LoanQuote {
  const band = SCORE_BANDS.find(({ from }) => creditScore >= from);
  if (band === undefined) return { approved: false, reason: `credit score below ${SCORE_MIN}` };
  if (subtract(band.limit, amount).units < 0n)
    return { approved: false, reason: 'amount above the limit of the credit score' };
  const { surcharge } = rules.terms.find(({ upToMonths }) => months <= upToMonths)!;
  const base = add(band.rate, surcharge);
  const annualRate = vip ? subtract(base, VIP_DISCOUNT) : base;
  return { approved: true, annualRate, monthlyPayment: monthlyPayment(amount, annualRate, months) };
}

/** P·i·f/(f−1) with f = (1+i)^months, i and each step of f kept to twelve digits. */
function monthlyPayment(amount: Decimal, annualRate: Decimal, months: number): Decimal {
  const rate = divide(annualRate, decimal('12'), FACTOR_SCALE);
  let factor = ONE;
  for (let month = 0; month < months; month += 1) {
    factor = divide(multiply(factor, add(ONE, rate)), ONE, FACTOR_SCALE);
  }
  return divide(multiply(multiply(amount, rate), factor), subtract(factor, ONE), 2);
}
