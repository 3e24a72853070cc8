import { describe, expect, test } from '@jest/globals';
import { episodeOf, type Values } from '../../../testing/episodes.ts';
import { judgeEpisode } from '../judge-episode.ts';
import { cents } from '../testing/rows.ts';

/** Numbers in [0, 1), the same in each run (Lehmer). */
function seeded(seed: number): () => number {
  let state = seed * 7919 + 13;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

type Draw = (random: () => number) => number;

/** In cents, what each run adds to the true total. */
const NOISE: Readonly<Record<string, Draw>> = {
  'a cent up or down or none': (random) => Math.floor(random() * 3) - 1,
  'a cent up or down, seldom': (random) => [-1, 1][Math.floor(random() * 33)] ?? 0,
  'a cent up or down': (random) => (random() < 0.5 ? -1 : 1),
  'a cent up, seldom': (random) => (random() < 0.1 ? 1 : 0),
  'up to six cents': (random) => Math.round((random() + random() + random() - 1.5) * 4),
};

interface Runs {
  readonly noise: Draw;
  /** What modern adds, and what legacy's second run does. */
  readonly modern?: Draw;
  readonly second?: Draw;
}

const none: Draw = () => 0;

function totals(count: number, seed: number, { noise, modern = none, second = none }: Runs): Values[] {
  const random = seeded(seed);
  return Array.from({ length: count }, () => {
    const total = 1_000 + Math.floor(random() * 900_000);
    return [
      cents(total + noise(random)),
      cents(total + noise(random) + modern(random)),
      cents(total + noise(random) + second(random)),
    ];
  });
}

/** How often each verdict is given over so many seeds. */
function verdicts(seeds: number, count: number, runs: Runs): Record<string, number> {
  const given: Record<string, number> = {};
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { verdict, rule } = judgeEpisode(episodeOf(...totals(count, seed, runs)));
    const key = verdict === 'bug' ? `${verdict} ${rule}` : verdict;
    given[key] = (given[key] ?? 0) + 1;
  }
  return given;
}

const bugsIn = (given: Record<string, number>) => Object.keys(given).filter((key) => key.startsWith('bug'));

describe('noise of a few last digits without a bias is never a bug, whatever its shape', () => {
  for (const [name, noise] of Object.entries(NOISE)) {
    test.each([
      [50, 200],
      [300, 200],
      // 200 of them are measured by hand: they take minutes.
      [3_000, 5],
    ])(`${name}: %i requests, %i seeds`, (count, seeds) => {
      expect(bugsIn(verdicts(seeds, count, { noise }))).toEqual([]);
    });
  }
});

describe('a bias within legacy’s own noise', () => {
  test.each([
    ['a cent up or down or none', 1],
    ['a cent up or down or none', -1],
    ['a cent up or down, seldom', 1],
    ['a cent up or down, seldom', -1],
    ['a cent up or down', 1],
    ['a cent up or down', -1],
  ])('%s: %i cent more on each of 300 requests is a bug', (name, bias) => {
    const noise = NOISE[name] ?? none;
    const given = verdicts(20, 300, { noise, modern: () => bias });
    expect(Object.keys(given)).toEqual(bugsIn(given));
    expect(given['bug noise-biased']).toBeGreaterThanOrEqual(18);
  });

  test('half a cent on average is a bug on 1,000 requests, and is not accepted on 300', () => {
    const noise = NOISE['a cent up or down or none'] ?? none;
    const modern: Draw = (random) => (random() < 0.5 ? 1 : 0);
    expect(verdicts(10, 1_000, { noise, modern })).toEqual({ 'bug noise-biased': 10 });
    expect(verdicts(10, 300, { noise, modern })).not.toHaveProperty('harmless');
  });

  test('says how often modern is higher, and legacy itself', () => {
    const noise = NOISE['a cent up or down or none'] ?? none;
    const { explanation } = judgeEpisode(episodeOf(...totals(300, 1, { noise, modern: () => 1 })));
    expect(explanation).toMatch(
      /^Modern is higher in 2[0-9]{2} and lower in [0-9]{2} of 300 requests \(by [01]\.[0-9]{2} last digits more on average\), legacy’s second run in [0-9]+ and [0-9]+: a bias within legacy’s own noise\.$/,
    );
  });

  test('what only grows while it is asked is higher in both runs that come later: no bug', () => {
    const noise = NOISE['a cent up or down or none'] ?? none;
    const later = { noise, modern: () => 1, second: () => 1 };
    expect(bugsIn(verdicts(20, 300, later))).toEqual([]);
    const last = { noise, modern: () => 2, second: () => 1 };
    expect(verdicts(20, 300, last)).not.toHaveProperty('bug noise-biased');
  });
});
