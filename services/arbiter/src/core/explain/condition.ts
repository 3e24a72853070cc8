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
/** Share of the unaffected that may meet a condition which all affected meet. */
const LEAKING_MAX = 1 / 4;
/** Only the best single conditions are joined in twos. */
const JOINED_MAX = 16;

/**
 * The best condition over the facts of the requests, or over legacy's own value (`onLegacy`): one test or two joined by "and". Every
 * condition tried counts against it, so that many facts do not find a reason in noise. Undefined when nothing separates better than chance.
 */
export function conditionFor(
  affected: readonly Pair[],
  unaffected: readonly Pair[],
  onLegacy = true,
): Condition | undefined {
  if (affected.length === 0 || unaffected.length === 0) return undefined;
  const atoms = atomsOf(affected, unaffected, onLegacy);
  const tried = Math.log2(1 + atoms.length);
  const best = atoms
    .map((atom) => rated(tested(atom, affected, unaffected), tried))
    .filter(({ covers }) => covers >= PURITY_MIN * affected.length)
    .sort((a, b) => b.bits - a.bits)
    .slice(0, JOINED_MAX);
  const found = [...best, ...joined(best, 2 * tried + 1)].filter(tells);
  // Of equally good ones the first stays: atoms come in the order in which people ask.
  return found.reduce<Rated | undefined>(
    (top, next) => (top && top.bits >= next.bits - 0.01 ? top : next),
    undefined,
  );
}

/**
 * Nearly sufficient and nearly necessary; or necessary, while few of the others meet it: what it takes besides is not in the facts, and the
 * sentence says how many meet it.
 */
function tells({ bits, covers, leaks, test: { affected, unaffected } }: Rated): boolean {
  if (bits < GAIN_MIN || covers < PURITY_MIN * affected.length) return false;
  if (leaks <= (1 - PURITY_MIN) * (covers + leaks)) return true;
  return covers === affected.length && leaks <= LEAKING_MAX * unaffected.length;
}

/** A test, and for which samples it holds (1) or not (0), in their order. */
interface Tested {
  readonly text: string;
  readonly affected: Uint8Array;
  readonly unaffected: Uint8Array;
}

interface Rated extends Condition {
  readonly test: Tested;
}

function tested({ text, holds }: Atom, affected: readonly Pair[], unaffected: readonly Pair[]): Tested {
  const mark = (pair: Pair): number => (holds(pair) ? 1 : 0);
  return { text, affected: Uint8Array.from(affected, mark), unaffected: Uint8Array.from(unaffected, mark) };
}

/** Two at a time; none where one alone tells exactly, as two cost more. */
function joined(best: readonly Rated[], cost: number): Rated[] {
  if (best.some(({ covers, leaks, test }) => covers === test.affected.length && leaks === 0)) return [];
  return best.flatMap(({ test: a }, index) =>
    best.slice(index + 1).map(({ test: b }) => rated(both(a, b), cost)),
  );
}

function both(a: Tested, b: Tested): Tested {
  return {
    text: `${a.text} and ${b.text}`,
    affected: a.affected.map((holds, at) => holds & (b.affected[at] ?? 0)),
    unaffected: a.unaffected.map((holds, at) => holds & (b.unaffected[at] ?? 0)),
  };
}

function rated(test: Tested, cost: number): Rated {
  const [affected, unaffected] = [test.affected.length, test.unaffected.length];
  const [covers, leaks] = [sum(test.affected), sum(test.unaffected)];
  const outside = affected - covers;
  const whole = subsetBits(affected + unaffected, affected);
  const parts = subsetBits(covers + leaks, covers) + subsetBits(outside + unaffected - leaks, outside);
  return { test, text: test.text, covers, leaks, bits: whole - parts - cost };
}

function sum(marks: Uint8Array): number {
  let count = 0;
  for (const mark of marks) count += mark;
  return count;
}
