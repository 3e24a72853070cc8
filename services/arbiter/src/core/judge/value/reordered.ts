import { isObject, type Value } from '../../compare/value.ts';
import { atomsOf } from './atoms.ts';
import { rawOf, Side } from './side.ts';

/** The same words and numbers in each of the elements, which stand in another order, whatever their keys are. */
export function isReordered(ours: readonly Value[], theirs: readonly Value[]): boolean {
  const [a, b] = atomsOfEach(ours, theirs);
  if (!ours.every((item) => isObject(item)) || a === undefined || b === undefined) return false;
  return a.join('\n') !== b.join('\n') && isSameBag(a, b);
}

/** The same words and numbers in each of the elements, in whatever order, whatever their keys are. */
export function isRenamed(ours: readonly Value[], theirs: readonly Value[]): boolean {
  const [a, b] = atomsOfEach(ours, theirs);
  // Texts beside texts are compared as they stand.
  const isTurned = ours.some((item) => isObject(item)) || theirs.some((item) => isObject(item));
  return isTurned && a !== undefined && b !== undefined && isSameBag(a, b);
}

function isSameBag(a: readonly string[], b: readonly string[]): boolean {
  return a.toSorted().join('\n') === b.toSorted().join('\n');
}

/** Nothing for lists of which an element is neither object nor text, or holds too much. */
function atomsOfEach(ours: readonly Value[], theirs: readonly Value[]): readonly (readonly string[])[] {
  const [a, b] = [ours, theirs].map((items) =>
    items.map((item) => {
      const atoms = isObject(item) || typeof item === 'string' ? atomsOf(new Side(rawOf(item))) : undefined;
      return atoms === undefined ? undefined : [...atoms.words, ...atoms.numbers].sort().join(' ');
    }),
  );
  const all = [a, b].map((texts = []) => texts.flatMap((text) => text ?? []));
  return all[0]?.length === ours.length && all[1]?.length === theirs.length ? all : [];
}
