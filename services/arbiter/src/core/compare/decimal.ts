/** Decimal numbers by their text (the grammar of JSON, of which protobuf's own numbers are a part); floats would make unequal amounts equal. */

const DECIMAL = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

/** A longer exponent is nobody's number; its text then stands for itself. */
const EXPONENT_CHARS_MAX = 32;

/**
 * The one spelling that all texts of the same number share: `1.10`, `1.1` and `11e-1` give `11e-1`; zero is `0` whatever its sign.
 * Nothing is expanded, so `1e999999999` costs no more than its text. Texts that are no decimals (`NaN`, `Infinity`) stand for themselves.
 */
export function normalDecimal(text: string): string {
  const match = DECIMAL.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  if (exponent.length > EXPONENT_CHARS_MAX) return text;
  const significant = withoutTrailingZeros(digits);
  if (significant === '') return '0';
  const scale = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return `${sign}${significant}e${scale}`;
}

export function decimalsEqual(a: string, b: string): boolean {
  return a === b || normalDecimal(a) === normalDecimal(b);
}

/** By index: a regular expression would go back over runs of zeros within the digits. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
