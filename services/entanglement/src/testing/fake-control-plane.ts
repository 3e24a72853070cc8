import { create } from '@bufbuild/protobuf';
import { timestampNow } from '@bufbuild/protobuf/wkt';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import {
  file_chronos_v1_migration_service,
  MigrationService,
  type MigrationState,
  MigrationStateSchema,
  Stage,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { serve } from '@chronos/rpc-server/serve.ts';

export interface FakeControlPlane {
  readonly url: string;
  /** Reasons of the pauses asked for. */
  readonly pauses: string[];
  change(change: (state: MigrationState) => void): void;
  close(): Promise<void>;
}

/** One migration in stage shadow, and the two methods that captures call. */
export async function fakeControlPlane(spec: Migration): Promise<FakeControlPlane> {
  const state = create(MigrationStateSchema, {
    spec,
    revision: 1n,
    groups: [{ name: 'all', stage: Stage.SHADOW }],
  });
  const pauses: string[] = [];
  const now = () => create(MigrationStateSchema, { ...state, observedAt: timestampNow() });
  const server = await serve({
    listen: '127.0.0.1:0',
    files: [file_chronos_v1_migration_service],
    routes: (router) =>
      router.service(MigrationService, {
        listMigrations: () => ({ migrations: [now()] }),
        pauseMigration: ({ reason }) => {
          pauses.push(reason);
          for (const group of state.groups) group.paused = true;
          return { state: now() };
        },
      }),
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    pauses,
    change: (change) => change(state),
    close: () => server.close({ graceMs: 0 }),
  };
}
