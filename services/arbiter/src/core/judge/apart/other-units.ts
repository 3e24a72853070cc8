import type { Episode } from '../episode.ts';
import { isNamedOtherwise } from '../unit-names.ts';
import { CURRENCY_DIGITS } from '../value/currency-digits.ts';
import { compareDecimals, parseDecimal } from '../value/decimal.ts';
import { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import { unitOf } from '../value/units.ts';
import type { Row } from './align.ts';

/** The text ends with a unit, and the name of the member with another one: 35x88 cm and lengthMm. */
export function isInUnitOfName(rows: readonly Row[], { field }: Episode): boolean {
  return rows.every(({ tokens }) => {
    const name = tokens.at(-1)?.text ?? '';
    const unit = unitOf(name) ?? unitOf(name.toLowerCase());
    return unit !== undefined && isNamedOtherwise(wordsOf(field.split('.').at(-1) ?? ''), unit);
  });
}

/** The texts tell cents or pence, a member the currency of which they are a hundredth, and each number is just that. */
export function areHundredths(rows: readonly Row[], { observations }: Episode): boolean {
  const isMinor = rows.every(
    ({ tokens, leaves }) =>
      tokens.some(({ text }) => /^(?:ct|cents?|c|¢|p|pence|rp|gr|øre|öre)$/i.test(text)) &&
      [...leaves.values()].some(({ text }) => CURRENCY_DIGITS.get(text) === 2),
  );
  const digits = (raw: string | undefined) => scalarText(raw).replace(',', '.');
  return (
    isMinor &&
    observations.every(({ legacy, modern }) => {
      const [cents, units] = [parseDecimal(digits(legacy)), parseDecimal(digits(modern))];
      if (cents === undefined || units === undefined) return false;
      return compareDecimals({ units: cents.units, scale: cents.scale + 2 }, units) === 0;
    })
  );
}

/** A text or number as it is written; nothing else is any. */
export function scalarText(raw: string | undefined): string {
  const side = new Side(raw);
  return side.text ?? (side.isNumber ? (raw ?? '') : '');
}
