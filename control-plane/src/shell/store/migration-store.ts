import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { evidenceFromJson, evidenceToJson } from '../../core/evidence/evidence-json.ts';
import type {
  DeploymentPhase,
  DeploymentRecord,
  GroupRecord,
  MigrationRecord,
  UniverseName,
} from '../../core/model.ts';
import type { Stage } from '../../core/orchestrator/stages.ts';
import type { Queryable } from './database.ts';
import { loadRulesInForce, saveRule } from './field-rule-store.ts';

/** Everything there is, as it was committed last; a control plane starts from this before it serves any proxy. */
export async function loadMigrations(db: Queryable): Promise<Map<string, MigrationRecord>> {
  const migrations = await db.query<MigrationRow>('SELECT * FROM migrations ORDER BY created_at_ms, name');
  const groups = await db.query<GroupRow>('SELECT * FROM route_groups ORDER BY migration, position');
  const deployments = await db.query<DeploymentRow>('SELECT * FROM deployments ORDER BY migration, position');
  const rules = await loadRulesInForce(db);
  return new Map(
    migrations.rows.map((row) => [
      row.name,
      {
        spec: fromBinary(MigrationSchema, row.spec),
        descriptorSets: row.descriptor_sets,
        revision: BigInt(row.revision),
        rulesVersion: row.rules_version,
        fieldRules: rules.get(row.name) ?? [],
        rulesRevision: BigInt(row.rules_revision),
        probeSecret: row.probe_secret,
        createdAtMs: Number(row.created_at_ms),
        kills: row.kills,
        sealed:
          row.sealed_at_ms === null
            ? undefined
            : { atMs: Number(row.sealed_at_ms), capsule: row.capsule ?? '' },
        groups: new Map(groups.rows.filter((g) => g.migration === row.name).map((g) => [g.name, groupOf(g)])),
        deployments: deployments.rows.filter((d) => d.migration === row.name).map(deploymentOf),
      },
    ]),
  );
}

/** Writes what differs between two versions of a record, inside the caller's transaction. `before` undefined: all of it. */
export async function saveMigration(
  tx: Queryable,
  before: MigrationRecord | undefined,
  after: MigrationRecord,
): Promise<void> {
  const name = after.spec.name;
  if (before === undefined || migrationRowChanged(before, after)) await saveMigrationRow(tx, after);
  if (before !== undefined && before.groups !== after.groups) {
    const gone = [...before.groups.keys()].filter((group) => !after.groups.has(group));
    if (gone.length > 0) {
      await tx.query('DELETE FROM route_groups WHERE migration = $1 AND name = ANY($2)', [name, gone]);
    }
  }
  let position = 0;
  for (const [groupName, group] of after.groups) {
    if (before?.groups.get(groupName) !== group || before.revision !== after.revision) {
      await saveGroup(tx, name, position, group);
    }
    position += 1;
  }
  for (const [index, deployment] of after.deployments.entries()) {
    if (before?.deployments[index] !== deployment) await saveDeployment(tx, name, index, deployment);
  }
  if (before === undefined || before.fieldRules === after.fieldRules) return;
  const known = new Set(before.fieldRules);
  for (const rule of after.fieldRules) if (!known.has(rule)) await saveRule(tx, name, rule);
}

function migrationRowChanged(before: MigrationRecord, after: MigrationRecord): boolean {
  return (
    before.revision !== after.revision ||
    before.rulesRevision !== after.rulesRevision ||
    before.kills !== after.kills ||
    before.sealed !== after.sealed
  );
}

