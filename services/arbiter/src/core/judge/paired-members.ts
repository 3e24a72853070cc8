import { isAlike } from './bugs/codes.ts';
import type { Triple } from './episode.ts';
import { sameReading } from './readings/relate.ts';
import { measuredUnder } from './unit-names.ts';
import { isMinorName } from './value/currency-digits.ts';
import { areNamesAlike, commonWords } from './value/names.ts';
import { Side } from './value/side.ts';
import { wordsOf } from './value/text.ts';

/** One member over all observations. */
export interface Series {
  readonly name: string;
  readonly observations: readonly Triple[];
}

/** Which side has a part in any request. */
export function sideOf({ observations }: Pick<Series, 'observations'>): 'legacy' | 'modern' | 'both' {
  if (observations.every(({ modern }) => modern === undefined)) return 'legacy';
  return observations.every(({ legacy }) => legacy === undefined) ? 'modern' : 'both';
}

/** Parts of one side alone whose names are forms of one another, and of no other such part, are one part. */
export function pairRenamed(parts: ReadonlyMap<string, readonly Triple[]>): {
  readonly all: readonly Series[];
  readonly measured: boolean;
  /** Names that are paired by their letters alone. */
  readonly weak: ReadonlySet<string>;
} {
  const all = [...parts].map(([name, observations]) => ({
    name,
    observations,
    side: sideOf({ observations }),
  }));
  const [gone, come] = (['legacy', 'modern'] as const).map((side) => all.filter((one) => one.side === side));
  if (gone === undefined || come === undefined) return { all, measured: false, weak: new Set() };
  const pairs = new Map<Series, Series>();
  for (const ours of gone) {
    const [theirs, ...others] = come.filter(({ name }) => isFormOf(ours.name, name));
    if (theirs === undefined || others.length > 0) continue;
    if (gone.filter(({ name }) => isFormOf(name, theirs.name)).length === 1) pairs.set(ours, theirs);
  }
  const measures = new Map<Series, readonly Triple[]>();
  for (const ours of gone) {
    const open = come.filter((one) => pairs.get(ours) === one || ![...pairs.values()].includes(one));
    for (const theirs of open) {
      const told = measuredUnder([ours.name, ours.observations], [theirs.name, theirs.observations]);
      if (told === undefined) continue;
      measures.set(ours, told);
      pairs.set(ours, theirs);
      break;
    }
  }
  const found = new Set(pairs.values());
  const paired = all
    .filter((one) => !found.has(one))
    .map((ours) => {
      const theirs = pairs.get(ours)?.observations;
      const together = ours.observations.map((triple, i) => ({ ...triple, ...theirs?.[i] }));
      const named = pairs.get(ours)?.name ?? ours.name;
      // A unit that one of the two names says is of the number.
      const name = isMinorName(named) && !isMinorName(ours.name) ? named : ours.name;
      return { name, observations: measures.get(ours) ?? together };
    });
  const common = new Set([gone, come].flatMap((side) => [...commonWords(side.map(({ name }) => name))]));
  const weak = [...pairs].filter(
    ([ours, theirs]) => !measures.has(ours) && !isSurelyForm(ours.name, theirs.name, common),
  );
  return { all: paired, measured: measures.size > 0, weak: new Set(weak.map(([ours]) => ours.name)) };
}

/** Two names of one thing in a registry: 1.8.0 and import. */
function areOfRegistry(ours: string, theirs: string): boolean {
  const [code, name] = [ours, theirs].map((text) => new Side(JSON.stringify(text)));
  return (
    code !== undefined &&
    name !== undefined &&
    /[0-9]/.test(ours) &&
    sameReading(code, name)?.domain.name === 'energy-direction'
  );
}

/** Names that can be of nothing else. */
function isSurelyForm(ours: string, theirs: string, common: ReadonlySet<string>): boolean {
  const isCaseAlone = ours !== theirs && ours.toLowerCase() === theirs.toLowerCase();
  return areOfRegistry(ours, theirs) || (!isCaseAlone && areNamesAlike(ours, theirs, common));
}

/** A short form of it (PCT and percent), or its words among others (DATE_FROM and from). */
function isFormOf(ours: string, theirs: string): boolean {
  if (areOfRegistry(ours, theirs)) return true;
  if (/[0-9]/.test(ours + theirs)) return false;
  const [a, b] = [wordsOf(ours).split(' '), wordsOf(theirs).split(' ')];
  return (
    a.every((word) => b.includes(word)) ||
    b.every((word) => a.includes(word)) ||
    isAlike(ours, theirs) ||
    areNamesAlike(ours, theirs)
  );
}
