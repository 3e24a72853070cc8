import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  DecisionSchema,
  type GroupState,
  GroupStateSchema,
  Stage,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { describe, expect, test } from '@jest/globals';
import { homesOf } from './stage-changes.ts';

const { DRAFT, SHADOW, CANARY, SWAPPED, KILLED } = Stage;

function decided(atMs: number, fromStage: Stage, toStage: Stage, group = 'all', ackMs?: number) {
  const ackDuration = ackMs === undefined ? undefined : { seconds: 0n, nanos: ackMs * 1e6 };
  return create(DecisionSchema, {
    group,
    fromStage,
    toStage,
    at: timestampFromMs(atMs),
    ...(ackDuration && { ackDuration }),
  });
}

function now(stage: Stage, atMs: number, name = 'all'): GroupState {
  return create(GroupStateSchema, { name, stage, stageEnteredAt: timestampFromMs(atMs) });
}

const life = [
  decided(10_000, DRAFT, SHADOW, 'all', 100),
  decided(60_000, SHADOW, CANARY, 'all', 100),
  decided(90_000, CANARY, CANARY, 'all', 100),
  decided(120_000, CANARY, SWAPPED, 'all', 100),
  decided(300_000, SWAPPED, KILLED, 'all', 200),
];
const journal = { decisions: life.toReversed(), hasOlder: false };
const said = (homes: ReturnType<typeof homesOf>, atMs: number, by: 'legacy' | 'modern' = 'modern') => {
  const { universe, both, torn } = homes.at(atMs, { skewMs: 50, lateMs: 2_000, by });
  return [universe, ...(both ? ['both'] : []), ...(torn ? ['torn'] : [])].join(' ');
};

describe('who was right about a commit, asked after the kill', () => {
  const homes = homesOf(journal, [now(KILLED, 300_000)]);

  test.each([
    [1_000, 'legacy'],
    [30_000, 'legacy'],
    [100_000, 'legacy both'],
    [200_000, 'modern'],
    // Before the kill, for all that is known of clocks: modern's still.
    [299_940, 'modern'],
    [299_960, 'modern torn'],
    [300_240, 'legacy torn'],
    // Work of a request that modern had answered, which it did without its tag.
    [301_900, 'legacy torn'],
    [302_300, 'legacy'],
  ])('at %s ms: %s', (atMs, wanted) => {
    expect(said(homes, atMs)).toBe(wanted);
  });

  test('what legacy books right after it is legacy’s', () => {
    expect(said(homes, 300_300, 'legacy')).toBe('legacy');
    expect(said(homes, 300_200, 'legacy')).toBe('legacy torn');
  });
});

test('a kill counts before the journal has it, for as long as a proxy may take', () => {
  const homes = homesOf({ decisions: life.slice(0, 4), hasOlder: false }, [now(KILLED, 300_000)]);
  expect(said(homes, 299_900)).toBe('modern');
  expect(said(homes, 304_900, 'legacy')).toBe('legacy torn');
  expect(said(homes, 305_100, 'legacy')).toBe('legacy');
});

test('without the journal nothing is known of what was before the stage that stands', () => {
  const homes = homesOf(undefined, [now(KILLED, 300_000)]);
  expect(said(homes, 200_000)).toBe('legacy torn');
  expect(said(homes, 400_000)).toBe('legacy');
  const older = homesOf({ decisions: life.slice(4), hasOlder: true }, [now(KILLED, 300_000)]);
  expect(said(older, 200_000)).toBe('modern torn');
});

test('one group of two at 100 % is no hot-swap; groups that stay on legacy do not count', () => {
  const two = [...life.slice(0, 4), decided(10_000, DRAFT, SHADOW, 'second', 100)];
  const groups = [now(SWAPPED, 120_000), now(SHADOW, 10_000, 'second'), now(DRAFT, 0, 'stays')];
  expect(said(homesOf({ decisions: two, hasOlder: false }, groups), 200_000)).toBe('legacy both');
});

test('a request whose transactions stand on both sides of the kill is nobody’s', () => {
  const homes = homesOf(journal, [now(KILLED, 300_000)]);
  expect(homes.between(299_000, 299_500, { skewMs: 50 })).toMatchObject({ universe: 'modern', torn: false });
  expect(homes.between(299_000, 305_000, { skewMs: 50 })).toMatchObject({ torn: true });
});
