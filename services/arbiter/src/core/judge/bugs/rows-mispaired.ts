import { isObject, type Value } from '../../compare/value.ts';
import { provePair } from '../pair.ts';
import { UNKNOWN_FIELD } from '../profile.ts';
import { rawOf, type Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** Values by their key. */
type Pairs = ReadonlyMap<string, string>;

export const rowsMispaired: BugRule = {
  name: 'rows-mispaired',
  needs: ['tree'],
  shows:
    'A map of keys and values beside rows of a key and a value each (either way round): a key has the value of another key, or another value than the other keys lead to expect.',
  spares:
    'Other keys, rows of three fields or more, values of which none is the same (cents for all; asked).',
  find(context) {
    const found = context.unproven.flatMap((at) => {
      const key = at.varies
        ? undefined
        : (otherValue(at.legacy, at.modern) ?? otherValue(at.modern, at.legacy));
      return key === undefined ? [] : [{ at, key }];
    });
    const first = found[0];
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.at.legacy)}, modern ${shown(first.at.modern)}: ${first.key} has another value`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

function otherValue({ fields }: Side, { items }: Side): string | undefined {
  if (fields === undefined || items === undefined || fields.size < 2 || items.length > fields.size)
    return undefined;
  const ours: Pairs = new Map([...fields].map(([key, value]) => [wordsOf(key), rawOf(value)]));
  const theirs = pairsOf(items, ours);
  if (theirs === undefined) return undefined;
  const changed = [...ours].filter(([key, raw]) => !isSame(raw, theirs.get(key)));
  const values = [...theirs.values()];
  const moved = changed.every(([, raw]) => values.some((other) => isSame(raw, other)));
  return changed.length > 0 && (moved || changed.length < ours.size) ? changed[0]?.[0] : undefined;
}

/** The rows by the one text in them that is a key of the map; undefined when a row has none or two, or a key has two rows. */
function pairsOf(items: readonly Value[], keys: Pairs): Pairs | undefined {
  const pairs = new Map<string, string>();
  for (const item of items) {
    if (!isObject(item) || item.size !== 2) return undefined;
    const values = [...item.values()];
    const names = values.filter((value) => typeof value === 'string' && keys.has(wordsOf(value)));
    const [name] = names;
    const value = values.find((other) => other !== name);
    const key = typeof name === 'string' ? wordsOf(name) : '';
    if (names.length !== 1 || value === undefined || pairs.has(key)) return undefined;
    pairs.set(key, rawOf(value));
  }
  return pairs;
}

function isSame(legacy: string, modern: string | undefined): boolean {
  return legacy === modern || provePair(legacy, modern, UNKNOWN_FIELD) !== undefined;
}