async function saveMigrationRow(tx: Queryable, record: MigrationRecord): Promise<void> {
  await tx.query(
    `INSERT INTO migrations (name, spec, descriptor_sets, revision, rules_version, probe_secret, created_at_ms, kills, sealed_at_ms, capsule,
       rules_revision)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (name) DO UPDATE SET spec = excluded.spec, descriptor_sets = excluded.descriptor_sets, revision = excluded.revision,
       rules_version = excluded.rules_version, kills = excluded.kills, sealed_at_ms = excluded.sealed_at_ms, capsule = excluded.capsule,
       rules_revision = excluded.rules_revision`,
    [
      record.spec.name,
      Buffer.from(toBinary(MigrationSchema, record.spec)),
      record.descriptorSets.map((set) => Buffer.from(set)),
      record.revision.toString(),
      record.rulesVersion,
      record.probeSecret,
      record.createdAtMs,
      record.kills,
      record.sealed?.atMs ?? null,
      record.sealed?.capsule ?? null,
      record.rulesRevision.toString(),
    ],
  );
}

async function saveGroup(
  tx: Queryable,
  migration: string,
  position: number,
  group: GroupRecord,
): Promise<void> {
  const { state } = group;
  await tx.query(
    `INSERT INTO route_groups (migration, name, position, stage, paused, weight_bp, stage_entered_at_ms, step_entered_at_ms, evidence, verdicts)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (migration, name) DO UPDATE SET position = excluded.position, stage = excluded.stage, paused = excluded.paused,
       weight_bp = excluded.weight_bp, stage_entered_at_ms = excluded.stage_entered_at_ms,
       step_entered_at_ms = excluded.step_entered_at_ms, evidence = excluded.evidence, verdicts = excluded.verdicts`,
    [
      migration,
      state.name,
      position,
      state.stage,
      state.paused,
      state.weightBp,
      state.stageEnteredAtMs,
      state.stepEnteredAtMs,
      evidenceToJson(group.evidence),
      JSON.stringify(group.verdicts),
    ],
  );
}

async function saveDeployment(
  tx: Queryable,
  migration: string,
  position: number,
  deployment: DeploymentRecord,
): Promise<void> {
  await tx.query(
    `INSERT INTO deployments (migration, universe, id, position, build, address, managed, phase, deployed_at_ms, reason, ports)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (migration, universe, id)
     DO UPDATE SET address = excluded.address, ports = excluded.ports, phase = excluded.phase, reason = excluded.reason`,
    [
      migration,
      deployment.universe,
      deployment.id,
      position,
      deployment.build,
      deployment.address,
      deployment.managed,
      deployment.phase,
      deployment.deployedAtMs,
      deployment.reason,
      JSON.stringify(deployment.ports),
    ],
  );
}

interface MigrationRow {
  name: string;
  spec: Buffer;
  descriptor_sets: Buffer[];
  revision: string;
  rules_version: string;
  rules_revision: string;
  probe_secret: string;
  created_at_ms: string;
  kills: number;
  sealed_at_ms: string | null;
  capsule: string | null;
}

interface GroupRow {
  migration: string;
  name: string;
  stage: Stage;
  paused: boolean;
  weight_bp: number;
  stage_entered_at_ms: string;
  step_entered_at_ms: string;
  evidence: string;
  verdicts: Record<string, number>;
}

interface DeploymentRow {
  migration: string;
  universe: UniverseName;
  id: string;
  build: string;
  address: string;
  managed: boolean;
  phase: DeploymentPhase;
  deployed_at_ms: string;
  reason: string;
  ports: Record<string, string>;
}

function groupOf(row: GroupRow): GroupRecord {
  return {
    state: {
      name: row.name,
      stage: row.stage,
      paused: row.paused,
      weightBp: row.weight_bp,
      stageEnteredAtMs: Number(row.stage_entered_at_ms),
      stepEnteredAtMs: Number(row.step_entered_at_ms),
    },
    evidence: evidenceFromJson(row.evidence),
    verdicts: row.verdicts,
  };
}

function deploymentOf(row: DeploymentRow): DeploymentRecord {
  const { deployed_at_ms, id, universe, build, address, ports, managed, phase, reason } = row;
  return {
    id,
    universe,
    build,
    address,
    ports,
    managed,
    phase,
    reason,
    deployedAtMs: Number(deployed_at_ms),
  };
}
