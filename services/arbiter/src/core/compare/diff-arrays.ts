import { DifferenceKind } from '@chronos/proto/events/v1/verdict_pb.js';
import { type Location, pathOf } from './field-path.ts';
import type { Findings } from './findings.ts';
import { enterIndex, type RuleCursor, unorderedBy } from './path-rules.ts';
import type { Value } from './value.ts';

type Diff = (
  legacy: Value | undefined,
  modern: Value | undefined,
  at: Location,
  rules: RuleCursor,
  out: Findings,
) => void;

/** Which element of legacy's stands against which of modern's, by index; undefined: against none. */
type Pair = readonly [legacy: number | undefined, modern: number | undefined];

/**
 * Arrays element by element. One element inserted or removed is one difference, not a difference in all that follow: what both begin and
 * end with is set aside first. (A longest common subsequence would also align several insertions, at quadratic cost; the verdict is the same.)
 */
export function diffArrays(
  legacy: readonly Value[],
  modern: readonly Value[],
  at: Location,
  rules: RuleCursor,
  out: Findings,
  diff: Diff,
): void {
  const keys = (items: readonly Value[]) =>
    items.map((item, i) => out.meanings.key(item, enterIndex(rules, i)));
  const a = keys(legacy);
  const b = keys(modern);
  const unordered = unorderedBy(rules);
  const reordered = a.length === b.length && a.some((key, i) => key !== b[i]) && sameSorted(a, b);
  if (reordered) {
    out.add({
      at,
      kind: DifferenceKind.ORDER,
      legacy,
      modern,
      ...(unordered !== undefined && { declared: `unordered:${unordered}` }),
      explanation: `The same ${a.length} elements in ${pathOf(at)} stand in another order.`,
    });
  }
  // In another order nothing else is different; what the rules call harmless inside the elements is still worth a record.
  const pairs = unordered !== undefined || reordered ? pairsByMeaning(a, b) : pairsInOrder(a, b);
  for (const [i, j] of pairs) {
    const index = i ?? j ?? 0;
    diff(
      i === undefined ? undefined : legacy[i],
      j === undefined ? undefined : modern[j],
      { parent: at, step: index },
      enterIndex(rules, index),
      out,
    );
  }
}

function pairsInOrder(a: readonly string[], b: readonly string[]): Pair[] {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const pairs: Pair[] = [];
  for (let i = 0; i < head; i++) pairs.push([i, i]);
  const [restA, restB] = [a.length - tail, b.length - tail];
  for (let i = head; i < Math.max(restA, restB); i++)
    pairs.push([i < restA ? i : undefined, i < restB ? i : undefined]);
  for (let t = tail; t > 0; t--) pairs.push([a.length - t, b.length - t]);
  return pairs;
}

/** Equal elements first, wherever they stand; what is left over stands against each other in order. */
function pairsByMeaning(a: readonly string[], b: readonly string[]): Pair[] {
  const waiting = new Map<string, number[]>();
  for (let i = a.length - 1; i >= 0; i--) {
    const key = a[i] ?? '';
    const indices = waiting.get(key);
    if (indices) indices.push(i);
    else waiting.set(key, [i]);
  }
  const pairs: Pair[] = [];
  const matched = new Set<number>();
  const leftB: number[] = [];
  for (const [j, key] of b.entries()) {
    const i = waiting.get(key)?.pop();
    if (i === undefined) {
      leftB.push(j);
    } else {
      matched.add(i);
      pairs.push([i, j]);
    }
  }
  const leftA = [...a.keys()].filter((i) => !matched.has(i));
  for (let k = 0; k < Math.max(leftA.length, leftB.length); k++) pairs.push([leftA[k], leftB[k]]);
  return pairs;
}

function sameSorted(a: readonly string[], b: readonly string[]): boolean {
  const sorted = [...b].sort();
  return [...a].sort().every((key, i) => key === sorted[i]);
}
