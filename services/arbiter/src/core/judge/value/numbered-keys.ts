import { normalDecimal } from '../../compare/decimal.ts';
import { NumberText, type Value } from '../../compare/value.ts';
import { rawOf, type Side } from './side.ts';

const KEYS_MAX = 1000;

/** The values of an object whose keys count from 0 or 1 (`M01`, `M02` …), in that order; undefined for other objects. */
export function numberedValues({ fields }: Side): readonly Value[] | undefined {
  if (fields === undefined || fields.size < 2 || fields.size > KEYS_MAX) return undefined;
  const rows = [...fields].map(([key, value]) => ({ match: /^(\D{0,16})([0-9]{1,4})$/.exec(key), value }));
  const prefix = rows[0]?.match?.[1];
  if (!rows.every(({ match }) => match !== null && match[1] === prefix)) return undefined;
  const sorted = rows
    .map(({ match, value }) => ({ at: Number(match?.[2]), value }))
    .sort((a, b) => a.at - b.at);
  const from = sorted[0]?.at ?? -1;
  return (from === 0 || from === 1) && sorted.every(({ at }, i) => at === from + i)
    ? sorted.map(({ value }) => value)
    : undefined;
}

/** What two scalars share exactly when they are the same, numbers by their value. */
export function scalarKey(value: Value): string {
  return value instanceof NumberText ? normalDecimal(value.text) : rawOf(value);
}
