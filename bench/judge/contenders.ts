import type { Episode, Triple } from '@chronos/arbiter/core/judge/episode.ts';
import { judgeEpisode } from '@chronos/arbiter/core/judge/judge-episode.ts';
import { DEFAULT_PARAMETERS, type Parameters } from '@chronos/arbiter/core/judge/parameters.ts';
import { DEFAULT_SCORE, type ScoreParameters } from '@chronos/arbiter/core/judge/score/score.ts';

export type Call = 'harmless' | 'ask' | 'bug';

/** A way to tell harmless differences from bugs: a verdict, and a score that ranks (higher: rather a bug). */
export interface Contender {
  readonly name: string;
  readonly rate: (episode: Episode) => { readonly call: Call; readonly score: number };
}

const rank: Record<Call, number> = { harmless: 0, ask: 0.5, bug: 1 };

/** What this repository ships. Each episode is judged once, however often it is rated (in all, and by family). */
export function ourJudge(
  parameters: Parameters = DEFAULT_PARAMETERS,
  score: ScoreParameters = DEFAULT_SCORE,
): Contender {
  const known = new WeakMap<Episode, Call>();
  return {
    name: 'the judge',
    rate: (episode) => {
      const verdict = known.get(episode) ?? judgeEpisode(episode, parameters, score).verdict;
      known.set(episode, verdict);
      return { call: verdict, score: rank[verdict] };
    },
  };
}

/** Numbers, also as text, may differ by a share of the larger one; everything else must be the same text. */
export function tolerance(share: number): Contender {
  return {
    name: `tolerance ${share * 100} %`,
    rate: ({ observations }) => {
      const score = Math.max(0, ...observations.map(relativeDifference));
      return { call: score <= share ? 'harmless' : 'bug', score };
    },
  };
}

function relativeDifference({ legacy, modern }: Triple): number {
  if (legacy === modern) return 0;
  const a = numberOf(legacy);
  const b = numberOf(modern);
  if (Number.isNaN(a) || Number.isNaN(b)) return 2;
  return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}

function numberOf(raw: string | undefined): number {
  if (raw === undefined) return Number.NaN;
  const bare = raw.replace(/^"(.*)"$/s, '$1').trim();
  return bare === '' ? Number.NaN : Number(bare);
}

/**
 * Diffy's rule, as its documentation states it: the rate at which modern differs is held against the rate at which a second run of legacy
 * differs; a field is fine when they are within 20 % of each other or 0.03 % of all requests.
 */
export const diffy: Contender = {
  name: 'Diffy’s rule',
  rate: ({ observations }) => {
    const of = observations.length;
    const raw = observations.filter(({ legacy, modern }) => legacy !== modern).length;
    const noise = observations.filter((one) => 'legacy2' in one && one.legacy2 !== one.legacy).length;
    const relative = raw + noise === 0 ? 0 : (Math.abs(raw - noise) / (raw + noise)) * 100;
    const absolute = of === 0 ? 0 : (Math.abs(raw - noise) / of) * 100;
    return { call: relative <= 20 || absolute <= 0.03 ? 'harmless' : 'bug', score: relative };
  },
};
