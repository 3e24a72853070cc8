import { NumberText } from '../../compare/value.ts';
import { type Decimal, parseDecimal, sameDecimal, shift } from '../value/decimal.ts';
import type { Side } from '../value/side.ts';
import type { ProofRule } from './rule.ts';

/** Powers of ten of the signs in front of a currency: kEUR and TEUR are thousands of euros. */
const MAGNITUDES: Readonly<Record<string, number>> = { '': 0, k: 3, T: 3, M: 6, Mio: 6, Mrd: 9, bn: 9 };
const UNIT = /^(|k|T|M|Mio|Mrd|bn) ?([A-Z]{3})$/;

interface Money {
  readonly amount: Decimal;
  readonly currency: string;
  readonly magnitude: number;
}

export const moneyMagnitude: ProofRule = {
  name: 'money-magnitude',
  digits: true,
  accepts:
    'The same amount in thousands or millions of its currency, as the unit beside it says: 75 kEUR and 75000 EUR.',
  refuses:
    'Another amount, another currency, the same magnitude on both sides (other rules), units that are no currency.',
  prove({ legacy, modern }) {
    const [l, m] = [read(legacy), read(modern)];
    if (l === undefined || m === undefined || l.magnitude === m.magnitude || l.currency !== m.currency)
      return undefined;
    return sameDecimal(shift(l.amount, l.magnitude), shift(m.amount, m.magnitude))
      ? `Both are the same amount in ${l.currency}, told in other magnitudes.`
      : undefined;
  },
};

/** "75 kEUR", or an object of just a number and such a unit. */
function read({ text, fields }: Side): Money | undefined {
  if (text !== undefined) {
    const [, number = '', unit = ''] = /^(-?[0-9]{1,15}(?:\.[0-9]{1,6})?) ?([A-Za-z]{3,6})$/.exec(text) ?? [];
    return moneyOf(number, unit);
  }
  if (fields?.size !== 2) return undefined;
  const values = [...fields.values()];
  const unit = values.find((value) => typeof value === 'string');
  const number = values.find((value) => value instanceof NumberText);
  return number instanceof NumberText && typeof unit === 'string' ? moneyOf(number.text, unit) : undefined;
}

function moneyOf(number: string, unit: string): Money | undefined {
  const [, prefix = '', currency] = UNIT.exec(unit) ?? [];
  const amount = parseDecimal(number);
  const magnitude = MAGNITUDES[prefix];
  return amount === undefined || currency === undefined || magnitude === undefined
    ? undefined
    : { amount, currency, magnitude };
}
