import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { type FieldRuleSchema, JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { Kind, Ruling, Severity, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { codecs } from '../../shell/codecs.ts';
import { type Answer, exchange } from '../../testing/exchanges.ts';
import { outcomeOf } from '../join/settle.ts';
import { RouteLabels } from '../verdict/route.ts';
import { compileRules } from '../verdict/rules.ts';
import { verdictOf } from '../verdict/verdict.ts';

type Rules = {
  spec?: { name: string; routes: { name: string }[] };
  fieldRules?: MessageInitShape<typeof FieldRuleSchema>[];
  groupRulesVersions?: Record<string, string>;
};

const route = 'GET /accounts/*';

function judged(legacy: Answer, modern: Answer, rules: Rules = {}, second?: Answer): Verdict {
  const exchanges = [
    exchange(legacy),
    exchange({ ...modern, universe: 'modern', role: 'shadow' }),
    ...(second ? [exchange({ ...second, role: 'second' })] : []),
  ];
  const compiled = compileRules(
    create(JudgingRulesSchema, { spec: { name: 'm' }, rulesVersion: 'v1', ...rules }),
  );
  return verdictOf(
    { requestId: 'r1', outcome: outcomeOf(exchanges) },
    { rules: compiled, routes: new RouteLabels(), codecs, nowMs: 0 },
  );
}
const body = (text: string): Answer => ({ body: text });
const fieldRule = (id: string, field: string, accepts: object): Rules => ({
  fieldRules: [{ id, group: 'g', route, field, author: 'ada', sentence: 'because', accepts }] as NonNullable<
    Rules['fieldRules']
  >,
});

describe('one request', () => {
  test.each<[string, string, string, Kind, Partial<Verdict['differences'][0]>]>([
    ['the same number', '{"a":1.10}', '{"a":1.1}', Kind.EQUIVALENT, { ruling: Ruling.HARMLESS }],
    ['nothing in another notation', '{"a":null}', '{}', Kind.EQUIVALENT, { ruling: Ruling.HARMLESS }],
    ['another amount', '{"a":1.10}', '{"a":11.0}', Kind.MISMATCH, { ruling: Ruling.BUG }],
    [
      'another token',
      '{"a":"kJ8_x0Qw2v"}',
      '{"a":"Zt51_pLm9c"}',
      Kind.MISMATCH,
      { ruling: Ruling.ASKED, severity: Severity.MAJOR },
    ],
    [
      'an element that says nothing',
      '{"a":[1]}',
      '{"a":[1,null]}',
      Kind.MISMATCH,
      { rule: 'elements-changed' },
    ],
    ['no body', '{}', '', Kind.MISMATCH, { rule: 'body-missing' }],
  ])('%s', (_, legacy, modern, kind, difference) => {
    const verdict = judged(body(legacy), body(modern));
    expect(verdict.kind).toBe(kind);
    expect(verdict.differences[0]).toMatchObject(difference);
    expect(verdict.asked).toBe(difference.ruling === Ruling.ASKED);
  });

  test('a bug among questions is a bug, and its severity the verdict’s', () => {
    const verdict = judged(
      body('{"t":"kJ8_x0Qw2v","amount":100.00}'),
      body('{"t":"Zt51_pLm9c","amount":102.50}'),
    );
    expect(verdict).toMatchObject({ kind: Kind.MISMATCH, asked: false, severity: Severity.CRITICAL });
  });

  test('a failure of modern is critical, whatever the bodies say', () => {
    const verdict = judged({ status: 200, body: '{}' }, { status: 500, body: '{}' });
    expect(verdict.differences[0]).toMatchObject({ rule: 'status-changed', severity: Severity.CRITICAL });
  });

  test('a value too long to be judged is asked about, never proven', () => {
    const long = (end: string) => body(JSON.stringify({ a: 'x'.repeat(70_000) + end }));
    const verdict = judged(long('1'), long('2'));
    expect(verdict.differences[0]).toMatchObject({ ruling: Ruling.ASKED, rule: 'too-long', cut: true });
  });

  test('what legacy gave the second time travels with the difference', () => {
    const verdict = judged(body('{"a":["x","p"]}'), body('{"a":["x","q"]}'), {}, body('{"a":["x","r"]}'));
    expect(verdict.differences[0]).toMatchObject({ hasSecond: true, secondJson: '"r"' });
    const without = judged(body('{"a":1}'), body('{"a":2}'), {}, body('{}'));
    expect(without.differences[0]).toMatchObject({ hasSecond: true });
    expect(without.differences[0]?.secondJson).toBeUndefined();
    const failed = judged(body('{"a":1}'), body('{"a":2}'), {}, { status: 500, body: '{"a":3}' });
    expect(failed.differences[0]).toMatchObject({ hasSecond: false });
  });
});

describe('a correction that a person approved by an answer', () => {
  const expectation = (expression: string): Rules => ({
    ...fieldRule('r-1', 'body.lines[*].fee', { case: 'expect', value: { expression } }),
    spec: { name: 'm', routes: [{ name: 'g' }] },
  });
  const fee = (value: string) => body(`{"lines":[{"fee":1},{"fee":${value}}]}`);
  const third = expectation('legacy == 1 ? legacy : legacy / 3');
  const of = (legacy: string, modern: string, rules = third) => judged(fee(legacy), fee(modern), rules);

  test('is verified on each request, by the name of its rule', () => {
    const right = of('3.00', '1.00');
    expect(right.kind).toBe(Kind.EQUIVALENT);
    expect(right.differences[0]).toMatchObject({
      path: 'body.lines[*].fee',
      rule: 'answered:expect:r-1',
      ruling: Ruling.APPROVED,
    });
    expect(of('3.00', '1.01').differences[0]).toMatchObject({
      rule: 'answered:expect:r-1',
      ruling: Ruling.BUG,
    });
  });

  test('is missed where the answers are equal', () => {
    expect(of('3.00', '3.00')).toMatchObject({ kind: Kind.MISMATCH });
  });

  test('holds on its own route and group only', () => {
    const elsewhere = {
      ...third,
      fieldRules: third.fieldRules?.map((rule) => ({ ...rule, route: 'GET /x' })),
    };
    expect(of('3.00', '3.00', elsewhere).kind).toBe(Kind.IDENTICAL);
    const another = { ...third, fieldRules: third.fieldRules?.map((rule) => ({ ...rule, group: 'h' })) };
    expect(of('3.00', '3.00', another).kind).toBe(Kind.IDENTICAL);
  });

  test('approves nothing when it cannot be read: it reads `legacy` alone', () => {
    expect(of('3.00', '1.00', expectation('request.body.fee')).kind).toBe(Kind.MISMATCH);
  });
});

describe('a rule of the field', () => {
  const clock = fieldRule('r-1', 'body.at', {
    case: 'clock',
    value: { aheadMsMax: 2_000n, behindMsMax: 0n },
  });
  const at = (text: string) => body(`{"at":"${text}"}`);

  test('accepts what it can verify, by its name, and nothing else', () => {
    const near = judged(at('2026-01-01T00:00:00Z'), at('2026-01-01T00:00:01Z'), clock);
    expect(near.kind).toBe(Kind.EQUIVALENT);
    expect(near.differences[0]).toMatchObject({ rule: 'answered:clock:r-1', explanation: 'because' });
    expect(judged(at('2026-01-01T00:00:00Z'), at('2026-01-01T01:00:00Z'), clock).kind).toBe(Kind.MISMATCH);
  });

  test('holds for its own route and field', () => {
    const other = fieldRule('r-1', 'body.other', { case: 'ignore', value: {} });
    expect(judged(at('2026-01-01T00:00:00Z'), at('2026-01-01T00:00:01Z'), other).kind).toBe(Kind.MISMATCH);
  });

  test('that says bug says so of what is not proven', () => {
    const isBug = fieldRule('r-2', 'body.at', { case: 'bug', value: {} });
    expect(
      judged(body('{"at":"kJ8_x0Qw2v"}'), body('{"at":"Zt51_pLm9c"}'), isBug).differences[0],
    ).toMatchObject({
      ruling: Ruling.BUG,
      rule: 'answered:bug:r-2',
    });
    expect(judged(body('{"at":1.0}'), body('{"at":1}'), isBug).kind).toBe(Kind.EQUIVALENT);
  });

  test('gives its group’s verdicts a version of their own', () => {
    const rules = { ...clock, groupRulesVersions: { g: 'v1+r-1', other: 'v1+r-2' } };
    expect(judged(at('2026-01-01T00:00:00Z'), at('2026-01-01T00:00:00Z'), rules).rulesVersion).toBe('v1+r-1');
    expect(judged(at('2026-01-01T00:00:00Z'), at('2026-01-01T00:00:00Z')).rulesVersion).toBe('v1');
  });
});
