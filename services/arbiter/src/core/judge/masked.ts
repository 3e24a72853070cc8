import type { Episode, Triple } from './episode.ts';
import type { Judgement } from './judgement.ts';

/** As capture writes them; what stands in them is a hash, in which no number or word means anything. */
const MASK = /⟨masked:[^⟨⟩]{1,80}⟩/g;

/** Of values that are given as masks, and that differ. */
export const MASKED_RULE = 'masked';

export const MASKED_SENTENCE =
  'The values are masked, and they differ: more than that Chronos neither keeps nor shows.';

/** What says nothing; that legacy's secret is gone is seen without reading it. */
const NOTHING = /^(?:null|"\s*"|\[\]|\{\})$/;

/**
 * Whether two values (raw JSON) say nothing of why they differ, because the secrets in them do: their masks are not the same. Of legacy's values that
 * are made anew each time (`again` has other masks) only that is known which holds for both runs.
 */
export function masksDiffer(
  legacy: string | undefined,
  modern: string | undefined,
  again?: string | undefined,
): boolean {
  if (legacy === undefined || modern === undefined || NOTHING.test(legacy) || NOTHING.test(modern))
    return false;
  const ours = masksOf(legacy);
  return ours !== masksOf(modern) && (again === undefined || masksOf(again) === ours);
}

function masksOf(json: string): string {
  return json.includes('⟨masked:') ? (json.match(MASK) ?? []).sort().join() : '';
}

/** The episode without the observations whose masks differ; the same one if there are none. */
export function readablePart(episode: Episode): Episode {
  const observations = episode.observations.filter((triple) => !isMasked(triple));
  return observations.length === episode.observations.length ? episode : { ...episode, observations };
}

function isMasked({ legacy, modern, legacy2 }: Triple): boolean {
  return masksDiffer(legacy, modern, legacy2);
}

/** What is said of an episode, given what is said of the part that can be read: a bug in it stands, and no proof of it holds for the rest. */
export function beyondMasks({ field }: Episode, readable: Judgement | undefined): Judgement {
  if (readable?.verdict === 'bug') return readable;
  return {
    verdict: 'ask',
    rule: MASKED_RULE,
    severity: '',
    explanation: MASKED_SENTENCE,
    question: `The masked values of ${field} differ: may they?`,
  };
}
