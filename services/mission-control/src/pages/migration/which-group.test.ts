import { create } from '@bufbuild/protobuf';
import { MigrationStateSchema, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { describe, expect, test } from '@jest/globals';
import { groupShown, movingGroups } from './which-group.ts';

const state = create(MigrationStateSchema, {
  groups: [
    { name: 'admin', stage: Stage.DRAFT, stayOnLegacy: true },
    { name: 'accounts', stage: Stage.CANARY, modernPercent: 50 },
    { name: 'loans', stage: Stage.CANARY, modernPercent: 5 },
    { name: 'audit', stage: Stage.SHADOW, shadowOnly: true },
  ],
});

describe('the group that is shown', () => {
  test('is the one that has come least far: the migration is no further than that', () => {
    expect(groupShown(state, '')?.name).toBe('loans');
  });

  test('a killed one has come least far of all', () => {
    const killed = { name: 'cards', stage: Stage.KILLED };
    expect(groupShown(create(MigrationStateSchema, { groups: [...state.groups, killed] }), '')?.name).toBe(
      'cards',
    );
  });

  test('is the one in the address, where there is such a one', () => {
    expect(groupShown(state, 'accounts')?.name).toBe('accounts');
    expect(groupShown(state, 'nobody')?.name).toBe('loans');
  });

  test('groups at rest do not move, unless there are no others', () => {
    expect(movingGroups(state).map(({ name }) => name)).toEqual(['accounts', 'loans']);
    const resting = create(MigrationStateSchema, { groups: state.groups.slice(0, 1) });
    expect(movingGroups(resting)).toHaveLength(1);
    expect(groupShown(create(MigrationStateSchema, {}), '')).toBeUndefined();
  });
});
