import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseEpisode } from './episode.ts';
import { judgeEpisode } from './judge-episode.ts';

/** Critical differences that earlier versions of the judge accepted, found by a review that looked for them; one episode a line. */
const ACCEPTED_ONCE = readFileSync(join(import.meta.dirname, '../../../testdata/accepted-once.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => parseEpisode(line))
  .flatMap((read) => (read.ok ? [read.episode] : []));

test('there are more than a hundred of them', () => {
  expect(ACCEPTED_ONCE).toHaveLength(1433);
});

test.each(ACCEPTED_ONCE.map((episode) => [episode.id, episode] as const))(
  '%s is not accepted',
  (_, episode) => {
    expect(judgeEpisode(episode).verdict).not.toBe('harmless');
  },
);

type Row = readonly [legacy: unknown, modern: unknown, legacy2?: unknown];

const raw = (value: unknown) => JSON.stringify(value);

describe('what looks like them, and is harmless', () => {
  const tokens = [
    [
      'bzaggrk5ihp6j37ygdani20ji9zm5b3f',
      'n7cskni1s09931g0uljnedj0erxtzxew',
      'uny017bzfr6alars4hvapws9nv8n37mb',
    ],
    [
      '6mma8ksru1r6uh3gugrdop4xuutktflg',
      '55nmk8noug0roox4ga7vf5ws0uvfwhcs',
      '2t8mymwjdlq5zabe50601nuqlzuf7vw2',
    ],
    [
      '9gqk24jahjgh2361i4hynjyc8dbo9iw4',
      'cezanbdyazg0q4oj3va5dwdaj0gwe04d',
      'uv96xs2i1b2awawmqcufuv7itksv0bas',
    ],
  ] as const;
  test.each<readonly [what: string, verdict: string, field: string, rows: readonly Row[]]>([
    ['zeros before an amount', 'harmless', 'amount', [['0010.110', '10.110']]],
    ['zeros before what identifies', 'ask', 'customerId', [['0010.110', '10.110']]],
    ['an amount that becomes a number', 'harmless', 'price', [['1.10', 1.1]]],
    ['a clause that becomes a number', 'ask', 'clause', [['1.10', 1.1]]],
    [
      'thousands, as another value tells',
      'harmless',
      'amount',
      [
        ['1,234', 1234],
        ['1,234.50', 1234.5],
      ],
    ],
    ['thousands or a comma', 'ask', 'amount', [['1,234', 1.234]]],
    ['a book', 'harmless', 'isbn', [['0306406152', '9780306406157']]],
    ['an account that passes for a book', 'ask', 'account', [['0306406152', '9780306406157']]],
    [
      'credit, beside debit',
      'harmless',
      'mark',
      [
        ['C', 'CREDIT'],
        ['D', 'DEBIT'],
      ],
    ],
    [
      'credit, beside a code of another set',
      'ask',
      'mark',
      [
        ['C', 'CREDIT'],
        ['S', 'S'],
      ],
    ],
    ['initials', 'harmless', 'direction', [['SW', 'south-west']]],
    [
      'padding',
      'harmless',
      'code',
      [
        ['A ', 'A'],
        ['B ', 'B'],
      ],
    ],
    [
      'padding that tells two codes apart',
      'ask',
      'code',
      [
        ['A ', 'A'],
        ['A', 'A'],
        ['B', 'B'],
      ],
    ],
    [
      'several ways to say yes',
      'harmless',
      'active',
      [
        ['Y', true],
        ['yes', true],
        ['N', false],
      ],
    ],
    [
      'a range',
      'harmless',
      'r',
      [
        ['10-20', { from: 10, to: 20 }],
        ['11-21', { from: 11, to: 21 }],
      ],
    ],
    [
      'a range without its end',
      'ask',
      'r',
      [
        ['10-20', { from: 10, toExclusive: 20 }],
        ['11-21', { from: 11, toExclusive: 21 }],
      ],
    ],
    ['tokens', 'harmless', 't', tokens],
    ['tokens that are shorter', 'ask', 't', tokens.map(([l, m, again]) => [l, m.slice(1), again])],
    [
      'a sign of a currency',
      'harmless',
      'price',
      [
        ['€7.50', '7.50 EUR'],
        ['€8.50', '8.50 EUR'],
      ],
    ],
    [
      'a sign that one value loses',
      'ask',
      'price',
      [
        ['€7.50', '€7.50'],
        ['€8.25', 8.25],
        ['€9.75', '€9.75'],
      ],
    ],
    [
      'a sign that all values lose',
      'ask',
      'price',
      [
        ['€7.50', 7.5],
        ['€8.25', 8.25],
        ['€9.75', 9.75],
      ],
    ],
  ])('%s: %s', (_what, verdict, field, rows) => {
    const observations = rows.map(([legacy, modern, legacy2]) => ({
      legacy: raw(legacy),
      modern: raw(modern),
      ...(legacy2 !== undefined && { legacy2: raw(legacy2) }),
    }));
    expect(judgeEpisode({ id: 'e', field, observations }).verdict).toBe(verdict);
  });
});

describe('what looks like a bug, and is asked', () => {
  const wide = ['01J9ZQ4T7RPM8W3KX5VNEHBGCD', '01J9ZQ4T7S2F6YXA9D1QWKMTRH', '01J9ZQ4T7TBN4CVH0PGE8ZJXSQ'];
  test.each<readonly [what: string, verdict: string, row: (i: number) => Row]>([
    ['a token of another alphabet that tells as much', 'ask', (i) => [uuid(2 * i), wide[i], uuid(2 * i + 1)]],
    ['a token that tells less', 'bug', (i) => [uuid(2 * i), uuid(9 - i).slice(0, 18), uuid(2 * i + 1)]],
    ['letters that modern has right', 'ask', (i) => [`MÃ¼ller ${i}`, `Müller ${i}`]],
    ['letters that modern has wrong', 'bug', (i) => [`Müller ${i}`, `MÃ¼ller ${i}`]],
    ['an umlaut for two letters', 'ask', (i) => [`Mueller ${i}`, `Müller ${i}`]],
    ['two letters for an umlaut', 'bug', (i) => [`Müller ${i}`, `Mueller ${i}`]],
  ])('%s: %s', (_what, verdict, row) => {
    const observations = [0, 1, 2].map(row).map(([legacy, modern, legacy2]) => ({
      legacy: raw(legacy),
      modern: raw(modern),
      ...(legacy2 !== undefined && { legacy2: raw(legacy2) }),
    }));
    expect(judgeEpisode({ id: 'e', field: 'x', observations }).verdict).toBe(verdict);
  });

  function uuid(i: number): string {
    const hex = createHash('sha256').update(String(i)).digest('hex');
    return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
});
