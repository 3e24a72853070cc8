import { Random } from '../../../../families/kit.ts';
import { decimalText } from '../nice-number.ts';
import { multiply, type Rational, rational } from '../rational.ts';
import { roundToUnits } from '../rounding.ts';
import type { Sample } from '../sample.ts';

/** A reason that the explanation has to find, with the samples that it makes. */
export interface Hidden {
  readonly name: string;
  readonly hypothesis: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly condition?: string;
  /** What people are told, where the words matter. */
  readonly formula?: string;
  readonly samples: readonly Sample[];
}

export const amount = (random: Random, max = 500_000): string => cents(BigInt(random.int(1_000, max)));

/** `12345` as `123.45`. */
export function cents(units: bigint): string {
  const text = decimalText(rational(units, 100n)) ?? '';
  const [whole = '0', fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

export const value = (text: string): Rational => {
  const [whole = '', fraction = ''] = text.split('.');
  return rational(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
};

/** legacy × n/d at two decimals, half up. */
export const times = (text: string, n: bigint, d = 1n): string =>
  cents(roundToUnits(multiply(value(text), rational(n, d)), 2, 'half-up'));

/** So many samples, each with facts of a request that has nothing to do with any difference. */
export function requests(
  seed: string,
  count: number,
  make: (random: Random, facts: Map<string, string>, index: number) => Sample,
): Sample[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, index) => {
    const facts = new Map([
      ['segment.tier', JSON.stringify(random.pick(['VIP', 'standard', 'standard', 'business']))],
      ['segment.country', JSON.stringify(random.pick(['DE', 'FR', 'US', 'JP']))],
      ['request.body.currency', JSON.stringify(random.pick(['EUR', 'USD', 'JPY']))],
      ['request.body.amount', amount(random, 2_000_000)],
      ['request.query.page', String(random.int(1, 9))],
      ['request.body.reference', JSON.stringify(`ref-${random.int(1, 1e9)}`)],
    ]);
    return { request: facts, ...make(random, facts, index) };
  });
}
