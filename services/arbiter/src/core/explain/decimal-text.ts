import { type Decimal, sameDecimal } from '../judge/value/decimal.ts';
import { NumberStyle, readNumber } from '../judge/value/numbers.ts';
import type { Side } from '../judge/value/side.ts';
import { type Rational, rational } from './rational.ts';

/** A decimal as it was written: its exact value, its decimal places, and whether it stood in quotes. */
export interface DecimalText {
  readonly value: Rational;
  /** Digits after the point; never negative. */
  readonly scale: number;
  readonly quoted: boolean;
  /** ISO code of the currency that stands beside it, else empty. */
  readonly currency: string;
}

/** Longer numbers are nobody's quantity, and exact fractions of them would be slow. */
const CHARS_MAX = 64;

/** A JSON number, or a text that is one (`"12.50"`, `"1,234.50 €"`). A text that could be two numbers is what programs would write so, else none. */
export function readDecimal(side: Side): DecimalText | undefined {
  if ((side.raw?.length ?? 0) > CHARS_MAX) return undefined;
  const number = readNumber(side);
  if (number === undefined) return undefined;
  const decimal = number.values.get(NumberStyle.plain) ?? onlyOne([...number.values.values()]);
  if (decimal === undefined || decimal.scale > CHARS_MAX) return undefined;
  return {
    value: rational(decimal.units, 10n ** BigInt(decimal.scale)),
    scale: decimal.scale,
    quoted: !number.native,
    currency: number.marks.currency,
  };
}

/** The value under all its styles, when they agree. */
function onlyOne(values: readonly Decimal[]): Decimal | undefined {
  const [first, ...others] = values;
  return first && others.every((other) => sameDecimal(first, other)) ? first : undefined;
}
