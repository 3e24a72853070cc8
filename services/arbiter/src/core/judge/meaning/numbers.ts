import type { FieldProfile } from '../profile.ts';
import { type Decimal, formatDecimal, sameDecimal, shift } from '../value/decimal.ts';
import { NumberStyle, type NumberText, readNumber } from '../value/numbers.ts';
import type { Side } from '../value/side.ts';
import { different, open, type Relation, same } from './relation.ts';

export interface NumberRelation extends Relation {
  readonly legacy: Decimal;
  readonly modern: Decimal;
  /** Both are JSON numbers. */
  readonly native: boolean;
  /** The amounts are of different currencies, whatever their numbers. */
  readonly currency: boolean;
}

/** Compares two values as exact decimals, each in the styles that its side of the field has kept to; undefined when one is no number. */
export function relateNumbers(
  legacySide: Side,
  modernSide: Side,
  profile: FieldProfile,
): NumberRelation | undefined {
  const legacy = readNumber(legacySide);
  if (legacy === undefined) return undefined;
  const modern = readNumber(modernSide);
  if (modern === undefined) return undefined;
  if (legacy.native && modern.native) return legacySide.against(modernSide, relateNative);
  const { legacy: legacyProfile, modern: modernProfile } = profile.data;
  const ours = readings(legacy, legacyProfile.numberStyles);
  const theirs = readings(modern, modernProfile.numberStyles);
  const [first] = ours.likely;
  const [second] = theirs.likely;
  if (first === undefined || second === undefined) return undefined;
  const native = legacy.native && modern.native;
  const currency = differentMarks(legacy, modern);
  const answer = (relation: Relation, l: Decimal = first, m: Decimal = second): NumberRelation => ({
    ...relation,
    legacy: l,
    modern: m,
    native,
    currency,
  });
  for (const l of ours.likely) {
    for (const m of theirs.likely) {
      if (sameDecimal(l, m)) return answer(agreed(legacy, modern, l, theirs.likely), l, m);
    }
  }
  if (currency) return answer(different('the currency is not the same'));
  const percent =
    legacy.marks.unit !== modern.marks.unit &&
    ours.likely.some((l) => theirs.likely.some((m) => sameDigits(legacy, modern, l, m)));
  if (percent) return answer(open('the digits are the same and only one of them is marked as a share'));
  if (theirs.others.some((m) => ours.likely.some((l) => sameDecimal(l, m))))
    return answer(open("modern's separator can be read in two ways"));
  return answer(different('the numbers are not equal'));
}

/** Two JSON numbers: one notation, and nothing around them. */
function relateNative({ number: legacy }: Side, { number: modern }: Side): NumberRelation | undefined {
  if (legacy === undefined || modern === undefined) return undefined;
  const relation = sameDecimal(legacy, modern)
    ? same(`both are ${formatDecimal(legacy)}`)
    : different('the numbers are not equal');
  return { ...relation, legacy, modern, native: true, currency: false };
}

/** What a program writes by itself is plain; another style counts only where plain cannot be meant. */
function readings(number: NumberText, styles: number): { likely: Decimal[]; others: Decimal[] } {
  const kept = number.native ? number.styles : number.styles & styles || number.styles;
  const plain = (kept & NumberStyle.plain) !== 0;
  const likely: Decimal[] = [];
  const others: Decimal[] = [];
  for (const [style, value] of number.values) {
    if ((kept & style) === 0) continue;
    if (plain && style !== NumberStyle.plain) others.push(value);
    else likely.push(value);
  }
  return { likely, others };
}

function agreed(
  legacy: NumberText,
  modern: NumberText,
  value: Decimal,
  theirs: readonly Decimal[],
): Relation {
  if (differentMarks(legacy, modern)) return different('the currency is not the same');
  if (legacy.marks.currency === '' && modern.marks.currency !== '')
    return open('the amounts are equal and modern tells a currency that legacy does not');
  // $ is of many; only the first of them may be meant without being told.
  if (isNarrowed(legacy.marks.currency, modern.marks.currency))
    return open('the amounts are equal and modern tells one of the currencies that legacy’s sign may be');
  if (legacy.marks.currency !== '' && modern.marks.currency === '')
    return open('the amounts are equal and modern leaves the currency out');
  // 2.888 beside 2,888: a decimal comma, or thousands misread.
  if (value.scale === 3 && theirs.some((other) => !sameDecimal(other, value)))
    return open("modern's separator can be read in two ways");
  return same(`both are ${formatDecimal(value)}`);
}

function isNarrowed(ours: string, theirs: string): boolean {
  const codes = ours.split(' ');
  return codes.length > 1 && theirs !== ours && theirs !== '' && theirs.split(' ')[0] !== codes[0];
}

function differentMarks(legacy: NumberText, modern: NumberText): boolean {
  const [ours, theirs] = [legacy.marks.currency, modern.marks.currency];
  return ours !== '' && theirs !== '' && !ours.split(' ').some((code) => theirs.split(' ').includes(code));
}

function sameDigits(legacy: NumberText, modern: NumberText, l: Decimal, m: Decimal): boolean {
  return sameDecimal(shift(l, placesOf(legacy)), shift(m, placesOf(modern)));
}

function placesOf(number: NumberText): number {
  return { '': 0, '%': 2, '‰': 3, bps: 4 }[number.marks.unit];
}
