import { NumberText } from '../../compare/value.ts';
import type { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import { type Domain, reading } from './reading.ts';

/** Rates in percent and in basis points; the key is the number of basis points. */
export const rates: Domain = {
  name: 'rate',
  reads:
    'A rate in percent and in basis points, a hundredth of it: 3,875 %, 387.5 bp, {"basisPoints":387.5}.',
  read({ text, fields }: Side) {
    const points = /^(-?[0-9]{1,6}(?:\.[0-9]{1,4})?) ?(?:bp|bps|basis points)$/.exec(text ?? '')?.[1];
    if (points !== undefined) return reading('basis points', Number(points), true);
    const percent = /^(-?[0-9]{1,3}(?:[.,][0-9]{1,6})?) ?%$/.exec(text ?? '')?.[1];
    // Six digits after the point are enough, and free of what binary fractions add.
    if (percent !== undefined)
      return reading('percent', Number((Number(percent.replace(',', '.')) * 100).toFixed(6)), true, true);
    const [[key, value] = ['', null]] = fields?.size === 1 ? fields : [];
    return value instanceof NumberText && /^(?:basis points|bps?)$/.test(wordsOf(key))
      ? reading('basis points', Number(value.text), true)
      : [];
  },
  near: () => true,
};
