import { raw, type Values } from '../../../testing/episodes.ts';
import type { Episode } from '../episode.ts';
import { judgeEpisode } from '../judge-episode.ts';
import type { Judgement } from '../judgement.ts';
import { DEFAULT_PARAMETERS } from '../parameters.ts';
import { NO_SCORE } from '../score/score.ts';

/** By name: episodes, each of which is one field with all its observations. */
export type Episodes = Readonly<Record<string, readonly (readonly Values[])[]>>;

/** What the named rules say, without the score. */
export function byRules(episode: Episode): Judgement {
  return judgeEpisode(episode, DEFAULT_PARAMETERS, NO_SCORE);
}

export function many(count: number, at: (index: number) => Values): Values[] {
  return Array.from({ length: count }, (_, i) => at(i));
}

/** A JSON number of two digits after the point. */
export function cents(units: number): ReturnType<typeof raw> {
  return raw((units / 100).toFixed(2));
}
