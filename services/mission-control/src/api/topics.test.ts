import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { WatchMigrationResponseSchema } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { describe, expect, test } from '@jest/globals';
import { migrationTopic, withDelta } from './topics.ts';

const message = (fields: MessageInitShape<typeof WatchMigrationResponseSchema>) => ({
  case: 'migration' as const,
  value: create(WatchMigrationResponseSchema, fields),
});
const state = { spec: { name: 'bank' } };
const decisions = (...sequences: bigint[]) => sequences.map((sequence) => ({ sequence }));

describe('migrationTopic', () => {
  const spec = migrationTopic('bank');

  test('decisions stand newest first; what a reopened stream tells again is not told twice', () => {
    const first = spec.fold(undefined, message({ state, decisions: decisions(1n, 2n) }));
    const second = spec.fold(first, message({ state, decisions: decisions(2n, 3n) }));
    expect(second?.decisions.map(({ sequence }) => sequence)).toEqual([3n, 2n, 1n]);
  });

  test('a decision that is told again once the proxies have ACKed has the time it took', () => {
    const first = spec.fold(undefined, message({ state, decisions: decisions(1n, 2n) }));
    const acked = [{ sequence: 1n, ackDuration: { nanos: 148_000_000 } }];
    const second = spec.fold(first, message({ state, decisions: acked }));
    expect(second?.decisions.map(({ ackDuration }) => ackDuration?.nanos)).toEqual([undefined, 148_000_000]);
  });

  test('a heartbeat without a state keeps the one that is known', () => {
    const known = spec.fold(undefined, message({ state: { ...state, kills: 2 } }));
    expect(spec.fold(known, message({}))?.state.kills).toBe(2);
  });

  test('the state of another migration is not its own', () => {
    expect(spec.fold(undefined, message({ state: { spec: { name: 'shop' } } }))).toBeUndefined();
  });

  test('decisions are bounded', () => {
    const many = Array.from({ length: 500 }, (_, index) => BigInt(index));
    const known = spec.fold(undefined, message({ state, decisions: decisions(...many) }));
    expect(known?.decisions.length).toBeLessThan(200);
    expect(known?.decisions[0]?.sequence).toBe(499n);
  });
});

describe('withDelta', () => {
  const known = new Map([
    ['a', 1],
    ['b', 2],
  ]);

  test('takes up what changed, drops what is gone, and leaves what it was given', () => {
    const next = withDelta(known, { reset: false, removed: ['a'], changed: [['c', 3]] });
    expect([...next]).toEqual([
      ['b', 2],
      ['c', 3],
    ]);
    expect(known.size).toBe(2);
  });

  test('a reset forgets', () => {
    expect([...withDelta(known, { reset: true, removed: [], changed: [['c', 3]] })]).toEqual([['c', 3]]);
  });

  test('nothing new is the same map', () => {
    expect(withDelta(known, { reset: false, removed: [], changed: [] })).toBe(known);
  });
});
