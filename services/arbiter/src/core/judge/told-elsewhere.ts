import type { Episode } from './episode.ts';
import { atomsOf } from './value/atoms.ts';
import { Side } from './value/side.ts';

/** A shorter value stands somewhere else by chance. */
const CHARS_MIN = 3;

/**
 * Whether a member that legacy alone has is told by other members of modern in every request: its words and numbers stand there, and legacy's own
 * of these members do not have them (`{"price":1999,"cur":"EUR"}` and `{"price":{"value":"19.99","currency":"EUR"}}`). It is not lost then.
 */
export function isToldElsewhere(part: Episode, parts: readonly Episode[]): boolean {
  if (!part.observations.every(({ modern }) => modern === undefined)) return false;
  const told = part.observations.filter(({ legacy }) => legacy !== undefined);
  if (told.every(({ legacy = '' }) => legacy.replaceAll('"', '').length < CHARS_MIN)) return false;
  const others = parts.filter((one) => one !== part);
  return part.observations.every(({ legacy }, i) => {
    const own = wordsOf(legacy);
    const ours = others.flatMap(({ observations }) => wordsOf(observations[i]?.legacy));
    const theirs = others.flatMap(({ observations }) => wordsOf(observations[i]?.modern));
    for (const word of ours) {
      const at = theirs.indexOf(word);
      if (at >= 0) theirs.splice(at, 1);
    }
    return own.every((word) => theirs.includes(word));
  });
}

const PARTS_MAX = 12;

/** Whether a number that legacy alone has is the product, sum or difference of two others that both sides have, in every request. */
export function isDerivable(part: Episode, parts: readonly Episode[]): boolean {
  if (!part.observations.every(({ modern }) => modern === undefined) || parts.length > PARTS_MAX)
    return false;
  const wanted = part.observations.map(({ legacy }) => numberOf(legacy));
  if (wanted.includes(undefined)) return false;
  const kept = parts
    .filter((one) => one !== part && one.observations.every(({ legacy, modern }) => legacy === modern))
    .map(({ observations }) => observations.map(({ legacy }) => numberOf(legacy)))
    .filter((numbers) => !numbers.includes(undefined)) as readonly (readonly number[])[];
  return kept.some((a, i) =>
    kept
      .slice(i + 1)
      .some((b) =>
        [times, plus, minus].some((made) =>
          wanted.every((value, at) => Math.abs(made(a[at] ?? 0, b[at] ?? 0) - (value ?? 0)) < 0.005),
        ),
      ),
  );
}

const times = (a: number, b: number) => a * b;
const plus = (a: number, b: number) => a + b;
const minus = (a: number, b: number) => Math.abs(a - b);

function numberOf(raw: string | undefined): number | undefined {
  return raw !== undefined && /^"?-?[0-9]{1,12}(?:\.[0-9]{1,6})?"?$/.test(raw)
    ? Number(raw.replaceAll('"', ''))
    : undefined;
}

function wordsOf(raw: string | undefined): string[] {
  const atoms = raw === undefined ? undefined : atomsOf(new Side(raw));
  return [...(atoms?.words ?? []), ...(atoms?.numbers ?? [])];
}
