import { create } from '@bufbuild/protobuf';
import { type FieldRule, FieldRuleSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { expect, test } from '@jest/globals';
import { compileFieldRule } from './field-rule.ts';

type Accepts = FieldRule['accepts'];

const rule = (accepts: Parameters<typeof create<typeof FieldRuleSchema>>[1]) =>
  compileFieldRule(create(FieldRuleSchema, accepts));
const accepts = (value: unknown, legacy?: string, modern?: string) =>
  rule({ id: 'r', field: 'body.x', accepts: value as Accepts }).accepts(
    { text: legacy, cut: false },
    { text: modern, cut: false },
  );

const shape = { case: 'shape', value: { pattern: 'tok_[0-9a-f]{8}' } };
const clock = { case: 'clock', value: { aheadMsMax: 2_000n, behindMsMax: 0n } };
const noise = { case: 'noise', value: { low: '-0.5', high: '0.25', instants: false } };
const noisyClock = { case: 'noise', value: { low: '-100', high: '100', instants: true } };
const unordered = { case: 'unordered', value: {} };
const third = { case: 'expect', value: { expression: 'legacy / 3' } };
const thirdOfText = { case: 'expect', value: { expression: 'decimal(legacy) / 3' } };
const renaming = { case: 'renaming', value: { legacyPattern: '[0-9]{6}', modernPattern: 'C-[0-9]{6}' } };

test.each([
  ['shape', shape, '"tok_0a1b2c3d"', '"tok_ffffffff"', true],
  ['shape: another prefix', shape, '"tok_0a1b2c3d"', '"key_ffffffff"', false],
  ['shape: shorter', shape, '"tok_0a1b2c3d"', '"tok_fffffff"', false],
  ['shape: lost', shape, '"tok_0a1b2c3d"', undefined, false],
  ['shape: null', shape, '"tok_0a1b2c3d"', 'null', false],
  ['clock', clock, '"2026-01-01T00:00:00Z"', '"2026-01-01T00:00:02.000Z"', true],
  ['clock: another offset', clock, '"2026-01-01T00:00:00Z"', '"2026-01-01T01:00:01+01:00"', true],
  ['clock: an hour', clock, '"2026-01-01T00:00:00Z"', '"2026-01-01T01:00:00Z"', false],
  ['clock: behind', clock, '"2026-01-01T00:00:00Z"', '"2025-12-31T23:59:59.999Z"', false],
  ['clock: no zone any more', clock, '"2026-01-01T00:00:00Z"', '"2026-01-01T00:00:01"', false],
  ['noise', noise, '100.25', '100.50', true],
  ['noise: exactly its end', noise, '100.00', '99.50', true],
  ['noise: beyond', noise, '100.00', '99.499999999999999999', false],
  ['noise: another currency', noise, '"EUR 100.00"', '"USD 100.00"', false],
  ['noise of instants', noisyClock, '"2026-01-01T00:00:00.100Z"', '"2026-01-01T00:00:00.020Z"', true],
  [
    'noise of instants: a zone',
    noisyClock,
    '"2026-01-01T00:00:00.100Z"',
    '"2026-01-01T01:00:00.100Z"',
    false,
  ],
  ['unordered', unordered, '[{"a":1,"b":2},3.0]', '[3,{"b":2,"a":1}]', true],
  ['unordered: one more', unordered, '[1,2]', '[2,1,1]', false],
  ['unordered: twice another', unordered, '[1,1,2]', '[1,2,2]', false],
  ['renaming', renaming, '123456', '"C-000001"', true],
  ['renaming: the other way', renaming, '"C-000001"', '123456', false],
  ['ignore', { case: 'ignore', value: {} }, '1', undefined, true],
  ['bug', { case: 'bug', value: {} }, '1', '2', false],
  ['expect', third, '3.00', '1.0', true],
  ['expect: text', thirdOfText, '"3.00"', '"1.00"', true],
  ['expect: applied wrongly', third, '3.00', '1.01', false],
  ['expect: not applied', third, '3.00', '3.00', false],
  ['expect: lost', third, '3.00', undefined, false],
  ['expect: not computable', third, '"x"', '"y"', false],
  ['a kind of a newer version', { case: undefined }, '1', '2', false],
  ['parameters of a newer version', { case: 'shape', value: { pattern: '(' } }, '"("', '"("', false],
])('%s', (_, value, legacy, modern, expected) => {
  expect(accepts(value, legacy, modern)).toBe(expected);
});

test('what is cut proves nothing', () => {
  const whole = { text: '"tok_0a1b2c3d"', cut: false };
  const cut = { text: '"tok_ffffffff"', cut: true };
  expect(rule({ accepts: shape as Accepts }).accepts(whole, cut)).toBe(false);
  expect(rule({ accepts: { case: 'ignore', value: {} } }).accepts(whole, cut)).toBe(true);
});

test('verdicts name who made it', () => {
  expect(rule({ id: 'r-1', author: 'ada', accepts: clock as Accepts }).name).toBe('answered:clock:r-1');
  expect(rule({ id: 'r-2', author: 'judge', accepts: noise as Accepts }).name).toBe('learned:noise:r-2');
});
