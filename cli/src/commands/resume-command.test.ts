import { create } from '@bufbuild/protobuf';
import {
  EntanglementService,
  type EntanglementState,
  EntanglementStateSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { MigrationService } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { expect, test } from '@jest/globals';
import { sampleState } from '../core/render/sample.ts';
import { runCli } from '../program.ts';
import { testIo } from './testing.ts';

interface Side {
  readonly ready: boolean;
  readonly paused?: boolean;
  readonly pauseReason?: string;
}

const ready: Side = { ready: true };
const changed: Side = {
  ready: false,
  paused: true,
  pauseReason: 'table konto has changed → chronos resume bank',
};
const mapping: Side = {
  ready: false,
  paused: true,
  pauseReason: 'entity account, field note, legacy: table konto has no column text → chronos apply it',
};

function stateOf(legacy: Side): EntanglementState {
  const sides = [
    { universe: Universe.LEGACY, ...legacy },
    { universe: Universe.MODERN, ...ready },
  ];
  return create(EntanglementStateSchema, { captures: sides });
}

/** Resumes where legacy's capture stands as `before`, and afterwards, each time it is asked, as the next of `after`. */
async function resumed(before: Side, ...after: readonly Side[]) {
  const asked = { resumes: 0, looks: 0 };
  const io = testIo({
    routes: (router) => {
      router.service(MigrationService, {
        listMigrations: () => ({ migrations: [sampleState()] }),
        resumeMigration: () => {
          asked.resumes += 1;
          return { state: sampleState() };
        },
      });
      router.service(EntanglementService, {
        getEntanglement: () => {
          if (asked.resumes === 0) return stateOf(before);
          asked.looks += 1;
          return stateOf(after[Math.min(asked.looks, after.length) - 1] ?? before);
        },
      });
    },
  });
  const code = await runCli(['resume'], io);
  return { code, out: io.stdout(), err: io.stderr(), ...asked };
}

test('a mapped column that is gone is told by the command itself, by entity, field and column', async () => {
  // What it was paused for stands until the capture has looked again.
  const { code, err, resumes } = await resumed(changed, changed, changed, mapping);
  expect({ code, resumes }).toEqual({ code: 1, resumes: 1 });
  expect(err).toContain('resumed, but what requests do is not compared');
  expect(err).toContain(
    'legacy: entity account, field note, legacy: table konto has no column text → chronos',
  );
  expect(err).not.toContain('has changed');
});

test('it waits until the changes are read again', async () => {
  expect(await resumed(changed, changed, { ready: false }, ready)).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringMatching(
      /waiting until legacy’s changes are read again …\nall changes are read again\n$/,
    ),
    looks: 3,
  });
});

test('where nothing of a database stood in the way, nothing is waited for', async () => {
  expect(await resumed(ready, mapping)).toMatchObject({ code: 0, looks: 0 });
});
