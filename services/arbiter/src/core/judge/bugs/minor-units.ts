import { NumberText, type Value } from '../../compare/value.ts';
import type { Judgement } from '../judgement.ts';
import { CURRENCY_DIGITS, isMinorName } from '../value/currency-digits.ts';
import { type Decimal, parseDecimal, sameDecimal, shift } from '../value/decimal.ts';
import type { Side } from '../value/side.ts';
import type { Observed } from './rule.ts';
import { shown } from './shown.ts';

/**
 * Minor units that become an amount by another number of digits than their currency has: 51663 JPY as 516.63, 51663 KWD as 516.63. Judged before
 * the members are taken apart, for it is the currency beside the number that tells.
 */
export function minorUnitsMisread(unproven: readonly Observed[]): Judgement | undefined {
  const found = unproven.filter(
    ({ legacy, modern, varies }) => !varies && (isMisread(legacy, modern) || isMisread(modern, legacy)),
  );
  const [first] = found;
  if (first === undefined) return undefined;
  return {
    verdict: 'bug',
    rule: 'minor-units-misread',
    severity: 'critical',
    explanation: `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: the currency has another number of digits behind the point (${found.length} requests).`,
  };
}

function isMisread({ fields: minor }: Side, { fields: major }: Side): boolean {
  if (minor === undefined || major === undefined || minor.size > 12 || major.size > 12) return false;
  const [currency, ...others] = new Set([...currenciesOf(minor), ...currenciesOf(major)]);
  const digits = CURRENCY_DIGITS.get(currency ?? '');
  const [[key, units] = ['', undefined], ...more] = numbersOf(minor).filter(
    ([name]) => isMinorName(name) || isFilled(minor.get(name)),
  );
  if (digits === undefined || others.length > 0 || more.length > 0 || units === undefined) return false;
  if (units.scale !== 0 || units.units === 0n || (major.has(key) && isMinorName(key))) return false;
  const amounts = numbersOf(major).filter(
    ([name]) => (name === key || !minor.has(name)) && !isMinorName(name),
  );
  const [[, amount] = ['', undefined]] = amounts;
  if (amount === undefined || amounts.length > 1) return false;
  return [0, 2, 3].some((places) => places !== digits && sameDecimal(shift(amount, places), units));
}

/** Figures of a fixed width without a point, as messages have amounts (ISO 8583). */
function isFilled(value: Value | undefined): boolean {
  return typeof value === 'string' && /^0[0-9]{7,17}$/.test(value);
}

type Fields = ReadonlyMap<string, Value>;

function currenciesOf(fields: Fields): readonly string[] {
  return [...fields.values()].flatMap((value) =>
    typeof value === 'string' && CURRENCY_DIGITS.has(value) ? [value] : [],
  );
}

function numbersOf(fields: Fields): readonly (readonly [string, Decimal])[] {
  return [...fields].flatMap(([key, value]) => {
    const text = value instanceof NumberText ? value.text : value;
    const number =
      typeof text === 'string' && /^-?[0-9]+(?:\.[0-9]+)?$/.test(text) ? parseDecimal(text) : undefined;
    return number === undefined ? [] : [[key, number] as const];
  });
}
