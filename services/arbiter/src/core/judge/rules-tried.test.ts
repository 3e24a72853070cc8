import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { episodeOf, loadFamilies } from '../../../families/load.ts';
import { looksLikeClock, looksLikeKeys } from './bugs/nature.ts';
import { type Context, needsMet, rulesFor } from './bugs/rule.ts';
import { BUG_RULES } from './bugs/table.ts';
import type { Episode } from './episode.ts';
import { readEpisode } from './observe.ts';
import { DEFAULT_PARAMETERS } from './parameters.ts';
import type { FieldProfile } from './profile.ts';
import { PROOF_RULES } from './proofs/table.ts';
import { DOMAINS, domainsOf } from './readings/table.ts';
import { remembered } from './value/remembered.ts';
import { Side } from './value/side.ts';

/** One episode of each family of two authors, whole and by its first request alone, as the arbiter judges. */
async function someEpisodes(): Promise<readonly Episode[]> {
  const families = (await Promise.all(['k', 'q'].map(loadFamilies))).flat();
  return families.flatMap((family) => {
    const episode = episodeOf(family, 0, 1);
    const first = episode.observations.find(({ legacy, modern }) => legacy !== modern);
    return first === undefined ? [episode] : [episode, { ...episode, observations: [first] }];
  });
}

function acceptedOnce(): readonly Episode[] {
  const lines = readFileSync(
    join(import.meta.dirname, '../../../testdata/accepted-once.jsonl'),
    'utf8',
  ).split('\n');
  return lines.filter(Boolean).map((line) => JSON.parse(line) as Episode);
}

function contextOf(episode: Episode): Context {
  const read = readEpisode(episode);
  const parameters = DEFAULT_PARAMETERS;
  const clockLike = looksLikeClock(read.unproven, parameters.clockLagMsMax);
  return { ...read, episode, parameters, keyLike: looksLikeKeys(read.all), clockLike };
}

test('a rule that is not tried, because an episode has not what it needs, would have found nothing', async () => {
  const wrong: string[] = [];
  let skipped = 0;
  for (const episode of await someEpisodes()) {
    const context = contextOf(episode);
    const tried = new Set(rulesFor(BUG_RULES, needsMet(context)));
    for (const rule of BUG_RULES) {
      if (tried.has(rule)) continue;
      skipped += 1;
      if (rule.find(context) !== undefined) wrong.push(`${rule.name}: ${episode.id}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(skipped).toBeGreaterThan(1_000);
});

test('a domain that is not tried, because a value does not look like it, would have read nothing', async () => {
  const wrong: string[] = [];
  let skipped = 0;
  for (const episode of [...acceptedOnce(), ...(await someEpisodes())]) {
    const sides = episode.observations.flatMap(({ legacy, modern }) => [new Side(legacy), new Side(modern)]);
    for (const side of sides) {
      const tried = new Set(domainsOf(side));
      for (const domain of DOMAINS) {
        if (tried.has(domain)) continue;
        skipped += 1;
        if (domain.read(side).length > 0) wrong.push(`${domain.name}: ${side.raw}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(skipped).toBeGreaterThan(10_000);
});

test('only the proofs that say so ask what is known of the field', async () => {
  const asking = new Set<string>();
  for (const { field, observations } of await someEpisodes()) {
    for (const { legacy, modern } of readEpisode({ id: '', field, observations }).unproven) {
      for (const rule of PROOF_RULES.filter(({ ofField }) => !ofField)) {
        const pair = { legacy, modern, field, part: () => undefined };
        rule.prove(
          Object.defineProperty(pair, 'profile', {
            get: (): FieldProfile | undefined => {
              asking.add(rule.name);
              return undefined;
            },
          }) as typeof pair & { profile: FieldProfile },
        );
      }
    }
  }
  expect([...asking]).toEqual([]);
});

test('what a text was found to be is found once, and forgotten in the end', () => {
  const asked: string[] = [];
  const length = remembered((text) => asked.push(text) && text.length);
  expect([length('ab'), length('abc'), length('ab'), length('ab')]).toEqual([2, 3, 2, 2]);
  expect(asked).toEqual(['ab', 'abc']);
  for (let i = 0; i < 100; i++) length(`text ${i}`);
  expect(length('ab')).toBe(2);
  expect(asked.filter((text) => text === 'ab')).toHaveLength(2);
});

test('nothing found is remembered as well, and long texts are not', () => {
  let asked = 0;
  const find = remembered((): string | undefined => {
    asked += 1;
    return undefined;
  });
  expect([find('x'), find('x')]).toEqual([undefined, undefined]);
  expect(asked).toBe(1);
  find('x'.repeat(10_000));
  find('x'.repeat(10_000));
  expect(asked).toBe(3);
});
