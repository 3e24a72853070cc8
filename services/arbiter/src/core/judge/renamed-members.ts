import type { Episode } from './episode.ts';
import { provePair } from './pair.ts';
import { UNKNOWN_FIELD } from './profile.ts';

/**
 * Whether all members that legacy alone has are told by members that modern alone has, in every request: the same value, proven; of the last one
 * a code that has one code of modern's for each of its own and the other way round. Nothing is lost then, and which is which is asked.
 */
export function isKeptUnderOthers(unpaired: readonly Episode[]): boolean {
  const gone = unpaired.filter(({ observations }) =>
    observations.every(({ modern }) => modern === undefined),
  );
  const come = new Set(unpaired.filter((part) => !gone.includes(part)));
  if (gone.length === 0 || come.size === 0) return false;
  const open = gone.filter((ours) => {
    const found = [...come].find((theirs) => isSame(ours, theirs));
    if (found !== undefined) come.delete(found);
    return found === undefined;
  });
  const [last, ...more] = open;
  if (last === undefined) return true;
  return (
    more.length === 0 && open.length < gone.length && [...come].some((theirs) => isOneToOne(last, theirs))
  );
}

function pairsOf(
  ours: Episode,
  theirs: Episode,
): readonly (readonly [string | undefined, string | undefined])[] {
  return ours.observations.map(({ legacy }, i) => [legacy, theirs.observations[i]?.modern] as const);
}

function isSame(ours: Episode, theirs: Episode): boolean {
  return pairsOf(ours, theirs).every(
    ([l, m]) =>
      l === m || (l !== undefined && m !== undefined && provePair(l, m, UNKNOWN_FIELD) !== undefined),
  );
}

function isOneToOne(ours: Episode, theirs: Episode): boolean {
  const pairs = pairsOf(ours, theirs);
  if (pairs.some(([l, m]) => l === undefined || m === undefined)) return false;
  const distinct = (texts: readonly (string | undefined)[]) => new Set(texts).size;
  const count = distinct(pairs.map(([l, m]) => `${l}\n${m}`));
  return count === distinct(pairs.map(([l]) => l)) && count === distinct(pairs.map(([, m]) => m));
}
