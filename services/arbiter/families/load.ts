/** Finds the families of an author: every file of families/<author>/ exports `families`. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Episode, type Family, Random } from './kit.ts';

/** The authors, by the names of their folders. */
export async function authors(): Promise<string[]> {
  const entries = await readdir(import.meta.dirname, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** All families of one author, in the order of their files. An index.ts is no file of families; it may gather the others. */
export async function loadFamilies(author: string): Promise<Family[]> {
  const known = await authors();
  if (!known.includes(author)) throw new Error(`no author "${author}": accepted are ${known.join(', ')}`);
  const folder = join(import.meta.dirname, author);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts') && file !== 'index.ts').sort();
  const loaded: Family[] = [];
  for (const file of files) {
    const module = (await import(pathToFileURL(join(folder, file)).href)) as { families?: readonly Family[] };
    if (module.families === undefined) throw new Error(`${join(folder, file)} exports no "families"`);
    loaded.push(...module.families);
  }
  return loaded;
}

/** An episode that depends only on the seed, the family's name and the index. */
export function episodeOf(family: Family, index: number, seed: number): Episode {
  return family.episode(new Random(`${seed}/${family.name}/${index}`), index);
}

/** One line of a corpus: an absent field has no key. */
export function corpusLine(family: Family, episode: Episode): string {
  const { id, route, field, observations } = episode;
  return JSON.stringify({
    id,
    family: family.name,
    route,
    field,
    label: family.label,
    critical: family.critical,
    observations,
  });
}
