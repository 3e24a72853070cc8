import { describe, expect, test } from '@jest/globals';
import type { Observation } from './kit.ts';
import { authors, corpusLine, episodeOf, loadFamilies } from './load.ts';

const loaded = await Promise.all(
  (await authors()).map(async (author) => ({ author, families: await loadFamilies(author) })),
);
const perFamily = 4;

function parseTexts({ legacy, modern, legacy2 }: Observation): void {
  for (const text of [legacy, modern, legacy2]) if (text !== undefined) JSON.parse(text);
}

describe.each(loaded)('families of author $author', ({ families }) => {
  test('names are unique and every family says why', () => {
    expect(new Set(families.map(({ name }) => name)).size).toBe(families.length);
    for (const { name, why, label, critical } of families) {
      expect({ name, words: why.split(' ').length > 4 }).toEqual({ name, words: true });
      expect({ name, critical: critical && label === 'harmless' }).toEqual({ name, critical: false });
    }
  });

  test('there are enough of both kinds', () => {
    expect(families.filter(({ label }) => label === 'harmless').length).toBeGreaterThanOrEqual(34);
    expect(families.filter(({ label }) => label === 'bug').length).toBeGreaterThanOrEqual(34);
    expect(families.filter(({ critical }) => critical).length).toBeGreaterThanOrEqual(24);
  });

  test.each(families.map((family) => ({ name: family.name, family })))('$name', ({ family }) => {
    const ids = new Set<string>();
    for (let index = 0; index < perFamily; index += 1) {
      const episode = episodeOf(family, index, 1);
      ids.add(episode.id);
      expect(episode.field.length).toBeGreaterThan(0);
      expect(episode.observations.length).toBeGreaterThanOrEqual(1);
      expect(episode.observations.length).toBeLessThanOrEqual(120);
      expect(episode.observations.some(({ legacy, modern }) => legacy !== modern)).toBe(true);
      expect(() => episode.observations.forEach(parseTexts)).not.toThrow();
      expect(corpusLine(family, episodeOf(family, index, 1))).toBe(corpusLine(family, episode));
      const parsed = JSON.parse(corpusLine(family, episode)) as { id: string; observations: unknown[] };
      expect(parsed).toMatchObject({ id: episode.id, family: family.name, label: family.label });
      expect(parsed.observations).toHaveLength(episode.observations.length);
    }
    expect(ids.size).toBe(perFamily);
    const ofSeed = (seed: number) =>
      Array.from({ length: perFamily }, (_, index) =>
        corpusLine(family, episodeOf(family, index, seed)),
      ).join();
    expect(ofSeed(2)).not.toBe(ofSeed(1));
  });
});
