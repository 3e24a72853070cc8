import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Episode, parseEpisode } from '@chronos/arbiter/core/judge/episode.ts';
import { authors, corpusLine, episodeOf, loadFamilies } from '../../services/arbiter/families/load.ts';

export interface Labelled {
  readonly episode: Episode;
  /** Episodes of one family are alike: intervals and bootstraps count families, never episodes alone. */
  readonly family: string;
  readonly bug: boolean;
  readonly critical: boolean;
}

export interface Dataset {
  readonly name: string;
  readonly episodes: readonly Labelled[];
}

/** Beside the checkout, where the labelled data of the project's owners stand; not part of the repository. */
export const CORPUS_DEFAULT = join(import.meta.dirname, '../../../shared/corpus');

/** One file of the corpus, by its name without `.jsonl.gz`; undefined when the folder has none. Policy episodes are nobody's and left out. */
export function readCorpus(folder: string, name: string): Dataset | undefined {
  const file = join(folder, `${name}.jsonl.gz`);
  if (!existsSync(file)) return undefined;
  return { name, episodes: linesOf(gunzipSync(readFileSync(file)).toString('utf8'), file) };
}

/** The families of each author in the repository, `perFamily` episodes of each. */
export async function ownFamilies(perFamily: number, seed: number): Promise<Dataset[]> {
  const sets: Dataset[] = [];
  for (const author of await authors()) {
    const lines: string[] = [];
    for (const family of await loadFamilies(author)) {
      for (let index = 0; index < perFamily; index += 1)
        lines.push(corpusLine(family, episodeOf(family, index, seed)));
    }
    sets.push({ name: `author ${author}`, episodes: linesOf(lines.join('\n'), author) });
  }
  return sets;
}

function linesOf(text: string, place: string): Labelled[] {
  const labelled: Labelled[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const read = parseEpisode(line);
    if (!read.ok) throw new Error(`${place}:${index + 1}: ${read.problem}`);
    const { family, label, critical } = JSON.parse(line) as Record<string, unknown>;
    if (label === 'policy') continue;
    if (typeof family !== 'string' || (label !== 'bug' && label !== 'harmless'))
      throw new Error(`${place}:${index + 1}: "family" must be a string and "label" harmless, bug or policy`);
    labelled.push({ episode: read.episode, family, bug: label === 'bug', critical: critical === true });
  }
  return labelled;
}
