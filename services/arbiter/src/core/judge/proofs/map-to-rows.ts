import { isObject, type Value } from '../../compare/value.ts';
import { rawOf, type Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import type { ProofRule } from './rule.ts';

const ROWS_MAX = 500;
/** Names of what identifies a row; else it is what stands first. */
const KEY =
  /\b(?:key|name|code|id|ref|reference|type|kind|currency|number|no|label|field|property|month|day|year|date|locale|language|country|account|iban|rate|isin|sku|register|symbol|ticker|product|article|item|position|state|status|stage|phase|channel|category|segment|zone|tariff|weekday)\b/;
/** Names of what a row says of its key. */
const VALUE =
  /\b(?:value|amount|betrag|count|quantity|qty|price|rate|sum|total|score|percent|share|units?|text|content|balance|limit|weight|level|enabled|active|state|status|reading|nominal|holding|stand)\b/;
/** What a key leads to is never the key: {"A":"B"} is from A to B. */
const TARGET = /^(?:to|target|destination|new|after|payee|creditor|recipient|receiver|value|child)\b/;

export const mapToRows: ProofRule = {
  name: 'map-to-rows',
  accepts:
    'A map as a list of rows of a key and a value: {"SEK":6.99,"USD":1.50} and [{"currency":"SEK","amount":6.99},{"currency":"USD","amount":1.50}], in any order and either way round, the keys also in another case style.',
  refuses:
    'A key that is missing, added, named twice or with another value; rows with other parts than the two.',
  prove({ legacy, modern, part }) {
    const isSame = (l: string, m: string, name: string) => l === m || part(l, m, name) !== undefined;
    const count =
      keyedAlike(legacy.fields, modern.items, isSame) ??
      (!haveOrder(legacy.items)
        ? keyedAlike(modern.fields, legacy.items, (m, l, name) => isSame(l, m, name))
        : undefined);
    return count === undefined ? undefined : `Each of the ${count} keys has its value in a row of its own.`;
  },
};

/** How many keys there are, when each has its value in one row and each row is of one of them. */
function keyedAlike(
  fields: Side['fields'],
  rows: Side['items'],
  isSame: (ofField: string, ofRow: string, name: string) => boolean,
): number | undefined {
  if (fields === undefined || rows === undefined || fields.size === 0 || fields.size > ROWS_MAX)
    return undefined;
  if (rows.length !== fields.size || !rows.every(isRow)) return undefined;
  const names = [...(rows[0]?.keys() ?? [])];
  const found = names.some((name, i) => {
    // Two names of persons or things do not tell which of them is the key.
    if (
      TARGET.test(wordsOf(name)) ||
      !(
        KEY.test(wordsOf(name)) ||
        (i === 0 &&
          (VALUE.test(wordsOf(names[1 - i] ?? '')) || isObject(rows[0]?.get(names[1 - i] ?? '') ?? null)))
      )
    )
      return false;
    const left = new Map([...fields].map(([key, value]) => [wordsOf(key), value]));
    if (left.size !== fields.size) return false;
    return rows.every((row) => {
      const key = row.get(name);
      const value = row.get(names[1 - i] ?? '');
      const ours = typeof key === 'string' ? left.get(wordsOf(key)) : undefined;
      if (typeof key !== 'string' || value === undefined || ours === undefined) return false;
      left.delete(wordsOf(key));
      return isSame(rawOf(ours), rawOf(value), names[1 - i] ?? '');
    });
  });
  return found ? fields.size : undefined;
}

function isRow(value: Value): value is ReadonlyMap<string, Value> {
  return isObject(value) && value.size === 2;
}

/** Of rules and steps the first counts: a map has no first. */
const ORDERED = /\b(?:action|rule|effect|allow|deny|priority|step|order|sequence|rank|policy)\b/;

function haveOrder(rows: Side['items']): boolean {
  return (
    rows?.some((row) => isObject(row) && [...row.keys()].some((key) => ORDERED.test(wordsOf(key)))) === true
  );
}
