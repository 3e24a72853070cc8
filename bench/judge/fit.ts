import { judgeEpisode } from '@chronos/arbiter/core/judge/judge-episode.ts';
import type { Parameters } from '@chronos/arbiter/core/judge/parameters.ts';
import type { Labelled } from './episodes.ts';

/** What may be tried for each fitted parameter, from the strictest on. */
const choices = {
  alpha: [0.0001, 0.001, 0.01],
  biasCountMin: [3, 4, 5, 8],
  biasShareMin: [0.1, 0.15, 0.25, 0.5],
  noiseFactorMax: [1.5, 2, 3, 4],
  noiseCountMin: [2, 3, 5, 8],
  clockLagMsMax: [1_000, 5_000, 15_000],
} as const satisfies { readonly [K in Exclude<keyof Parameters, 'version'>]: readonly number[] };

/** Errors in the order in which they count: a worse one is never bought with better ones further down. */
export interface Loss {
  readonly critical_accepted: number;
  readonly bugs_accepted: number;
  readonly harmless_called_bug: number;
  readonly bugs_asked: number;
  readonly harmless_asked: number;
}

/** Coordinate descent over the choices, from the parameters given, until nothing improves. Deterministic. */
export function fitParameters(
  episodes: readonly Labelled[],
  start: Parameters,
  note: (words: string) => void,
): { readonly parameters: Parameters; readonly loss: Loss } {
  let parameters = start;
  let loss = lossOf(episodes, parameters);
  for (let round = 1, improved = true; improved && round <= 5; round += 1) {
    improved = false;
    for (const key of Object.keys(choices) as (keyof typeof choices)[]) {
      for (const value of choices[key]) {
        if (value === parameters[key]) continue;
        const tried = { ...parameters, [key]: value };
        const its = lossOf(episodes, tried);
        if (!isLess(its, loss)) continue;
        [parameters, loss, improved] = [tried, its, true];
        note(`round ${round}: ${key} = ${value}: ${JSON.stringify(its)}`);
      }
    }
  }
  return { parameters, loss };
}

export function lossOf(episodes: readonly Labelled[], parameters: Parameters): Loss {
  const loss = {
    critical_accepted: 0,
    bugs_accepted: 0,
    harmless_called_bug: 0,
    bugs_asked: 0,
    harmless_asked: 0,
  };
  for (const { episode, bug, critical } of episodes) {
    const { verdict } = judgeEpisode(episode, parameters);
    if (bug && verdict === 'harmless') loss[critical ? 'critical_accepted' : 'bugs_accepted'] += 1;
    if (bug && verdict === 'ask') loss.bugs_asked += 1;
    if (!bug && verdict === 'bug') loss.harmless_called_bug += 1;
    if (!bug && verdict === 'ask') loss.harmless_asked += 1;
  }
  return loss;
}

function isLess(a: Loss, b: Loss): boolean {
  for (const key of Object.keys(b) as (keyof Loss)[]) if (a[key] !== b[key]) return a[key] < b[key];
  return false;
}
