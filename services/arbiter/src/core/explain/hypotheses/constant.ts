import { surpriseBits, textBits } from '../bits.ts';
import type { Field, Pair, Reading } from '../field.ts';
import type { Family, Hypothesis } from '../hypothesis.ts';
import { shown } from '../wording.ts';

/** More pairs of values than these are a table, not a reason. */
const MAPPED_MAX = 64;
const SHOWN_MAX = 4;

/** Modern says the same whatever legacy says; or renames values one to one; or takes several for one. */
export const constant: Family = (field) => {
  const pairs = field.differing.filter(
    (pair) => pair.modern.raw !== undefined && pair.legacy.raw !== undefined,
  );
  const value = commonest(pairs.map((pair) => pair.modern.raw!));
  const found: Hypothesis[] = [];
  if (value !== undefined) found.push(always(value, pairs, field));
  const renamed = mapping(pairs, field);
  if (renamed) found.push(renamed);
  return found;
};

function always(value: string, pairs: readonly Pair[], field: Field): Hypothesis {
  const legacies = new Set(
    pairs.filter(({ modern }) => modern.raw === value).map(({ legacy }) => legacy.raw!),
  );
  const [first] = legacies;
  const only = legacies.size === 1 && first !== undefined ? first : undefined;
  const instead =
    only === undefined
      ? `for ${legacies.size} different values of legacy`
      : `where legacy says ${shown(only)}`;
  return {
    name: 'constant',
    formula: `modern says ${shown(value)} ${instead}`,
    parameters: { value, legacyValues: String(legacies.size) },
    bits: nameBits(value, field) + (only === undefined ? 0 : nameBits(only, field)),
    repeats: true,
    namesLegacy: only !== undefined,
    // One pair of values and no other is told as it is; of booleans it says nothing.
    plain:
      pairs.length > 2 &&
      only !== undefined &&
      typeof pairs[0]!.legacy.value !== 'boolean' &&
      pairs.every(({ legacy, modern }) => legacy.raw === only && modern.raw === value),
    check: ({ legacy, modern, differs }) => {
      if (modern.raw === undefined) return 'silent';
      if (only !== undefined && legacy.raw !== only) return differs ? 'wrong' : 'silent';
      return modern.raw === value ? 0 : 'wrong';
    },
  };
}

/** A value that legacy gives too costs only to point at. */
function nameBits(value: string, { legacyValues }: Field): number {
  const bits = textBits(value.length);
  return legacyValues.has(value) ? Math.min(bits, 1 + Math.log2(legacyValues.size)) : bits;
}

function mapping(pairs: readonly Pair[], field: Field): Hypothesis | undefined {
  const counts = new Map<string, Map<string, number>>();
  for (const { legacy, modern } of pairs) {
    const row = counts.get(legacy.raw!) ?? new Map<string, number>();
    row.set(modern.raw!, (row.get(modern.raw!) ?? 0) + 1);
    counts.set(legacy.raw!, row);
  }
  if (
    pairs.every(
      ({ legacy, modern }) => typeof legacy.value === 'boolean' && typeof modern.value === 'boolean',
    )
  )
    return undefined;
  // Amounts are no names: what repeats there is the same balance read again.
  if (pairs.some(({ legacy, modern }) => isFraction(legacy) && isFraction(modern))) return undefined;
  // Every value once: nothing repeats, so nothing shows that the same value is renamed the same way.
  if (counts.size < 2 || counts.size > MAPPED_MAX || counts.size === pairs.length) return undefined;
  const renamed = new Map<string, string>();
  for (const [legacy, row] of counts) renamed.set(legacy, [...row].sort((a, b) => b[1] - a[1])[0]![0]);
  const targets = new Set(renamed.values());
  const oneToOne = targets.size === renamed.size;
  // The first of each kind is said in full; only what repeats is explained.
  const firsts = [...renamed].map(
    ([legacy, modern]) => pairs.find((pair) => pair.legacy.raw === legacy && pair.modern.raw === modern)!,
  );
  const bits = firsts.reduce((sum, pair) => sum + surpriseBits(pair, field), 0);
  const list = [...renamed].slice(0, SHOWN_MAX).map(([from, to]) => `${shown(from)} → ${shown(to)}`);
  const more = renamed.size > SHOWN_MAX ? `, and ${renamed.size - SHOWN_MAX} more` : '';
  return {
    name: oneToOne ? 'renamed' : 'collapsed',
    formula: oneToOne
      ? `modern renames values one to one (${list.join(', ')}${more})`
      : `modern takes ${renamed.size} values of legacy for ${targets.size} (${list.join(', ')}${more})`,
    parameters: Object.fromEntries([...renamed].slice(0, SHOWN_MAX)),
    bits,
    repeats: true,
    namesLegacy: true,
    check: ({ legacy, modern, differs }) => {
      if (legacy.raw === undefined || modern.raw === undefined) return 'silent';
      const to = renamed.get(legacy.raw);
      if (to === undefined) return differs ? 'wrong' : 'silent';
      return to === modern.raw ? 0 : 'wrong';
    },
  };
}

function isFraction({ decimal }: Reading): boolean {
  return decimal !== undefined && decimal.scale > 0;
}

function commonest(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const best = [...counts].sort((a, b) => b[1] - a[1])[0];
  return best && best[1] > 1 ? best[0] : undefined;
}
