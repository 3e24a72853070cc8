import { parseJson } from '../../compare/json.ts';
import { canonical } from '../../judge/value/lists.ts';
import { type Reading, sameQuantity } from '../field.ts';
import type { Check, Family, Hypothesis } from '../hypothesis.ts';
import { equal as sameNumber } from '../rational.ts';

/** What the values show by themselves: a value that is missing, empty, inverted, or only written differently. */
export const plain: Family = ({ differing, equal }) =>
  equal.length === 0 && differing.length > 1 ? [INVERTED, ...PLAIN] : PLAIN;

/** Two different booleans are always inverted; that says something only when they always are. */
const INVERTED = fact(
  'inverted',
  'modern = not legacy',
  (legacy, modern) => typeof legacy.value === 'boolean' && modern.value === !legacy.value,
);

const PLAIN: readonly Hypothesis[] = [
  fact(
    'null-left-out',
    'modern leaves out what is null',
    (legacy, modern) => modern.absent && legacy.value === null,
  ),
  fact('missing', 'modern has no such value', (legacy, modern) => modern.absent && !legacy.absent),
  fact(
    'added',
    'modern has a value that legacy has not',
    (legacy, modern) => legacy.absent && !modern.absent,
  ),
  fact(
    'null',
    'modern is null',
    (legacy, modern) => modern.value === null && !legacy.absent && !isEmpty(legacy),
  ),
  fact(
    'empty',
    'modern is empty',
    (legacy, modern) => isEmpty(modern) && modern.value !== null && !legacy.absent && !isEmpty(legacy),
  ),
  fact(
    'empty-notation',
    'both are empty, in another notation',
    (legacy, modern) => isEmpty(legacy) && isEmpty(modern),
  ),
  fact(
    'number-notation',
    'modern writes the same number in another notation',
    ({ decimal: a }, { decimal: b }) =>
      a !== undefined && b !== undefined && a.quoted === b.quoted && sameQuantity(a, b),
  ),
  fact(
    'currency',
    'modern names another currency for the same number',
    ({ decimal: a }, { decimal: b }) =>
      a !== undefined && b !== undefined && sameNumber(a.value, b.value) && !sameQuantity(a, b),
  ),
  fact(
    'same-json',
    'modern writes the same JSON, its keys in another order',
    (legacy, modern) =>
      legacy.fields !== undefined &&
      modern.fields !== undefined &&
      canonical(legacy.value!) === canonical(modern.value!),
  ),
  fact('json-notation', 'modern writes the JSON within the text in another notation', sameJson),
  fact('number-as-text', 'modern writes the number as text', (legacy, modern) => requoted(legacy, modern)),
  fact('text-as-number', 'modern writes the text as a number', (legacy, modern) => requoted(modern, legacy)),
];

function fact(
  name: string,
  formula: string,
  holds: (legacy: Reading, modern: Reading) => boolean,
): Hypothesis {
  return {
    name,
    formula,
    parameters: {},
    bits: 0,
    plain: true,
    check: ({ legacy, modern, differs }): Check =>
      differs ? (holds(legacy, modern) ? 0 : 'wrong') : 'silent',
  };
}

function isEmpty({ value, items, fields }: Reading): boolean {
  return value === null || value === '' || items?.length === 0 || fields?.size === 0;
}

function sameJson({ text: a }: Reading, { text: b }: Reading): boolean {
  if (a === undefined || b === undefined || !/^\s*[[{]/.test(a)) return false;
  const [legacy, modern] = [parseJson(a), parseJson(b)];
  return legacy.ok && modern.ok && canonical(legacy.value) === canonical(modern.value);
}

function requoted(number: Reading, text: Reading): boolean {
  const [a, b] = [number.decimal, text.decimal];
  return a !== undefined && b !== undefined && !a.quoted && b.quoted && sameNumber(a.value, b.value);
}
