import { create } from '@bufbuild/protobuf';
import { type FieldRule, FieldRuleSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { Ruling, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { effectOf } from './effect.ts';
import { contradiction, judgeField, learnedFromMin, standingOf } from './judge-field.ts';
import type { Observation } from './observed.ts';

const key = { migration: 'm', group: 'g', route: 'GET /r', field: 'body.x', modernDeployment: 'v1@1' };

function seen(values: Partial<Observation>): Observation {
  return {
    requestId: 'r',
    atMs: 0,
    ruling: Ruling.ASKED,
    severity: Severity.MAJOR,
    rule: 'unproven',
    failure: '',
    legacy: undefined,
    modern: undefined,
    hasSecond: false,
    second: undefined,
    cut: false,
    facts: {},
    ...values,
  };
}
const many = (n: number, of: (i: number) => Partial<Observation>) =>
  Array.from({ length: n }, (_, i) => seen(of(i)));
const rule = (accepts: object, author = 'ada'): FieldRule =>
  create(FieldRuleSchema, { id: 'r-1', author, accepts: accepts as FieldRule['accepts'] });
/** Numbers in [0, 1), the same in each run (Lehmer). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
const token = (random: () => number) =>
  JSON.stringify(Array.from({ length: 16 }, () => Math.floor(random() * 16).toString(16)).join(''));

test('a fee that is a fortieth higher for some is a bug, and says so in figures', () => {
  const vip = many(30, (i) => ({
    ruling: Ruling.BUG,
    rule: 'number-changed',
    legacy: `${(i + 1) * 40}.00`,
    modern: `${(i + 1) * 41}.00`,
    facts: { 'segment.tier': '"vip"' },
  }));
  const equal = Array.from({ length: 30 }, (_, i) => ({
    legacy: `${i + 7}.00`,
    modern: `${i + 7}.00`,
    request: new Map([['segment.tier', '"standard"']]),
  }));
  const judged = judgeField(key, vip, [], equal);
  expect(judged.ruling).toBe(Ruling.BUG);
  expect(judged.sentence).toMatch(/legacy × 1\.025 on 30 of 30 differing requests.*vip/);
});

describe('what is not known', () => {
  const random = seeded(3);
  const tokens = many(40, () => ({ legacy: token(random), modern: token(random) }));

  test('is asked, and once a rule accepts it there is nothing left to ask', () => {
    const asked = judgeField(key, tokens, [], []);
    expect(asked).toMatchObject({ ruling: Ruling.ASKED, learned: [] });
    expect(asked.question).not.toBe('');
    const shape = rule({ case: 'shape', value: { pattern: '[0-9a-f]{16}' } });
    expect(judgeField(key, tokens, [shape], []).ruling).toBe(Ruling.HARMLESS);
    const lost = seen({ legacy: token(random), modern: undefined });
    expect(standingOf([...tokens, lost], [shape])).toEqual([lost]);
    expect(judgeField(key, [...tokens, lost], [shape], []).ruling).not.toBe(Ruling.HARMLESS);
  });

  test('is a bug once somebody said so', () => {
    const judged = judgeField(key, tokens, [rule({ case: 'bug', value: {} })], []);
    expect(judged).toMatchObject({ ruling: Ruling.BUG, rule: 'answered:bug:r-1' });
  });

  test('is asked where values are too long to be kept whole', () => {
    const judged = judgeField(
      key,
      many(3, () => ({ legacy: '"a', modern: '"b', cut: true })),
      [],
      [],
    );
    expect(judged).toMatchObject({ ruling: Ruling.ASKED, rule: 'too-long' });
  });

  test('is asked where the arbiter says that no notation counts, and nothing is learned', () => {
    const judged = judgeField(
      { ...key, field: 'body.admin' },
      many(30, () => ({ legacy: '""', modern: undefined, rule: 'form-member' })),
      [],
      [],
    );
    expect(judged).toMatchObject({ ruling: Ruling.ASKED, rule: 'form-member', learned: [] });
    expect(judged.question).toContain('body.admin');
  });

  test('what the score alone calls a bug is still a question that a person can answer', () => {
    const judged = judgeField(
      key,
      many(1, () => ({
        legacy: '"urn:bank:payment:6397666"',
        modern: '{"kind":"payment","id":"6397667"}',
      })),
      [],
      [],
    );
    expect(judged).toMatchObject({
      ruling: Ruling.ASKED,
      rule: 'scored-as-bug',
      question: expect.any(String),
    });
    expect(judged.question).not.toBe('');
  });
});

test('what only the knowledge of the field proves is learned as that proof, with that knowledge', () => {
  const words = ['open', 'closed', 'pending'];
  const codes = many(30, (i) => {
    const word = words[i % 3] ?? '';
    return { legacy: JSON.stringify(word), modern: JSON.stringify(word.toUpperCase()) };
  });
  const { learned } = judgeField(key, codes, [], []);
  expect(learned.map(({ accepts }) => accepts.case)).toEqual(['proof']);
  const [proof] = learned;
  expect(proof && standingOf(codes, [proof])).toEqual([]);
  const another = seen({ legacy: '"open"', modern: '"CLOSED"' });
  expect(proof && standingOf([another], [proof])).toEqual([another]);
});

describe('noise of legacy itself', () => {
  const random = seeded(11);
  const quotes = (n: number, shift = 0) =>
    many(n, (i) => ({
      atMs: i,
      legacy: (100 + random()).toFixed(3),
      second: (100 + random()).toFixed(3),
      modern: (100 + random() + shift).toFixed(3),
      hasSecond: true,
    }));

  test('is learned as a rule with bounds, from enough of it', () => {
    const { learned } = judgeField(key, quotes(60), [], []);
    expect(learned.map(({ accepts }) => accepts.case)).toEqual(['noise']);
    expect(judgeField(key, quotes(learnedFromMin - 1), [], []).learned).toEqual([]);
  });

  test('no longer excuses what is shifted within the bounds', () => {
    const noise = rule({ case: 'noise', value: { low: '-3', high: '3', instants: false } }, 'judge');
    expect(contradiction(key, noise, quotes(60))).toBeUndefined();
    expect(contradiction(key, noise, quotes(60, 0.8))).toContain('noise-shifted');
  });
});

test('a status, an element more or a correction not kept is decided, whatever the values look like', () => {
  const status = many(3, () => ({
    ruling: Ruling.BUG,
    severity: Severity.CRITICAL,
    rule: 'status-changed',
    legacy: '200',
    modern: '500',
  }));
  expect(judgeField({ ...key, field: 'status' }, status, [], [])).toMatchObject({
    ruling: Ruling.BUG,
    severity: Severity.CRITICAL,
  });
  const same = many(3, () => ({ ruling: Ruling.BUG, rule: 'approved:fee', legacy: '3.00', modern: '3.00' }));
  const ignore = rule({ case: 'ignore', value: {} });
  expect(judgeField(key, same, [ignore], [])).toMatchObject({ ruling: Ruling.BUG, rule: 'approved:fee' });
});

test('a correction that fails in several ways: the group counts each way, beside what explains all that differs', () => {
  const failed = (way: string, legacy: string, modern: string, tier: string) => ({
    ...{ ruling: Ruling.BUG, rule: 'approved:fee', legacy, modern, facts: { 'segment.tier': `"${tier}"` } },
    failure: `The approved correction "fee" ${way}: expected 1, modern ${modern}, legacy ${legacy}.`,
  });
  const ways = [
    ...many(2, () => failed('was not applied', '3.00', '3.00', 'vip')),
    seen(failed('was applied wrongly', '3.00', '1.01', 'vip')),
    ...many(3, () => failed('was applied where it does not belong', '3.00', '1.00', 'standard')),
  ];
  const told =
    'The approved correction "fee" was not applied (2 of 6), was applied wrongly (1 of 6) and was applied where it does not belong (3 of 6).';
  expect(judgeField(key, ways, [], []).sentence.startsWith(told)).toBe(true);
  // All in one way: what explains them, or what the verdict of one says.
  expect(judgeField(key, ways.slice(0, 2), [], []).sentence).not.toContain('approved correction');
  // One that an answer made is told in the same words, by the rule's id.
  const third = create(FieldRuleSchema, {
    ...rule({ case: 'expect', value: { expression: 'decimal(legacy) / 3' } }),
    field: 'body.x',
  });
  const answered = ways.map(({ failure, ...one }) => ({
    ...one,
    rule: 'answered:expect:r-1',
    failure: failure.replace('"fee"', '"r-1"'),
  }));
  expect(judgeField(key, answered.slice(0, 3), [third], []).sentence).toContain(
    'The approved correction "r-1" was not applied (2 of 3) and was applied wrongly (1 of 3).',
  );
});

test('a correction by answer: what it computes is settled, what it shows is a bug, and neither once it is revoked', () => {
  const third = create(FieldRuleSchema, {
    ...rule({ case: 'expect', value: { expression: 'legacy / 3' } }),
    field: 'body.x',
  });
  const right = many(3, () => ({ legacy: '3.00', modern: '1.00' }));
  expect(judgeField(key, right, [third], []).ruling).toBe(Ruling.HARMLESS);
  const missing = { ruling: Ruling.BUG, rule: 'answered:expect:r-1', legacy: '3.00', modern: '3.00' };
  expect(judgeField(key, [...right, seen(missing)], [third], [])).toMatchObject({
    ruling: Ruling.BUG,
    rule: 'answered:expect:r-1',
  });
  expect(judgeField(key, [...right, seen(missing)], [], []).rule).not.toBe('answered:expect:r-1');
  const effect = effectOf(third, [{ differing: 3, observations: [...right, seen(missing)], bugRule: '' }]);
  expect(effect).toMatchObject({ examined: 4, accepted: 3 });
});

describe('the effect of an answer', () => {
  const shape = rule({ case: 'shape', value: { pattern: '[a-z]{4}' } });
  const word = (modern: string, values: Partial<Observation> = {}) =>
    seen({ legacy: '"abcd"', modern: JSON.stringify(modern), ...values });

  test('counts what it accepts, and what a bug rule shows in it', () => {
    const observations = [
      word('wxyz'),
      word('toolong'),
      word('lost', { ruling: Ruling.BUG, rule: 'value-lost' }),
    ];
    expect(effectOf(shape, [{ differing: 3, observations, bugRule: '' }])).toMatchObject({
      examined: 3,
      accepted: 2,
      hiddenBugs: 1,
      hiddenRules: ['value-lost'],
      sentence: 'accepts 2 of the 3 past differences; hides 1 that a bug rule shows (value-lost)',
    });
  });

  test('counts what rules in force accept already, which the answer leaves in force', () => {
    const observations = [word('wxyz'), word('1234'), word('5678'), word('toolong')];
    const digits = rule({ case: 'shape', value: { pattern: '[a-d0-9]{4}' } }, 'judge');
    expect(effectOf(shape, [{ differing: 4, observations, bugRule: '' }], [digits])).toMatchObject({
      examined: 4,
      accepted: 3,
      sentence:
        'accepts 3 of the 4 past differences, 2 of them by what is in force; hides none of the known bugs',
    });
  });

  test('tells a sample from all, and a bug that only shows in all together', () => {
    const observations = [word('wxyz')];
    const sampled = effectOf(shape, [{ differing: 412, observations, bugRule: '' }]);
    expect(sampled.sentence).toBe(
      'accepts 1 of the 1 differences kept, of 412 seen; hides none of the known bugs',
    );
    const together = effectOf(shape, [{ differing: 1, observations, bugRule: 'noise-shifted' }]);
    expect(together).toMatchObject({ hiddenBugs: 1, hiddenRules: ['noise-shifted'] });
  });
});
