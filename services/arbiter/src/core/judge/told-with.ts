import type { Episode } from './episode.ts';

const NUMBER = /^"?0*([0-9]{1,15}(?:\.[0-9]{1,6})?)"?$/;

/**
 * Whether a member that legacy alone has is told in the number of another one: modern’s is legacy’s times it (3 packs of 12 as 36 pieces), or with
 * so many of its digits behind the point (10450 with 2 as 104.50), in every request.
 */
export function isToldWith(part: Episode, parts: readonly Episode[]): boolean {
  if (!part.observations.every(({ legacy, modern }) => legacy !== undefined && modern === undefined))
    return false;
  const told = part.observations.map(({ legacy }) => numberOf(legacy));
  if (told.includes(undefined)) return false;
  return parts.some((other) => other !== part && isMade(other, told as readonly number[]));
}

/** Whether what changed in a number is told so by another member. */
export function isMadeWith(part: Episode, parts: readonly Episode[]): boolean {
  return parts.some((other) => {
    if (other === part || !other.observations.every(({ modern }) => modern === undefined)) return false;
    const told = other.observations.map(({ legacy }) => numberOf(legacy));
    return !told.includes(undefined) && isMade(part, told as readonly number[]);
  });
}

function isMade({ observations }: Episode, told: readonly number[]): boolean {
  const pairs = observations.map(({ legacy, modern }) => [numberOf(legacy), numberOf(modern)] as const);
  if (pairs.some(([l, m]) => l === undefined || m === undefined)) return false;
  const isAll = (make: (number: number, by: number) => number) =>
    pairs.every(([l = 0, m = 0], i) => Math.abs(make(l, told[i] ?? 0) - m) < 0.0005 + m * 1e-9);
  const isSame = pairs.every(([l, m]) => l === m);
  return (
    !isSame &&
    (isAll((number, by) => number * by) ||
      isAll((number, by) => number / 10 ** by) ||
      isAll((number, by) => number / by))
  );
}

function numberOf(raw: string | undefined): number | undefined {
  const [, figures] = NUMBER.exec(raw ?? '') ?? [];
  return figures === undefined ? undefined : Number(figures);
}
