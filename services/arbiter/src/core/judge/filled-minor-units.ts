import { NumberText, type Value } from '../compare/value.ts';
import type { Observed } from './bugs/rule.ts';
import { shown } from './bugs/shown.ts';
import type { Judgement } from './judgement.ts';
import { CURRENCY_DIGITS } from './value/currency-digits.ts';
import { parseDecimal, sameDecimal, shift } from './value/decimal.ts';
import { rawOf, type Side } from './value/side.ts';

/** For the page of rules. */
export const FILLED_MINOR_UNITS = {
  name: 'filled-minor-units',
  accepts:
    'Figures of a fixed width, filled with zeros, as an amount in the currency beside them, by the digits that each currency has behind its point, where the field has currencies of at least two such numbers: 000000002442 USD and 24.42, 000000041477 JPY and 41477.',
  refuses:
    'Currencies that all have two digits, of which nothing tells that the figures are hundredths (asked); an amount by another number of digits; any other member that changes.',
} as const;

/** Where each difference is such an amount. */
export function filledMinorUnits(all: readonly Observed[]): Judgement | undefined {
  const digits = new Set<number>();
  const differing = all.filter(({ differs }) => differs);
  for (const { legacy, modern, varies } of differing) {
    const found = varies ? undefined : digitsOf(legacy, modern);
    if (found === undefined) return undefined;
    digits.add(found);
  }
  const [first] = differing;
  if (first === undefined || digits.size < 2) return undefined;
  return {
    verdict: 'harmless',
    rule: FILLED_MINOR_UNITS.name,
    severity: '',
    explanation: `Figures in the smallest unit of their currency as its amount: ${shown(first.legacy)}, ${shown(first.modern)}. Proven for all ${differing.length} differing of ${all.length} requests.`,
  };
}

type Fields = ReadonlyMap<string, Value>;

/** How many digits the one amount of both has behind its point. */
function digitsOf({ fields: ours }: Side, { fields: theirs }: Side): number | undefined {
  if (ours === undefined || theirs === undefined || ours.size !== theirs.size || ours.size > 12)
    return undefined;
  const changed = [...ours].filter(
    ([key, value]) => !theirs.has(key) || rawOf(theirs.get(key) ?? null) !== rawOf(value),
  );
  const [[key, figures] = ['', null], ...more] = changed;
  const currencies = currenciesOf(ours);
  const digits = CURRENCY_DIGITS.get(currencies[0] ?? '');
  if (digits === undefined || currencies.length > 1 || more.length > 0) return undefined;
  const told = theirs.get(key);
  const amount = parseDecimal(told instanceof NumberText ? told.text : typeof told === 'string' ? told : '');
  if (typeof figures !== 'string' || !/^0[0-9]{7,17}$/.test(figures) || amount === undefined)
    return undefined;
  const units = parseDecimal(figures.replace(/^0+(?=[0-9])/, ''));
  return units !== undefined && sameDecimal(shift(amount, digits), units) ? digits : undefined;
}

function currenciesOf(fields: Fields): readonly string[] {
  return [...fields.values()].flatMap((value) =>
    typeof value === 'string' && CURRENCY_DIGITS.has(value) ? [value] : [],
  );
}
