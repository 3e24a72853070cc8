import { create } from '@bufbuild/protobuf';
import {
  EntanglementStateSchema,
  ListRepairsResponseSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { expect, test } from '@jest/globals';
import { newEvidence } from '../../core/evidence/evidence.ts';
import { testEpoch } from '../../core/evidence/testing.ts';
import type { DeploymentPhase } from '../../core/model.ts';
import { newGroup } from '../../core/orchestrator/group.ts';
import { viewOf } from '../../core/view/migration-view.ts';
import { migrationRecord } from '../../testing/migration-record.ts';
import type { Engine } from './engine.ts';
import type { Entangled } from './entangled.ts';
import { readTakenBack } from './taken-back.ts';
import { World } from './world.ts';

interface Unasked {
  readonly universe: Universe;
  readonly transactions: bigint;
  readonly differed?: bigint;
  readonly takenBack?: bigint;
  readonly undecided?: bigint;
}

const unasked: Unasked[] = [
  { universe: Universe.LEGACY, transactions: 9n, differed: 9n },
  { universe: Universe.MODERN, transactions: 5n, differed: 4n, takenBack: 2n },
];

/** What the migration's groups wait for after each of these answers; `undefined`: the entanglement is away. */
async function heldAfter(...answers: readonly (readonly Unasked[] | undefined)[]) {
  return held('stopped', answers);
}

async function held(old: DeploymentPhase, answers: readonly (readonly Unasked[] | undefined)[]) {
  const world = new World();
  const record = migrationRecord({ name: 'm', entanglement: { entities: [], unattributedMax: 0 } }, [group]);
  world.replace(undefined, {
    ...record,
    deployments: [
      { ...deployment, id: 'old', deployedAtMs: 1, phase: old },
      { ...deployment, id: 'new', deployedAtMs: 7 },
      { ...deployment, id: 'tried', phase: 'failed' as const, deployedAtMs: 9 },
    ],
  });
  const sinceMs: (number | undefined)[] = [];
  for (const answer of answers) {
    const entangled = {
      repairs: async (_: string, asked: { sinceMs?: number } = {}) => {
        sinceMs.push(asked.sinceMs);
        if (answer === undefined) throw new Error('away');
        return create(ListRepairsResponseSchema, { unasked: [...answer] });
      },
      state: async () =>
        create(EntanglementStateSchema, {
          captures: [{ universe: Universe.MODERN, attributed: { tagged: 1n } }],
        }),
    } as Partial<Entangled> as Entangled;
    await readTakenBack({ world, entangled, log: () => {} } as Partial<Engine> as Engine);
  }
  // Whatever the build before did until it ended is not this one's: it had 15 s.
  expect(sinceMs.every((ms) => ms === 15_007)).toBe(true);
  return viewOf(world.require('m'), world.surroundings('m', 0)).heldFor;
}

const group = {
  state: { ...newGroup('g', 0), stage: 'shadow' as const },
  evidence: newEvidence(testEpoch),
  verdicts: {},
};
const deployment = {
  universe: 'modern' as const,
  build: 'b',
  address: 'h:1',
  ports: {},
  managed: true,
  phase: 'serving' as const,
  reason: '',
};

test('what modern did alone since its newest deployment holds the migration, legacy’s batch jobs do not', async () => {
  expect(await heldAfter(unasked)).toMatch(/^modern to do without requests what legacy does: 2 transactions/);
  expect(await heldAfter(unasked.slice(0, 1))).toBeUndefined();
});

test('while the build before goes on, nobody asks whose work it is', async () => {
  expect(await held('draining', [unasked])).toBeUndefined();
});

test('so does what is not decided yet, until it is', async () => {
  const busy = [{ universe: Universe.MODERN, transactions: 5n, undecided: 3n }];
  expect(await heldAfter(busy)).toMatch(/^what modern did without requests to be held against legacy: 3 of/);
  expect(await heldAfter(busy, [{ universe: Universe.MODERN, transactions: 5n }])).toBeUndefined();
});

test('while the entanglement is away, what was known stands', async () => {
  expect(await heldAfter(unasked, undefined)).toMatch(/2 transactions/);
  expect(await heldAfter(unasked, [])).toBeUndefined();
});
