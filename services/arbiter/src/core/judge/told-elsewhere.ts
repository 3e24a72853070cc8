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

function wordsOf(raw: string | undefined): string[] {
  const atoms = raw === undefined ? undefined : atomsOf(new Side(raw));
  return [...(atoms?.words ?? []), ...(atoms?.numbers ?? [])];
}
