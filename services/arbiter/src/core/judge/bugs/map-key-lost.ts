import { isObject, type Value } from '../../compare/value.ts';
import { atomsIn, atomsOf } from '../value/atoms.ts';
import { rawOf, type Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

const KEYS_MAX = 200;

export const mapKeyLost: BugRule = {
  name: 'map-key-lost',
  needs: ['tree'],
  shows:
    'A map whose keys modern gives as values of rows ({"iban":…,"email":…} and [{"field":"iban"},…]): one of the keys stands nowhere in modern; or a list of the values alone, where the keys are figures that number nothing or modern gives the map in other requests.',
  spares:
    'Keys of which none becomes a value, keys that number the elements; a key whose own value is empty or nothing.',
  find(context) {
    const isKept = context.all.some(
      ({ legacy, modern }) => legacy.fields !== undefined && modern.fields !== undefined,
    );
    // Legacy itself gives lists in other requests, or begins to count: what is left of a list is numbered on.
    const isIndex = context.all.some(
      ({ legacy }) => legacy.items !== undefined || legacy.fields?.has('0') || legacy.fields?.has('1'),
    );
    const found = context.unproven.flatMap((at) => {
      const key = at.varies
        ? undefined
        : (lostKey(at.legacy, at.modern) ?? keyOfBareList(at.legacy, at.modern, { isKept, isIndex }));
      return key === undefined ? [] : [{ at, key }];
    });
    const [first] = found;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.at.legacy)}, modern ${shown(first.at.modern)}: the key ${JSON.stringify(first.key)} is lost`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

function lostKey({ fields }: Side, modern: Side): string | undefined {
  if (fields === undefined || fields.size < 2 || fields.size > KEYS_MAX || modern.items === undefined)
    return undefined;
  const atoms = atomsOf(modern);
  if (atoms === undefined) return undefined;
  const words = new Set([...atoms.words, ...atoms.numbers, ...atoms.keyWords, ...atoms.keyNumbers]);
  const values = new Set(
    modern.items.flatMap((item) => (isObject(item) ? [...item.values()].map(nameOf) : [])),
  );
  const told = [...fields].filter(([, value]) => saysSomething(value));
  if (!told.some(([key]) => values.has(wordsOf(key)))) return undefined;
  return told.find(
    ([key]) => !values.has(wordsOf(key)) && !atomsIn(key).every((atom) => words.has(atom)),
  )?.[0];
}

/** The first key, where modern has the same values in a list, and the keys are figures that number nothing, or are kept elsewhere. */
function keyOfBareList(
  { fields }: Side,
  { items }: Side,
  { isKept, isIndex }: { readonly isKept: boolean; readonly isIndex: boolean },
): string | undefined {
  if (fields === undefined || items === undefined || items.length !== fields.size) return undefined;
  const isNumbered = [...fields.keys()].every((key, i) => key === String(i) || key === String(i + 1));
  // A list of PHP from which entries were taken begins with 0 or 1 mostly.
  const isData = !isIndex && [...fields.keys()].every((key) => /^[0-9]{1,12}$/.test(key) && Number(key) > 1);
  const values = [...fields.values()].map(rawOf).join('\n');
  return isNumbered || !(isData || isKept) || values !== items.map(rawOf).join('\n')
    ? undefined
    : [...fields.keys()][0];
}

function nameOf(value: Value): string {
  return typeof value === 'string' ? wordsOf(value) : '';
}

function saysSomething(value: unknown): boolean {
  return value !== null && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);
}
