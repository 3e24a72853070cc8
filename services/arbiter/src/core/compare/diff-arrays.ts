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
  // With rules below, elements that are the same may still have something to verify, and others be no different.
  const trimmed = rules.length === 0 ? trim(legacy, modern, out) : { head: 0, a: legacy, b: modern };
  const unordered = unorderedBy(rules);
  for (const [i, j] of pairsOf(trimmed, legacy, modern, at, rules, unordered, out)) {
    const index = (i ?? j ?? 0) + trimmed.head;
    diff(
      i === undefined ? undefined : trimmed.a[i],
      j === undefined ? undefined : trimmed.b[j],
      { parent: at, step: index },
      enterIndex(rules, index),
      out,
    );
  }
}

/** What is left of two arrays between what they begin and end with alike. */
interface Trimmed {
  readonly head: number;
  readonly a: readonly Value[];
  readonly b: readonly Value[];
}

function trim(a: readonly Value[], b: readonly Value[], { parts }: Findings): Trimmed {
  const shorter = Math.min(a.length, b.length);
  const same = (x: Value | undefined, y: Value | undefined) => parts.strictly.of(x ?? null, y ?? null);
  let head = 0;
  while (head < shorter && same(a[head], b[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && same(a.at(-1 - tail), b.at(-1 - tail))) tail += 1;
  return { head, a: a.slice(head, a.length - tail), b: b.slice(head, b.length - tail) };
}

function pairsOf(
  { a, b }: Trimmed,
  legacy: readonly Value[],
  modern: readonly Value[],
  at: Location,
  rules: RuleCursor,
  unordered: string | undefined,
  out: Findings,
): readonly Pair[] {
  if (rules.length === 0 && a.length === b.length && !mayBeReordered(a, b, out))
    return a.map((_, i) => [i, i]);
  const keysOf = (items: readonly Value[]) =>
    items.map((item, i) => out.meanings.key(item, enterIndex(rules, i)));
  const keysA = keysOf(a);
  const keysB = keysOf(b);
  const reordered =
    a.length === b.length && keysA.some((key, i) => key !== keysB[i]) && sameSorted(keysA, keysB);
  if (reordered) {
    out.add({
      at,
      kind: DifferenceKind.ORDER,
      legacy,
      modern,
      ...(unordered !== undefined && { declared: `unordered:${unordered}` }),
      explanation: `The same ${legacy.length} elements in ${pathOf(at)} stand in another order.`,
    });
  }
  // In another order nothing else is different; what the rules call harmless inside the elements is still worth a record.
  return unordered !== undefined || reordered ? pairsByMeaning(keysA, keysB) : pairsInOrder(keysA, keysB);
}

/** Whether the first element stands anywhere else: where it does not, nothing else needs to be known. */
function mayBeReordered(a: readonly Value[], b: readonly Value[], { parts }: Findings): boolean {
  const [first = null] = a;
  return a.length > 1 && b.some((item) => parts.byMeaning.of(first, item));
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
