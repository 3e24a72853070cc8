import { isGraveName } from '../bugs/severity.ts';
import { relateNumbers } from '../meaning/numbers.ts';
import type { FieldProfile, ProfileData } from '../profile.ts';
import { NumberStyle } from '../value/numbers.ts';
import { isIdentifying, isMoneyName, isNumbering } from '../value/roles.ts';
import type { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import type { ProofRule } from './rule.ts';

export const numberNotation: ProofRule = {
  name: 'number-notation',
  ofField: true,
  digits: true,
  accepts:
    'The same exact number as JSON number or as text, with separators for thousands and decimals in a style that the whole field keeps to, accounting or trailing minus, zeros before an amount with a point, a share with its mark (2.5% and 0.025).',
  refuses:
    'Separators that can be read in two ways (2.161 and 2161; 1,234 and 1234 where no other value tells the style), telephone numbers without their plus sign, integers beyond 2⁵³ that become JSON numbers, zeros before bare digits (they belong to an identifier), an amount in text that loses a decimal place, the last zero of versions and clauses, another currency, a currency left out or made up, 2.5% beside 2.5.',
  prove({ legacy, modern, profile, field }) {
    if (legacy.isNumber && modern.isNumber) return undefined;
    const found = relateNumbers(legacy, modern, profile);
    if (found?.is !== 'same' || isNumberOfSomething(legacy, modern)) return undefined;
    const { plain, comma, point } = NumberStyle;
    const styles = profile.data.legacy.numberStyles;
    // 1,234 is a thousand or one and a bit, and so is 1.234 unless modern reads it as programs write it: other values of the field must tell.
    const isOpen = (styles & comma) !== 0 && (styles & point) !== 0;
    const isRead = found.legacy.scale > 0 && (styles & plain) !== 0;
    if (isOpen && !isRead && ONE_GROUP.test(legacy.text ?? '')) return undefined;
    // A relative change is no amount.
    if (
      /^\+[0-9.,]+$/.test(legacy.text ?? '') &&
      modern.text?.startsWith('+') !== true &&
      (!isMoneyName(field) || /\b(?:volume|limit|rest|open)\b/.test(wordsOf(field)))
    )
      return undefined;
    if (isVersion(legacy, modern, profile, field) || isFilledUp(legacy, modern, field)) return undefined;
    if (isBracketed(legacy, profile, field) || isGrouped(legacy, profile) || isOtherPoint(legacy, field))
      return undefined;
    if (legacy.text !== undefined && modern.text !== undefined && found.modern.scale < found.legacy.scale)
      return undefined;
    return `Only the notation of the number differs: ${found.because}.`;
  },
};

const ONE_GROUP = /^[^0-9]*[0-9]{1,3}[.,][0-9]{3}[^0-9]*$/;

/** Digits that identify: with a plus sign in front, or more of them than a client's numbers can hold. */
function isNumberOfSomething(legacy: Side, modern: Side): boolean {
  const text = legacy.text?.trim() ?? '';
  if (/^\+[0-9]{7,}$/.test(text) && modern.text?.trim().startsWith('+') !== true) return true;
  return modern.isNumber && /^-?[0-9]{16,}$/.test(text) && !Number.isSafeInteger(Number(text));
}

/** 1.10 among texts of other lengths behind the point is no number whose last zero says nothing: 1.1 is another version, another clause. */
function isVersion(legacy: Side, modern: Side, { data }: FieldProfile, field: string): boolean {
  const { scaleMin, scaleMax, numbers } = data.legacy;
  // 5.00 and 7.50 are amounts; 3.10 comes after 3.9.
  const isBare =
    /^(?:[0-9]{1,3}\.0|[0-9]{1,4}\.[1-9]0)$/.test(legacy.text ?? '') && !(legacy.text ?? '').endsWith('50');
  if (!isBare || !modern.isNumber) return false;
  if (isNumbering(field) || (numbers > 1 && scaleMin !== scaleMax && scaleMin >= 1)) return true;
  // 3.10 beside 3.11: amounts are of many sizes, or called so.
  const values = valuesOf(data, legacy);
  const isAmount = isMoneyName(field) || isGraveName(field) || values.length >= AMOUNTS_MIN;
  return !isAmount && !values.some((text) => (data.observed === 0 ? AMOUNT_ALONE : AMOUNT).test(text));
}

/** Of one value by itself nothing else is known. */
function valuesOf({ observed, legacy }: ProfileData, { text = '' }: Side): readonly string[] {
  return observed === 0 ? [text] : legacy.vocabulary.map((raw) => raw.replaceAll('"', ''));
}

/** Below one or zero, or with a last figure that is one: codes of two places behind a point are cut to no length. */
const AMOUNT = /^0\.|^-|^[0-9]{3,}\.[0-9]*[1-9]$/;

/** Of one value by itself three figures before the point are enough. */
const AMOUNT_ALONE = /^[0-9]{3,}\.|^0\.|^-/;

/** Different values that show that they are of many sizes. */
const AMOUNTS_MIN = 6;

/** (3) is a footnote, and 65- an age, where no plain number and no point stands beside it. */
function isBracketed({ text = '' }: Side, { data }: FieldProfile, field: string): boolean {
  if (!/^(?:\([0-9]{1,3}\)|[0-9]{1,3}-)$/.test(text.trim())) return false;
  // A grade: 2- beside 1.
  if (/^[0-9]-$/.test(text.trim()) || (!isMoneyName(field) && text.includes('(') === false)) return true;
  const amounts = isMoneyName(field)
    ? /^"? *[0-9]+(?:[.,][0-9]+)*"?$|[0-9][.,][0-9]/
    : /[0-9][.,][0-9]|[0-9]{4}/;
  return !data.legacy.vocabulary.some((raw) => amounts.test(raw));
}

/** Every point stands before three figures, and others have none: 12.500 beside 999 may be thousands. */
function isGrouped(legacy: Side, { data }: FieldProfile): boolean {
  if (!/^[1-9][0-9]{0,2}\.[0-9]{3}$/.test(legacy.text ?? '')) return false;
  if (data.observed === 0) return true;
  const values = valuesOf(data, legacy);
  return (
    values.some((other) => /^[0-9]{1,3}$/.test(other)) &&
    values.every((other) => !other.includes('.') || /^[1-9][0-9]{0,2}(?:\.[0-9]{3})+$/.test(other))
  );
}

/** 250 bp are base pairs, and 9600 bps bits, where the name says so. */
function isOtherPoint({ text = '' }: Side, field: string): boolean {
  return (
    /[0-9] ?bps?$/i.test(text) &&
    /\b(?:line|baud|fragment|sequence|read|bandwidth|throughput|speed|length|bit|link|genome|insert)/.test(
      wordsOf(field),
    )
  );
}

/** Zeros before the point of what a name says is no amount: customer 0010.110 is not customer 10.110. */
function isFilledUp({ text = '' }: Side, modern: Side, field: string): boolean {
  return /^0[0-9]+\.[0-9]+$/.test(text) && modern.text !== undefined && isIdentifying(field);
}
