import { textBits } from '../bits.ts';
import type { Field, Pair } from '../field.ts';
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
  if (value !== undefined) {
    const first = pairs[0]!.legacy.raw!;
    const legacies = new Set(pairs.map((pair) => pair.legacy.raw)).size;
    const instead =
      legacies === 1 ? `where legacy says ${shown(first)}` : `for ${legacies} different values of legacy`;
    found.push({
      name: 'constant',
      formula: `modern says ${shown(value)} ${instead}`,
      parameters: { value, legacyValues: String(legacies) },
      bits: nameBits(value, field) + (legacies === 1 ? textBits(first.length) / 2 : 0),
      repeats: true,
      check: (pair) => {
        if (pair.modern.raw === undefined) return 'silent';
        if (legacies === 1 && pair.legacy.raw !== first) return pair.differs ? 'wrong' : 0;
        return pair.modern.raw === value ? 0 : 'wrong';
      },
    });
  }
  const renamed = mapping(pairs);
  if (renamed) found.push(renamed);
  return found;
};

/** A value that legacy gives too costs only to point at. */
function nameBits(value: string, { legacyValues }: Field): number {
  const bits = textBits(value.length);
  return legacyValues.has(value) ? Math.min(bits, 1 + Math.log2(legacyValues.size)) : bits;
}

function mapping(pairs: readonly Pair[]): Hypothesis | undefined {
  const counts = new Map<string, Map<string, number>>();
  for (const { legacy, modern } of pairs) {
    const row = counts.get(legacy.raw!) ?? new Map<string, number>();
    row.set(modern.raw!, (row.get(modern.raw!) ?? 0) + 1);
    counts.set(legacy.raw!, row);
  }
  // Every value once: nothing repeats, so nothing shows that the same value is renamed the same way.
  if (counts.size < 2 || counts.size > MAPPED_MAX || counts.size === pairs.length) return undefined;
  const renamed = new Map<string, string>();
  for (const [legacy, row] of counts) renamed.set(legacy, [...row].sort((a, b) => b[1] - a[1])[0]![0]);
  const targets = new Set(renamed.values());
  const oneToOne = targets.size === renamed.size;
  const bits = [...renamed.values()].reduce((sum, modern) => sum + textBits(modern.length), 0);
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
    check: ({ legacy, modern, differs }) => {
      if (legacy.raw === undefined || modern.raw === undefined) return 'silent';
      const to = renamed.get(legacy.raw);
      if (to === undefined) return differs ? 'wrong' : 0;
      return to === modern.raw ? 0 : 'wrong';
    },
  };
}

function commonest(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const best = [...counts].sort((a, b) => b[1] - a[1])[0];
  return best && best[1] > 1 ? best[0] : undefined;
}
