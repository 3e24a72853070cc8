import { isOfSeveral, keepsQuantity, readQuantity, sameQuantity } from '../value/quantities.ts';
import type { Side } from '../value/side.ts';
import type { ProofRule } from './rule.ts';

/** 000123A and 01234567L are numbers of something, with a letter behind them. */
const isFilledUp = ({ text }: Side) => text !== undefined && /^\s*[+-]?0[0-9]+[A-Za-z]/.test(text);

export const unitConversion: ProofRule = {
  name: 'unit-conversion',
  digits: true,
  accepts:
    'The same physical quantity in another unit, both told with their unit: 104.54 °F and 40.3 °C, 44.991 MWh and 44991 kWh; within the rounding of the digits shown.',
  refuses:
    'Figures filled up with zeros before a letter (0004711W is no power); a quantity of which only the unit or only the number changed, units of another dimension, numbers without a unit, a unit whose letters are those of another one (18 kt of gold, 8 oz of a fluid, cents of a currency that is not told); 500 µg and 1 mg (digits that rounding takes away: a conversion by a power of ten is exact, any other keeps three digits).',
  prove({ legacy, modern, field }) {
    if (isFilledUp(legacy) || isFilledUp(modern)) return undefined;
    const l = readQuantity(legacy);
    const m = l === undefined ? undefined : readQuantity(modern);
    if (l === undefined || m === undefined || sameQuantity(l, m) !== true) return undefined;
    if (l.unitName === m.unitName && l.number.scale > m.number.scale) return undefined;
    if (!keepsQuantity(l, m)) return undefined;
    if (l.unitName !== m.unitName && (isOfSeveral(l, field) || isOfSeveral(m, field))) return undefined;
    return `Both are the same ${l.unit.dimension}, in ${l.unitName} and in ${m.unitName}.`;
  },
};
