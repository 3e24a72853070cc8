import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Episode } from '@chronos/arbiter/core/judge/episode.ts';
import { judgeEpisode } from '@chronos/arbiter/core/judge/judge-episode.ts';
import { DEFAULT_PARAMETERS } from '@chronos/arbiter/core/judge/parameters.ts';
import { NO_SCORE } from '@chronos/arbiter/core/judge/score/score.ts';
import type { Dataset, Labelled } from './episodes.ts';

/**
 * What the rules of the day asked about when an author's families were measured blind: by author and family, the numbers of its episodes
 * (of ten, seed 1). The only sample of what rules leave open that was not made by learning from it. Author b is left out: the rules of that
 * day left open what rules decide since (45 % of all); what they ask today stands for it.
 */
type BlindAsked = Readonly<Record<string, Readonly<Record<string, string>>>>;

const file = join(import.meta.dirname, '../../services/arbiter/families/blind-asked.json');

export function blindAsked(): BlindAsked {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as BlindAsked) : {};
}

/** Keeps what is asked of a set that is being measured blind. */
export function recordAsked(author: string, asked: readonly Labelled[]): void {
  const byFamily: Record<string, string> = {};
  for (const { episode, family } of asked) byFamily[family] = (byFamily[family] ?? '') + numberOf(episode.id);
  writeFileSync(file, `${JSON.stringify({ ...blindAsked(), [author]: byFamily }, null, 2)}\n`);
}

/** The authors whose questions of the day are kept. */
export function isAskedBlind({ name }: Dataset): boolean {
  return authorOf(name) in blindAsked();
}

/** The episodes that were asked when the set was measured blind; of a set that was not, those that the named rules ask today. */
export function askedOf(set: Dataset): readonly Labelled[] {
  const asked = blindAsked()[authorOf(set.name)];
  if (asked === undefined) return set.episodes.filter(({ episode }) => isAsked(episode));
  return set.episodes.filter(({ episode, family }) => asked[family]?.includes(numberOf(episode.id)));
}

/** By the named rules, whatever the score says. */
export function isAsked(episode: Episode): boolean {
  return judgeEpisode(episode, DEFAULT_PARAMETERS, NO_SCORE).verdict === 'ask';
}

function authorOf(name: string): string {
  return name.replace('author ', '');
}

/** `family-7`: the eighth episode of its family. */
function numberOf(id: string): string {
  return id.slice(id.lastIndexOf('-') + 1);
}
