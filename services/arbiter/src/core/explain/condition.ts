import { subsetBits } from './bits.ts';
import { type Atom, atomsOf } from './condition-atoms.ts';
import type { Pair } from './field.ts';

/** What tells the samples that are affected from those that are not. */
export interface Condition {
  /** `segment.tier = VIP`, `request.body.amount ≥ 10,000 and request.body.currency = JPY`. */
  readonly text: string;
  /** Affected samples that it covers. */
  readonly covers: number;
  /** Unaffected samples that it covers too. */
  readonly leaks: number;
  /** Bits by which it shortens the list of affected samples, its own cost and the number of conditions tried already taken off. */
  readonly bits: number;
}

/** Odds of thirty to one against chance, after all conditions that were tried. */
const GAIN_MIN = 5;
/** A condition that misses a tenth of what it should tell is no reason. */
const PURITY_MIN = 0.9;
/** Only the best single conditions are joined in twos. */
const JOINED_MAX = 16;

/**
 * The best condition over the facts of the requests, or over legacy's own value: one test or two joined by "and". Every condition tried
 * counts against it, so that many facts do not find a reason in noise. `onLegacy` allows conditions on legacy's own value. Undefined when nothing separates better than chance.
 */
export function conditionFor(
  affected: readonly Pair[],
  unaffected: readonly Pair[],
  onLegacy = true,
): Condition | undefined {
  if (affected.length === 0 || unaffected.length === 0) return undefined;
  const atoms = atomsOf(affected, unaffected, onLegacy);
  const tried = Math.log2(1 + atoms.length);
  const singles = atoms.map((atom) => rated([atom], affected, unaffected, tried));
  const best = singles
    .filter(({ covers }) => covers >= PURITY_MIN * affected.length)
    .sort((a, b) => b.bits - a.bits)
    .slice(0, JOINED_MAX);
  const joined = best.flatMap((a, index) =>
    best.slice(index + 1).map((b) => rated([...a.atoms, ...b.atoms], affected, unaffected, 2 * tried + 1)),
  );
  const found = [...best, ...joined].filter(
    ({ bits, covers, leaks }) =>
      bits >= GAIN_MIN &&
      covers >= PURITY_MIN * affected.length &&
      leaks <= (1 - PURITY_MIN) * (covers + leaks),
  );
  // Of equally good ones the first stays: atoms come in the order in which people ask.
  return found.reduce<Rated | undefined>(
    (top, next) => (top && top.bits >= next.bits - 0.01 ? top : next),
    undefined,
  );
}

interface Rated extends Condition {
  readonly atoms: readonly Atom[];
}

function rated(
  atoms: readonly Atom[],
  affected: readonly Pair[],
  unaffected: readonly Pair[],
  cost: number,
): Rated {
  const covers = count(affected, atoms);
  const leaks = count(unaffected, atoms);
  const outside = affected.length - covers;
  const whole = subsetBits(affected.length + unaffected.length, affected.length);
  const parts = subsetBits(covers + leaks, covers) + subsetBits(outside + unaffected.length - leaks, outside);
  return {
    atoms,
    text: atoms.map(({ text }) => text).join(' and '),
    covers,
    leaks,
    bits: whole - parts - cost,
  };
}

function count(pairs: readonly Pair[], atoms: readonly Atom[]): number {
  let covered = 0;
  for (const pair of pairs) if (atoms.every((atom) => atom.holds(pair))) covered += 1;
  return covered;
}
