import { create } from '@bufbuild/protobuf';
import { StringMatcherSchema } from '@chronos/envoy/api/envoy/type/matcher/v3/string_pb.js';
import { describe, expect, test } from '@jest/globals';
import { CLUSTER_TYPE, ENDPOINT_TYPE, RUNTIME_TYPE } from './resource-types.ts';
import { stringMatcher } from './string-matcher.ts';
import { Driver } from './testing/driver.ts';
import { fakeSnapshot } from './testing/fake-snapshot.ts';

describe('what a client is known to run, by resource', () => {
  test('asked for, sent, accepted, changed, gone', () => {
    const driver = new Driver('delta');
    driver.delta(CLUSTER_TYPE, ['a', 'b']);
    expect(driver.statuses(CLUSTER_TYPE)).toEqual(['a requested unsent', 'b requested unsent']);
    driver.set({ clusters: { a: '1' } });
    expect(driver.statuses(CLUSTER_TYPE)).toEqual(['a requested unanswered', 'b requested unanswered']);
    driver.delta(CLUSTER_TYPE, [], '1');
    expect(driver.statuses(CLUSTER_TYPE)).toEqual(['a accepted synced 1', 'b absent synced']);
    driver.set({ clusters: { a: '2' } });
    expect(driver.statuses(CLUSTER_TYPE)).toEqual(['a accepted unanswered 1', 'b absent synced']);
    driver.delta(CLUSTER_TYPE, [], '2');
    driver.set({});
    driver.delta(CLUSTER_TYPE, [], '3');
    expect(driver.statuses(CLUSTER_TYPE)).toEqual(['a absent synced', 'b absent synced']);
  });

  test.each(['sotw', 'delta'] as const)(
    'what was rejected keeps its reason beside what runs, until newer content is accepted (%s)',
    (variant) => {
      const driver = new Driver(variant, { clusters: { a: '1', b: '1' } });
      const error = 'no such thing';
      driver[variant](CLUSTER_TYPE, []);
      driver[variant](CLUSTER_TYPE, [], '1');
      const good = driver.plan!;
      driver.set({ clusters: { a: '2', b: '1' } });
      driver[variant](CLUSTER_TYPE, [], '2', { error });
      const rejected = ['a rejected rejected 1 (rejected 2: no such thing)', 'b accepted synced 1'];
      expect(driver.statuses(CLUSTER_TYPE)).toEqual(rejected);
      // A rollout takes it back: the client runs the good one, and what is published is still the bad one.
      const bad = driver.plan!.snapshot;
      driver.back(good);
      driver[variant](CLUSTER_TYPE, [], '3');
      expect(driver.statuses(CLUSTER_TYPE, bad)).toEqual(rejected);
      driver.set({ clusters: { a: '3', b: '1' } });
      driver[variant](CLUSTER_TYPE, [], '4');
      expect(driver.statuses(CLUSTER_TYPE)).toEqual(['a accepted synced 3', 'b accepted synced 1']);
    },
  );

  test('what was rejected after the client gave it up does not hang on what it accepts of newer content', () => {
    const driver = new Driver('delta', { runtimes: { rt: 'bad' } });
    driver.delta(RUNTIME_TYPE, ['rt']);
    driver.delta(RUNTIME_TYPE, [], '', { unsubscribe: ['rt'] });
    // Nothing of it is the client's any more, while its NACK of the first is on the way.
    driver.set({ runtimes: { rt: '2' } });
    driver.delta(RUNTIME_TYPE, [], '1', { error: 'no such thing' });
    driver.delta(RUNTIME_TYPE, ['rt']);
    driver.delta(RUNTIME_TYPE, [], '2');
    expect(driver.statuses(RUNTIME_TYPE)).toEqual(['rt accepted synced 2']);
  });

  test('what a rollout keeps from a client is not sent, whatever else it accepted', () => {
    const driver = new Driver('delta', { clusters: { a: '1' } });
    driver.delta(CLUSTER_TYPE, []);
    driver.delta(CLUSTER_TYPE, [], '1');
    const newest = fakeSnapshot({ clusters: { a: '2', c: '1' } });
    expect(driver.statuses(CLUSTER_TYPE, newest)).toEqual(['a accepted unsent 1', 'c requested unsent']);
  });

  test('state of the world: endpoints that the protocol cannot take back are still held', () => {
    const driver = new Driver('sotw', { clusters: { a: '1' }, endpoints: { a: '1', b: '1' } });
    driver.sotw(ENDPOINT_TYPE, ['a', 'b']);
    driver.sotw(ENDPOINT_TYPE, ['a', 'b'], '1');
    driver.set({ clusters: { a: '1' }, endpoints: { a: '1' } });
    expect(driver.statuses(ENDPOINT_TYPE)).toEqual(['a accepted synced 1', 'b accepted unsent 1']);
  });
});

test.each([
  [{ case: 'exact', value: 'Ab' }, false, ['Ab'], ['ab', 'xAb']],
  [{ case: 'exact', value: 'Ab' }, true, ['Ab', 'aB'], ['xAb']],
  [{ case: 'prefix', value: 'a' }, false, ['a', 'ab'], ['ba', 'Ab']],
  [{ case: 'suffix', value: 'a' }, false, ['a', 'ba'], ['ab']],
  [{ case: 'contains', value: 'A' }, true, ['bab'], ['b']],
  [{ case: 'safeRegex', value: { regex: 'a+b' } }, false, ['aab'], ['aabc', 'xab']],
] as const)('matches text by %j (any case: %s)', (matchPattern, ignoreCase, those, others) => {
  const matches = stringMatcher(create(StringMatcherSchema, { matchPattern, ignoreCase }));
  expect(those.filter((text) => !matches(text))).toEqual([]);
  expect(others.filter((text) => matches(text))).toEqual([]);
});
