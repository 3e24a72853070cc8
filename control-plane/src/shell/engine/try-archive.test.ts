import { create } from '@bufbuild/protobuf';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import {
  EntanglementStateSchema,
  ListRepairsResponseSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { expect, test } from '@jest/globals';
import { type ArchiveTrial, archiveNotes } from '../../core/seal/archive-trial.ts';
import { memoryEngine, record } from '../../testing/memory-engine.ts';
import type { Engine } from './engine.ts';
import { tryArchive } from './try-archive.ts';

const opened: ArchiveTrial = { outcome: 'opened', reason: '', leftOut: {} };
const failed: ArchiveTrial = {
  outcome: 'failed',
  reason: 'function total does not exist',
  leftOut: { aggregates: 1 },
};

function attempt(trial: () => Promise<ArchiveTrial>, accepted = false) {
  const engine: Engine = {
    ...memoryEngine().engine,
    entangled: {
      state: async () => create(EntanglementStateSchema),
      startVerification: async () => {},
      repairs: async () => create(ListRepairsResponseSchema),
      journal: async () => create(ListRepairsResponseSchema),
      tryDump: trial,
      dump: async function* () {},
    },
  };
  const asked = record('bank');
  asked.spec.entanglement = create(EntanglementSchema, { entities: [{ name: 'account' }] });
  return tryArchive(engine, asked, accepted);
}

test('an archive that opens and holds everything is in nothing’s way, and nothing is to be told of it', async () => {
  expect(await attempt(async () => opened)).toEqual(opened);
  expect(archiveNotes(opened)).toEqual([]);
});

test.each([
  [
    'cannot be opened',
    failed,
    "not sealed: the archive of legacy's database could not be opened again: function total does not exist; it does not hold 1 aggregates →",
  ],
  [
    'lacks something',
    { ...opened, leftOut: { 'large objects': 2, rules: 1 } },
    "not sealed: the archive of legacy's database does not hold 2 large objects, 1 rules →",
  ],
])('one that %s refuses the seal, until someone accepts it and is told', async (_what, trial, refusal) => {
  await expect(attempt(async () => trial)).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringContaining(refusal),
  });
  expect(await attempt(async () => trial, true)).toEqual(trial);
  expect(archiveNotes(trial)).not.toEqual([]);
});

test('one that could not be tried for want of a place goes on, and says so', async () => {
  const trial: ArchiveTrial = { outcome: 'not-tried', reason: 'no room', leftOut: {} };
  expect(await attempt(async () => trial)).toEqual(trial);
  expect(archiveNotes(trial)).toEqual(["the archive of legacy's database was not tried: no room"]);
});

test('nobody to ask refuses the seal too', async () => {
  const away = () => Promise.reject(new Error('connection refused'));
  await expect(attempt(away)).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('could not be tried: connection refused'),
  });
  expect(await attempt(away, true)).toEqual({
    outcome: 'not-tried',
    reason: 'connection refused',
    leftOut: {},
  });
});

test('a migration without entities has no archive to try', async () => {
  expect(await tryArchive(memoryEngine().engine, record('bank'), false)).toBeUndefined();
});
