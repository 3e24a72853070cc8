import { type Domain, type Reading, reading } from './reading.ts';

/** Fractions as measures write them; others may be scores, pages of a whole or dates. */
const DENOMINATORS: readonly number[] = [1, 2, 4, 5, 8, 10, 16, 20, 25, 32, 40, 50];
const SIGNS: Readonly<Record<string, number>> = {
  '½': 0.5,
  '¼': 0.25,
  '¾': 0.75,
  '⅛': 0.125,
  '⅜': 0.375,
  '⅝': 0.625,
  '⅞': 0.875,
};

/** The key is the decimal number, which is exact for these denominators. */
export const fractions: Domain = {
  name: 'fraction',
  reads:
    'A fraction of at most one whose decimals end (halves, fifths, eighths …), alone (also in brackets) or behind a whole number, and the same as a decimal: 3/4, 1 1/2, 1½ and 1.5.',
  read(side): readonly Reading[] {
    const { number } = side;
    const text = side.text?.replace(/^\(([^()]{3,12})\)$/, '$1');
    if (number !== undefined && side.raw !== undefined && side.raw.length <= 12)
      return reading('decimal', Number(side.raw), false, true);
    if (text === undefined || text.length > 12) return [];
    if (/^[0-9]{1,5}\.[0-9]{1,5}$/.test(text)) return reading('decimal', Number(text), false, true);
    const sign = /^([0-9]{0,5}) ?([½¼¾⅛⅜⅝⅞])$/.exec(text);
    if (sign !== null) return reading('fraction', Number(sign[1] ?? '') + (SIGNS[sign[2] ?? ''] ?? 0), true);
    const [, whole = '0', top = '', bottom = ''] =
      /^(?:([0-9]{1,5})[ -])?([0-9]{1,2})\/([0-9]{1,2})$/.exec(text) ?? [];
    if (!DENOMINATORS.includes(Number(bottom)) || Number(top) > Number(bottom) || top === '0') return [];
    return reading('fraction', Number(whole) + Number(top) / Number(bottom), true);
  },
};
