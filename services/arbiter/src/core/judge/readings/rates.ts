import { NumberText } from '../../compare/value.ts';
import type { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import { type Domain, reading } from './reading.ts';

/** 4 3/8 %, as coupons are told; the decimals of these end. */
const FRACTION = /^(?:([0-9]{1,2}) )?([0-9]{1,2})\/(2|4|8|16|32) ?%$/;

/** Rates in percent and in basis points; the key is the number of basis points. */
export const rates: Domain = {
  name: 'rate',
  reads:
    'A rate in percent and in basis points, a hundredth of it: 3,875 %, 3 7/8 %, 387.5 bp, {"basisPoints":387.5}.',
  read({ text, fields }: Side) {
    const points = /^(-?[0-9]{1,6}(?:\.[0-9]{1,4})?) ?(?:bp|bps|basis points)$/.exec(text ?? '')?.[1];
    if (points !== undefined) return reading('basis points', Number(points), true);
    const percent = /^(-?[0-9]{1,3}(?:[.,][0-9]{1,6})?) ?%$/.exec(text ?? '')?.[1];
    // Six digits after the point are enough, and free of what binary fractions add.
    if (percent !== undefined)
      return reading('percent', Number((Number(percent.replace(',', '.')) * 100).toFixed(6)), true, true);
    const [, whole, top, bottom] = FRACTION.exec(text ?? '') ?? [];
    if (top !== undefined && Number(top) < Number(bottom))
      return reading(
        'fraction',
        Number(((Number(whole ?? 0) + Number(top) / Number(bottom)) * 100).toFixed(6)),
        true,
      );
    const [[key, value] = ['', null]] = fields?.size === 1 ? fields : [];
    return value instanceof NumberText && /^(?:basis points|bps?)$/.test(wordsOf(key))
      ? reading('basis points', Number(value.text), true)
      : [];
  },
  near: () => true,
};
