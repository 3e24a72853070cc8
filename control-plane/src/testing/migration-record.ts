import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { GroupRecord, MigrationRecord } from '../core/model.ts';

/** A migration's record for tests: nothing has happened yet but what the fields say. */
export function migrationRecord(
  spec: MessageInitShape<typeof MigrationSchema>,
  groups: readonly GroupRecord[],
  fields: Partial<MigrationRecord> = {},
): MigrationRecord {
  return {
    spec: create(MigrationSchema, spec),
    descriptorSets: [],
    revision: 1n,
    rulesVersion: 'r',
    fieldRules: [],
    rulesRevision: 0n,
    probeSecret: 's',
    createdAtMs: 0,
    kills: 0,
    sealed: undefined,
    groups: new Map(groups.map((group) => [group.state.name, group])),
    deployments: [],
    ...fields,
  };
}
