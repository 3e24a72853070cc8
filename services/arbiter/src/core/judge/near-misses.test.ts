import { describe, expect, test } from '@jest/globals';
import { judgeEpisode } from './judge-episode.ts';

type Row = readonly [legacy: unknown, modern: unknown, legacy2?: unknown];

/** An episode of one field, from values; undefined is a missing field. */
function verdictOf(field: string, rows: readonly Row[]): string {
  const raw = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value));
  const observations = rows.map(([legacy, modern, legacy2]) => ({
    legacy: raw(legacy),
    modern: raw(modern),
    ...(legacy2 !== undefined && { legacy2: raw(legacy2) }),
  }));
  return judgeEpisode({ id: 'e', field, observations }).verdict;
}

/** Each row beside its twin: what is proven, and what only looks so. */
function twins(
  rows: readonly (readonly [what: string, verdict: string, field: string, rows: readonly Row[]])[],
) {
  test.each(rows)('%s: %s', (_, verdict, field, observations) => {
    expect(verdictOf(field, observations)).toBe(verdict);
  });
}

const many = (count: number, row: (i: number) => Row): readonly Row[] =>
  Array.from({ length: count }, (_, i) => row(i));

/** Seconds after a fixed time, as text. */
const clock = (seconds: number) => new Date(Date.UTC(2026, 0, 5, 9) + seconds * 1000).toISOString();

describe('clocks', () => {
  const late = (i: number) => 100 * i + 3000 + 37 * i * i;
  twins([
    [
      'a moment later, beside a late second run',
      'harmless',
      'issuedAt',
      many(4, (i) => [clock(100 * i), clock(100 * i + 0.1 * i), clock(late(i))]),
    ],
    [
      'an hour, beside a second run that was as late',
      'bug',
      'issuedAt',
      many(4, (i) => [clock(100 * i), clock(100 * i + 3600.05 + 0.01 * i), clock(late(i))]),
    ],
    [
      'an hour in one request of six',
      'bug',
      'issuedAt',
      many(6, (i) => [clock(100 * i), clock(100 * i + (i === 2 ? 3600 : 0) + 0.05 * i), clock(late(i))]),
    ],
    [
      'an hour as in legacy’s own second run',
      'ask',
      'issuedAt',
      many(4, (i) => [
        clock(100 * i),
        clock(100 * i + 3600.05 + 0.01 * i),
        clock(100 * i + 3600.2 + 0.1 * i),
      ]),
    ],
    [
      'minutes that only a late second run has as well',
      'ask',
      'issuedAt',
      many(4, (i) => [clock(100 * i), clock(100 * i + 700 + 11 * i), clock(late(i))]),
    ],
  ]);
});

describe('noise of measures', () => {
  /** Near 100, of no order, of three decimals; the same for the same arguments. */
  const noisy = (i: number, run: number, spread = 1) =>
    Number((100 + spread * (((i * 7919 + run * 104_729 + i * i * 31 * run) % 2001) / 1000 - 1)).toFixed(3));
  const rows = (modern: (i: number) => number) =>
    many(40, (i) => [noisy(i, 1), modern(i), noisy(i, 2)] as const);
  twins([
    ['measured once more', 'harmless', 'quote', rows((i) => noisy(i, 3))],
    ['of two values', 'ask', 'quote', rows((i) => (i % 2 === 0 ? 99.9 : 100.1))],
    ['of a hundredth of the spread', 'ask', 'quote', rows((i) => noisy(i, 3, 0.01))],
    [
      'two of forty twice as far as legacy’s largest',
      'ask',
      'quote',
      rows((i) => (i % 20 === 7 ? noisy(i, 1) + 4 : noisy(i, 3))),
    ],
  ]);
});

describe('short forms', () => {
  const words = (...pairs: readonly Row[]): readonly Row[] => [...pairs, ...pairs];
  twins([
    [
      'of one vocabulary',
      'harmless',
      'state',
      words(['ACT', 'ACTIVE'], ['SUS', 'SUSPENDED'], ['CLO', 'CLOSED']),
    ],
    ['a word that the vocabulary has not', 'ask', 'state', words(['SUS', 'SUSTAINED'], ['ACT', 'ACTIVE'])],
    ['shipped and open', 'harmless', 'order', words(['SHP', 'SHIPPED'], ['OPN', 'OPEN'])],
    ['deleted, that may be delivered', 'ask', 'order', words(['DEL', 'DELETED'], ['SHP', 'SHIPPED'])],
    ['reversed, that may be reviewed', 'ask', 'order', words(['REV', 'REVERSED'], ['APR', 'APPROVED'])],
    ['two letters', 'ask', 'lock', words(['UN', 'UNLOCKED'], ['LO', 'LOCKED'])],
    ['names', 'ask', 'name', words(['John', 'Johnson'], ['Rob', 'Robson'])],
    ['two vocabularies', 'ask', 'kind', words(['FIX', 'FIXED'], ['DED', 'DEDUCTION'])],
    ['a word for all and its number', 'harmless', 'band', words(['B1', 'BAND_1'], ['B2', 'BAND_2'])],
    ['two words and a number', 'ask', 'band', words(['B1', 'BAND_1'], ['B2', 'BLOCK_2'])],
  ]);
});
