import { decimalsEqual } from '../../compare/decimal.ts';
import { sameDecimal } from '../value/decimal.ts';
import type { ProofRule } from './rule.ts';

export const decimalEqual: ProofRule = {
  name: 'decimal-equal',
  numbers: true,
  accepts: 'Two JSON numbers of the same exact decimal value: 1.10 and 1.1, 1e3 and 1000, -0 and 0.',
  refuses:
    'Any other number, however near: 0.1 and 0.10000001; amounts written as text are for number-notation.',
  prove({ legacy, modern }) {
    if (!legacy.isNumber || !modern.isNumber) return undefined;
    const [ours, theirs] = [legacy.number, modern.number];
    const isSame =
      ours !== undefined && theirs !== undefined
        ? sameDecimal(ours, theirs)
        : decimalsEqual(legacy.raw ?? '', modern.raw ?? '');
    return isSame ? `Both numbers are ${legacy.raw?.slice(0, 40)}.` : undefined;
  },
};
