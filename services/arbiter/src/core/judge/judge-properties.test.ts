import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { episodeOf, raw } from '../../testing/episodes.ts';
import { judgeEpisode } from './judge-episode.ts';
import { provePair } from './pair.ts';
import { FieldProfile } from './profile.ts';

const units = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }).filter((value) => value % 10n !== 0n);

function plain(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const STYLES: Readonly<Record<string, (text: string) => string>> = {
  text: (text) => JSON.stringify(text),
  exponent: (text) => `${BigInt(text.replace('.', ''))}e-2`,
  zeros: (text) => `${text}00`,
  comma: (text) => JSON.stringify(grouped(text, ',', '.')),
  point: (text) => JSON.stringify(grouped(text, '.', ',')),
  space: (text) => JSON.stringify(grouped(text, '\u202f', ',')),
  trailing: (text) => JSON.stringify(text.startsWith('-') ? `${text.slice(1)}-` : text),
  brackets: (text) => JSON.stringify(text.startsWith('-') ? `(${text.slice(1)})` : text),
};

function grouped(text: string, group: string, point: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  return `${whole.replace(/\B(?=([0-9]{3})+$)/g, group)}${point}${fraction}`;
}

describe.each(Object.entries(STYLES))('numbers, style %s', (_, write) => {
  const judge = (legacy: string, modern: string) => judgeEpisode(episodeOf([raw(legacy), raw(modern)]));

  test('the same number is proven', () => {
    fc.assert(
      fc.property(units, (value) =>
        expect(judge(plain(value), write(plain(value))).verdict).toBe('harmless'),
      ),
    );
  });

  test('another number never is', () => {
    fc.assert(
      fc.property(units, units, (value, other) => {
        fc.pre(value !== other);
        expect(judge(plain(value), write(plain(other))).verdict).not.toBe('harmless');
      }),
    );
    fc.assert(
      fc.property(units, (value) => expect(judge(plain(value), write(plain(-value))).verdict).toBe('bug')),
    );
    fc.assert(
      fc.property(units, (value) =>
        expect(judge(plain(value), write(plain(value + 1n))).verdict).not.toBe('harmless'),
      ),
    );
  });
});

test('a currency may stand elsewhere, and is never made up', () => {
  fc.assert(
    fc.property(units, (value) => {
      const [before, after] = [`"EUR ${plain(value)}"`, `"${plain(value)} EUR"`];
      expect(judgeEpisode(episodeOf([raw(before), raw(after)])).verdict).toBe('harmless');
      expect(judgeEpisode(episodeOf([raw(plain(value)), raw(before)])).verdict).not.toBe('harmless');
      expect(judgeEpisode(episodeOf([raw(before), raw(after.replace('EUR', 'USD'))])).verdict).toBe('bug');
    }),
  );
});

const instants = fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2099, 0) });
const INSTANTS: Readonly<Record<string, (ms: number) => unknown>> = {
  offset: (ms) => new Date(ms + 19_800_000).toISOString().replace('Z', '+05:30'),
  millis: (ms) => ms,
  dotnet: (ms) => `/Date(${ms})/`,
  sql: (ms) => new Date(ms).toISOString().replace('T', ' ').replace('Z', ' UTC'),
};

describe.each(Object.entries(INSTANTS))('instants as %s', (_, write) => {
  const judge = (from: number, to: number) =>
    judgeEpisode(episodeOf([new Date(from).toISOString(), write(to)])).verdict;

  test('the same instant is proven, one that is minutes or more away is a bug', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 60_000, max: 10 ** 10 }), (ms, distance) => {
        fc.pre(ms > 10 ** 11 && ms + distance < 4 * 10 ** 12);
        expect(judge(ms, ms)).toBe('harmless');
        expect(judge(ms, ms + distance)).toBe('bug');
        expect(judge(ms + distance, ms)).toBe('bug');
      }),
    );
  });
});

describe('lists', () => {
  const list = fc.uniqueArray(fc.integer({ min: 0, max: 10 ** 6 }), { minLength: 2, maxLength: 12 });

  test('a lost, doubled or other element is a bug even where legacy leaves the order open', () => {
    fc.assert(
      fc.property(list, fc.nat(), (items, seed) => {
        const turned = items.toReversed();
        const at = seed % items.length;
        const changes = [items.toSpliced(at, 1), [...items, items[at]], items.with(at, -1)];
        for (const modern of changes)
          expect(judgeEpisode(episodeOf([items, modern.toReversed(), turned])).verdict).toBe('bug');
      }),
    );
  });
});

describe('whatever comes', () => {
  test('nothing throws, and equal texts are harmless', () => {
    const value = fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().map((text) => JSON.stringify(text)),
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(
        fc.array(fc.record({ legacy: value, modern: value, legacy2: value }), { minLength: 1, maxLength: 6 }),
        (observations) => {
          const judged = judgeEpisode({ id: 'x', field: 'y', observations: observations.map(withoutAbsent) });
          expect(['harmless', 'bug', 'ask']).toContain(judged.verdict);
          const same = observations.map(({ legacy }) => withoutAbsent({ legacy, modern: legacy }));
          expect(judgeEpisode({ id: 'x', field: 'y', observations: same }).verdict).toBe('harmless');
        },
      ),
      { numRuns: 300 },
    );
  });

  test('long and hostile texts are bounded work', () => {
    const texts = [
      '1'.repeat(60_000),
      ' '.repeat(60_000),
      '&amp;'.repeat(12_000),
      '*'.repeat(60_000),
      'a1'.repeat(30_000),
      '-'.repeat(60_000),
      '1 '.repeat(30_000),
      '%41'.repeat(20_000),
    ];
    for (const [i, text] of texts.entries()) {
      const [l, m] = [JSON.stringify(text), JSON.stringify(`${texts[(i + 1) % texts.length]}x`)];
      expect(provePair(l, m, FieldProfile.of([{ legacy: l, modern: m }]))).toBeUndefined();
    }
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    expect(provePair(deep, `[${deep}]`, new FieldProfile())).toBeUndefined();
  });
});

function withoutAbsent(triple: {
  legacy?: string | undefined;
  modern?: string | undefined;
  legacy2?: string | undefined;
}) {
  return Object.fromEntries(Object.entries(triple).filter(([, value]) => value !== undefined));
}
