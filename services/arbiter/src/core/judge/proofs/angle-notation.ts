import { sameAngle } from '../value/angles.ts';
import type { ProofRule } from './rule.ts';

export const angleNotation: ProofRule = {
  name: 'angle-notation',
  accepts:
    'The same latitude or longitude in degrees, minutes and seconds or as a decimal, to the digits shown: 52°31\'12"N and 52.52.',
  refuses:
    'Minutes and seconds taken for decimals, the sign of the south or west left out, two plain numbers.',
  digits: true,
  prove: ({ legacy, modern }) =>
    sameAngle(legacy, modern) === true
      ? 'Both are the same angle, in minutes and seconds or as a decimal.'
      : undefined,
};
