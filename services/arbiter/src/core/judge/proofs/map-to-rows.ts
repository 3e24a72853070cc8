import { isObject, type Value } from '../../compare/value.ts';
import { rawOf } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import type { ProofRule } from './rule.ts';

const ROWS_MAX = 500;

export const mapToRows: ProofRule = {
  name: 'map-to-rows',
  accepts:
    'A map as a list of rows of a key and a value: {"SEK":6.99,"USD":1.50} and [{"currency":"SEK","amount":6.99},{"currency":"USD","amount":1.50}], in any order, the keys also in another case style.',
  refuses:
    'A key that is missing, added, named twice or with another value; rows with other parts than the two.',
  prove({ legacy, modern, part }) {
    const { fields } = legacy;
    const rows = modern.items;
    if (fields === undefined || rows === undefined || fields.size === 0 || fields.size > ROWS_MAX)
      return undefined;
    if (rows.length !== fields.size || !rows.every(isRow)) return undefined;
    for (const [name, other] of [...(rows[0]?.keys() ?? [])].map(
      (key, i, keys) => [key, keys[1 - i]] as const,
    )) {
      const left = new Map([...fields].map(([key, value]) => [wordsOf(key), value]));
      if (left.size !== fields.size) return undefined;
      const fits = rows.every((row) => {
        const key = row.get(name);
        const value = other === undefined ? undefined : row.get(other);
        if (typeof key !== 'string' || value === undefined) return false;
        const ours = left.get(wordsOf(key));
        if (ours === undefined) return false;
        left.delete(wordsOf(key));
        const [l, m] = [rawOf(ours), rawOf(value)];
        return l === m || part(l, m) !== undefined;
      });
      if (fits) return `Each of the ${fields.size} keys has its value in a row of its own.`;
    }
    return undefined;
  },
};

function isRow(value: Value): value is ReadonlyMap<string, Value> {
  return isObject(value) && value.size === 2;
}
