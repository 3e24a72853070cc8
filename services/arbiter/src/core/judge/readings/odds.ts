import type { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import { type Domain, type Reading, reading } from './reading.ts';

const FRACTION = /^(?:(.{1,40}?) (?:@ )?)?([1-9][0-9]{0,3})\/([1-9][0-9]{0,2})$/;

/** What is won and the stake, for each unit of it: fractions tell the gain alone. Decimal odds have two digits after the point. */
export const odds: Domain = {
  name: 'odds',
  reads:
    'Odds as a fraction, which is the gain, and in decimals, which are gain and stake: "SP 9/4" and {"decimalOdds":"3.25"}.',
  read({ text, fields }: Side): readonly Reading[] {
    if (text !== undefined) return ofFraction(text, false);
    if (fields === undefined || fields.size > 3) return [];
    const beside: string[] = [];
    let told: readonly Reading[] = [];
    for (const [key, value] of fields) {
      const name = wordsOf(key);
      if (typeof value === 'boolean' && /\bstake\b/.test(name) && value) continue;
      const said =
        typeof value === 'string'
          ? value
          : value instanceof Object && 'text' in value
            ? String(value.text)
            : '';
      if (/\bfractional\b|\bfraction\b/.test(name) && told.length === 0) told = ofFraction(said, true);
      else if (/\b(?:decimal|odds|price)\b/.test(name) && told.length === 0)
        told = ofDecimal(said, /odds/.test(name));
      else beside.push(said);
    }
    if (beside.length > 1 || beside.includes('')) return [];
    return told.map((one) => ({ ...one, key: `${beside[0] ?? ''}|${one.key.split('|')[1] ?? ''}` }));
  },
  // The stake is left out, or added once more.
  near(legacy, modern) {
    const [ours, theirs] = [legacy, modern].map((key) => key.split(/[|:]/));
    if (ours?.[0] !== theirs?.[0] || ours?.[1] !== theirs?.[1]) return false;
    return Math.abs(Number(ours?.[2]) - Number(theirs?.[2])) === 10 ** Number(ours?.[1]);
  },
};

function ofFraction(text: string, strong: boolean): readonly Reading[] {
  const [, beside = '', gain = '', stake = ''] = text.length > 60 ? [] : (FRACTION.exec(text) ?? []);
  if (gain === '') return [];
  const [won, put] = [Number(gain), Number(stake)];
  return [2, 3].flatMap((digits) => {
    const units = Math.floor((won * 2 * 10 ** digits + put) / (2 * put)) + 10 ** digits;
    return reading('fraction', `${beside === 'SP' ? '' : beside}|${digits}:${units}`, strong);
  });
}

function ofDecimal(text: string, strong: boolean): readonly Reading[] {
  const [, whole = '', rest = ''] = /^([0-9]{1,4})(?:\.([0-9]{1,3}))?$/.exec(text) ?? [];
  const digits = Math.max(2, rest.length);
  return whole === ''
    ? []
    : reading('decimal', `|${digits}:${Number(whole + rest.padEnd(digits, '0'))}`, strong);
}
