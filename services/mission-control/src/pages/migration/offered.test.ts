import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  type GroupStateSchema,
  MigrationStateSchema,
  Stage,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { describe, expect, test } from '@jest/globals';
import { offered, weightHint } from './offered.ts';

type Group = MessageInitShape<typeof GroupStateSchema>;

const all = (groups: Group[], chosen = '') => offered(create(MigrationStateSchema, { groups }), chosen);
const swapped = { name: 'accounts', stage: Stage.SWAPPED };

describe('what an operator is offered', () => {
  test('in the Hot-Swap: pause, less weight and the seal', () => {
    expect(all([swapped])).toEqual({
      start: undefined,
      pause: true,
      resume: false,
      weight: true,
      seal: true,
    });
  });

  test.each<[string, Group]>([
    ['is not swapped', { name: 'loans', stage: Stage.CANARY }],
    ['stays on legacy', { name: 'loans', stage: Stage.DRAFT, stayOnLegacy: true }],
    ['is mirrored only', { name: 'loans', stage: Stage.SHADOW, shadowOnly: true }],
  ])('no seal while another route %s, though the chosen one is swapped', (_, other) => {
    expect(all([swapped, other]).seal).toBe(false);
    expect(all([swapped, other], 'accounts').seal).toBe(false);
  });

  test('one paused route leaves the pause of the others, and its own end', () => {
    const groups = [
      { name: 'accounts', stage: Stage.CANARY, paused: true },
      { name: 'loans', stage: Stage.CANARY },
    ];
    expect(all(groups)).toMatchObject({ pause: true, resume: true });
    expect(all(groups, 'accounts')).toMatchObject({ pause: false, resume: true });
    expect(all(groups, 'loans')).toMatchObject({ pause: true, resume: false });
  });

  test('a killed one is started again; nothing else of it moves', () => {
    expect(all([{ stage: Stage.KILLED }])).toMatchObject({
      start: 'Start again',
      pause: false,
      weight: false,
    });
    expect(all([{ stage: Stage.DRAFT }])).toMatchObject({ start: 'Start', pause: false, weight: false });
  });
});

test('the hint beside a share names the steps, and claims of none that its gate is open', () => {
  const policy = { ladder: [{ percent: 10 }, { percent: 100 }] };
  expect(weightHint(create(MigrationStateSchema, { spec: { policy } }))).toBe(
    'Steps: 10, 100. Up only where the gate is open; down to anything.',
  );
});
