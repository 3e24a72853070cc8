import type { Context } from '../bugs/rule.ts';
import type { Episode } from '../episode.ts';

const WORDS_MAX = 64;

/**
 * A sentence that legacy does not repeat because some of its words are made anew (an id, a time): the words at each place as episodes of
 * their own; undefined when the sentences have not the same number of words.
 */
export function splitWords({ episode, all }: Context): readonly Episode[] | undefined {
  const sentences = all.map(({ legacy, modern, legacy2 }) =>
    [legacy, modern, legacy2 ?? legacy].map(({ text }) => text?.split(/\s+/)),
  );
  const count = sentences[0]?.[0]?.length ?? 0;
  if (count < 2 || count > WORDS_MAX) return undefined;
  if (!sentences.every((words) => words.every((list) => list?.length === count))) return undefined;
  return Array.from({ length: count }, (_, place) => ({
    ...episode,
    field: `${episode.field} (word ${place + 1})`,
    observations: sentences.map(([legacy, modern, legacy2]) => ({
      legacy: JSON.stringify(legacy?.[place]),
      modern: JSON.stringify(modern?.[place]),
      legacy2: JSON.stringify(legacy2?.[place]),
    })),
  }));
}
