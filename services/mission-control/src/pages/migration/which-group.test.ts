import { create } from '@bufbuild/protobuf';
import { MigrationStateSchema, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { describe, expect, test } from '@jest/globals';
import { figuresShown, groupShown, knownGroup, movingGroups } from './which-group.ts';

const state = create(MigrationStateSchema, {
  groups: [
    { name: 'admin', stage: Stage.DRAFT, stayOnLegacy: true },
    {
      name: 'accounts',
      stage: Stage.CANARY,
      modernPercent: 50,
      confidence: 91,
      compared: 900n,
      mismatched: 7n,
      lost: 2n,
    },
    { name: 'loans', stage: Stage.CANARY, modernPercent: 5, confidence: 99, compared: 100n },
    { name: 'audit', stage: Stage.SHADOW, shadowOnly: true, compared: 10n, mismatched: 1n, lost: 1n },
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

  test('one in the address that is gone stands for the whole, so that nothing is asked of it', () => {
    expect(knownGroup(state, 'accounts')).toBe('accounts');
    expect(knownGroup(state, 'nobody')).toBe('');
  });

  test('groups at rest do not move, unless there are no others', () => {
    expect(movingGroups(state).map(({ name }) => name)).toEqual(['accounts', 'loans']);
    const resting = create(MigrationStateSchema, { groups: state.groups.slice(0, 1) });
    expect(movingGroups(resting)).toHaveLength(1);
    expect(groupShown(create(MigrationStateSchema, {}), '')).toBeUndefined();
  });
});

describe('the figures that are shown', () => {
  test('are of the whole migration where no route is chosen: no route hides the mismatches of another', () => {
    const whole = {
      groups: 4,
      percent: 5,
      percentMax: 50,
      confidence: 91,
      compared: 1_010n,
      mismatched: 8n,
      lost: 3n,
    };
    expect(figuresShown(state, '')).toEqual(whole);
    expect(figuresShown(state, 'nobody')).toEqual(whole);
  });

  test('are of the chosen route alone', () => {
    expect(figuresShown(state, 'loans')).toEqual({
      groups: 1,
      percent: 5,
      percentMax: 5,
      confidence: 99,
      compared: 100n,
      mismatched: 0n,
      lost: 0n,
    });
    expect(figuresShown(create(MigrationStateSchema, {}), '')).toMatchObject({ percent: 0, confidence: 0 });
  });
});
