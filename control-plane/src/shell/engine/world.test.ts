import { expect, test } from '@jest/globals';
import { newEvidence } from '../../core/evidence/evidence.ts';
import { testEpoch } from '../../core/evidence/testing.ts';
import type { GroupRecord } from '../../core/model.ts';
import { type GroupState, newGroup } from '../../core/orchestrator/group.ts';
import { migrationRecord } from '../../testing/migration-record.ts';
import { World } from './world.ts';

const group = (name: string, fields: Partial<GroupState>): GroupRecord => ({
  state: { ...newGroup(name, 0), ...fields },
  evidence: newEvidence(testEpoch),
  verdicts: {},
});
const record = (groups: readonly GroupRecord[]) => migrationRecord({ name: 'm' }, groups);
const canary = { stage: 'canary' as const, weightBp: 100 };

test('a kill during the storing of a step wins; other groups and evidence take their change', () => {
  const world = new World();
  const before = world.replace(undefined, record([group('a', canary), group('b', canary)]));
  const counted = { ...before.groups.get('a')!, evidence: { ...newEvidence(testEpoch), compared: 9 } };
  const step = (name: string, base: GroupRecord): [string, GroupRecord] => [
    name,
    { ...base, state: { ...base.state, weightBp: 5_000 } },
  ];
  const stepped = { ...before, groups: new Map([step('a', counted), step('b', before.groups.get('b')!)]) };
  world.retreat('m', [{ ...before.groups.get('a')!.state, stage: 'killed', weightBp: 0 }], 1);
  const after = world.replace(before, stepped);
  expect(after.groups.get('a')).toMatchObject({
    state: { stage: 'killed', weightBp: 0 },
    evidence: { compared: 9 },
  });
  expect(after.groups.get('b')?.state.weightBp).toBe(5_000);
  expect(after.kills).toBe(1);
});

test('without a retreat meanwhile, what was stored is taken', () => {
  const world = new World();
  const before = world.replace(undefined, record([group('a', canary)]));
  const after = record([group('a', { stage: 'shadow' })]);
  expect(world.replace(before, after)).toBe(after);
});
