import { isObject, type Value } from '../../compare/value.ts';
import { atomsIn, atomsOf } from '../value/atoms.ts';
import type { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

const KEYS_MAX = 200;

export const mapKeyLost: BugRule = {
  name: 'map-key-lost',
  shows:
    'A map whose keys modern gives as values of rows ({"iban":…,"email":…} and [{"field":"iban"},…]): one of the keys stands nowhere in modern.',
  spares: 'Keys of which none becomes a value; a key whose own value is empty or nothing.',
  find(context) {
    const found = context.unproven.flatMap((at) => {
      const key = at.varies ? undefined : lostKey(at.legacy, at.modern);
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

function nameOf(value: Value): string {
  return typeof value === 'string' ? wordsOf(value) : '';
}

function saysSomething(value: unknown): boolean {
  return value !== null && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);
}
