import { create } from '@bufbuild/protobuf';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { DifferenceKind, Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { expect, test } from '@jest/globals';
import { codecs } from '../../shell/codecs.ts';
import { exchange } from '../../testing/exchanges.ts';
import { judgeBy, NO_RULES } from '../judge/judge.ts';
import type { Effort } from '../judge/ruling.ts';
import { harmless, TOO_MANY } from '../judge/ruling.ts';
import { compileRules, rulesOf } from '../verdict/rules.ts';
import { compareExchanges } from './compare.ts';
import { Findings } from './findings.ts';
import { PARTS_LOOKED_INTO_MAX, partsOf } from './judging-cost.ts';
import { NumberText, type Value } from './value.ts';

/** Answers whose differences are dear to judge: structures in texts, long lists beside texts. Each took from one to fifteen seconds. */

const list = <T>(count: number, of: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => of(i));
const word = (i: number) => ((i * 2_654_435_761) % 4_294_967_296).toString(36);
const words = (count: number, from: number) => list(count, (i) => word(from + i)).join(' ');
const rows = (count: number, from: number) => list(count, (i) => ({ a: word(from + i), n: from + i }));
const xml = (from: number) => `<a>${list(60, (i) => `<b c="${word(from + i)}">${i}</b>`).join('')}</a>`;

const deep = (levels: number, inner: number) => `${'{"a":'.repeat(levels)}${inner}${'}'.repeat(levels)}`;

const rules = rulesOf(compileRules(create(JudgingRulesSchema, { spec: { name: 'm' } })), 'g');

/** How many of the listed differences each rule has judged. */
function judged(legacy: unknown, modern: unknown): ReadonlyMap<string, number> {
  const comparison = compareExchanges(
    exchange({ body: JSON.stringify(legacy), universe: 'legacy' }),
    exchange({ body: JSON.stringify(modern), universe: 'modern', role: 'shadow' }),
    rules,
    codecs,
    judgeBy(NO_RULES),
  );
  if (comparison.kind !== Kind.MISMATCH) throw new Error('the answers differ');
  return new Map(
    [...Map.groupBy(comparison.differences, ({ rule }) => rule)].map(([rule, of]) => [rule, of.length]),
  );
}

test.each<[string, unknown, unknown]>([
  ['texts of many words', list(300, (i) => words(40, i)), list(300, (i) => words(40, 9_000 + i))],
  [
    'texts of words as lists',
    list(300, (i) => words(200, i)),
    list(300, (i) => words(200, i + 7).split(' ')),
  ],
  [
    'objects as texts',
    list(200, (i) => Object.fromEntries(list(60, (j) => [`k${j}`, word(i + j)]))),
    list(200, (i) => words(60, i)),
  ],
  ['lists in texts', list(200, (i) => JSON.stringify(rows(50, i))), list(200, (i) => rows(50, i + 500))],
  ['documents in texts', list(200, xml), list(200, (i) => xml(i + 500))],
  ['objects of twelve levels in texts', list(300, (i) => deep(12, i)), list(300, (i) => deep(12, i + 1_000))],
  [
    'long lists as objects',
    list(20, (i) => list(3_000, (j) => word(i + j))),
    list(20, (i) => Object.fromEntries(rows(2_000, i).map(({ a, n }) => [a, n]))),
  ],
])('%s: the first of them are looked into, the rest is said to be too many', (_, legacy, modern) => {
  const found = judged(legacy, modern);
  expect(found.get(TOO_MANY.rule)).toBeGreaterThan(10);
  expect(judged(legacy, modern)).toEqual(found);
});

test('an object of sixty levels in a text comes to its end, beside a text and beside an object', () => {
  expect([...judged({ p: deep(60, 1) }, { p: deep(60, 2) }).values()]).toEqual([1]);
  expect([...judged({ p: deep(40, 1) }, { p: JSON.parse(deep(40, 2)) }).values()]).toEqual([1]);
});

test('one difference of more parts than may be looked into is only tried for proofs, and the others as ever', () => {
  const efforts: Effort[] = [];
  const out = new Findings((_finding, _second, effort = 'every-rule') => {
    efforts.push(effort);
    return TOO_MANY;
  });
  const add = (legacy: Value) =>
    out.add({ at: { step: 'body' }, kind: DifferenceKind.VALUE, legacy, modern: null, explanation: '' });
  add(new NumberText('1'));
  add(JSON.stringify(rows(2_000, 0)));
  add(new NumberText('2'));
  expect(efforts).toEqual(['every-rule', 'proofs', 'every-rule']);
});

test('what is proven costs nothing of it', () => {
  const efforts = new Set<Effort>();
  const out = new Findings((_finding, _second, effort = 'every-rule') => {
    efforts.add(effort);
    return harmless('all', 'harmless');
  });
  const legacy = JSON.stringify(rows(100, 0));
  for (let i = 0; i < 200; i++)
    out.add({ at: { step: 'body' }, kind: DifferenceKind.VALUE, legacy, modern: legacy, explanation: '' });
  expect([...efforts]).toEqual(['every-rule']);
  expect(partsOf(legacy, legacy) * 200).toBeGreaterThan(PARTS_LOOKED_INTO_MAX);
});

test('parts are the words, members and elements of both sides; a long text is one', () => {
  expect(partsOf('abc', new NumberText('1'))).toBe(2);
  expect(partsOf('one two three', undefined)).toBe(4);
  expect(partsOf(['a', 'b'], new Map([['k', 'c d']]))).toBe(6);
  expect(partsOf(words(10_000, 0), null)).toBe(66);
  expect(partsOf(`[${words(10_000, 0)}]`, null)).toBeGreaterThanOrEqual(PARTS_LOOKED_INTO_MAX);
});
