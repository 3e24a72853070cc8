import { createHash, randomBytes } from 'node:crypto';
import { create, equals, toBinary } from '@bufbuild/protobuf';
import { type Migration, MigrationSchema, PolicySchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { DomainError } from '../../core/domain-error.ts';
import { newEvidence } from '../../core/evidence/evidence.ts';
import { declaredGroups } from '../../core/groups.ts';
import {
  type GroupRecord,
  type MigrationRecord,
  servingDeployment,
  type UniverseName,
} from '../../core/model.ts';
import { newGroup } from '../../core/orchestrator/group.ts';
import { acceptancesChanged, withoutAcceptances } from '../../core/orchestrator/overlap.ts';
import { resolvePolicy, withDefaults } from '../../core/orchestrator/policy.ts';
import { clientsOnModern } from '../../core/orchestrator/stages.ts';
import { semanticProblems } from '../../core/orchestrator/validate.ts';
import { appendJournal } from '../store/journal-store.ts';
import { saveMigration } from '../store/migration-store.ts';
import { deploy, ensureServing } from './deploy.ts';
import { epochOf, withNewEpoch } from './deployment-record.ts';
import { type Engine, note, publish, requireLeading } from './engine.ts';
import { startUnattended } from './start.ts';

export interface Applied {
  readonly record: MigrationRecord;
  readonly changed: boolean;
}

/**
 * Creates a migration, or replaces its specification while no client depends on modern: what is accepted of overlapping ids also then, for it moves
 * nobody by itself. The same content changes nothing.
 *
 * @throws DomainError `invalid` with every problem, `taken` when another migration listens there, `refused` in the wrong stage.
 */
export async function apply(
  engine: Engine,
  spec: Migration,
  descriptorSets: readonly Uint8Array[],
  actor: string,
): Promise<Applied> {
  requireLeading(engine);
  requireValid(spec, descriptorSets);
  const { name } = spec;
  const applied = await engine.queue.run(async (): Promise<Applied> => {
    const before = engine.world.get(name);
    if (before !== undefined && sameContent(before, spec, descriptorSets))
      return { record: before, changed: false };
    requireFreeListener(engine, spec);
    if (before !== undefined && !sameContent(before, spec, descriptorSets, withoutAcceptances))
      requireNoClients(before);
    const nowMs = engine.nowMs();
    const after =
      before === undefined
        ? created(spec, descriptorSets, nowMs)
        : replaced(engine, before, spec, descriptorSets, nowMs);
    const accepted = acceptancesChanged(before?.spec ?? create(MigrationSchema), spec);
    const words = [
      before === undefined ? 'created' : `specification replaced by revision ${after.revision}`,
      ...(accepted === '' ? [] : [accepted]),
    ].join('; ');
    const entry = note(
      'apply',
      nowMs,
      words,
      { revision: Number(after.revision), rules_version: after.rulesVersion },
      actor,
    );
    await engine.database.transaction(async (tx) => {
      await saveMigration(tx, before, after);
      await appendJournal(tx, name, [entry]);
    });
    return { record: engine.world.replace(before, after), changed: true };
  });
  if (!applied.changed) return applied;
  await publish(engine, name);
  void engine.rules.publish(applied.record); // arbiters may learn it later: they wait for rules they lack
  engine.background(`bringing up ${name}`, (stopping) => bringUp(engine, applied.record, actor, stopping));
  return applied;
}

/** What must serve at once, and the automatic start, after the caller has its answer: builds may take their time. */
async function bringUp(
  engine: Engine,
  record: MigrationRecord,
  actor: string,
  stopping: AbortSignal,
): Promise<void> {
  const { name } = record.spec;
  for (const universe of ['legacy', 'modern'] as const) {
    const declared = record.spec[universe]?.address ?? '';
    const serving = servingDeployment(engine.world.require(name), universe);
    if (declared === '' || serving === undefined || serving.address === declared) continue;
    const target = { kind: 'address' as const, address: declared };
    await deploy(engine, {
      migration: name,
      universe,
      target,
      actor,
      reason: 'the specification moved it',
      remediation: false,
      force: false,
    });
  }
  await ensureServing(engine, name, addressed(record), actor);
  // Even a draft's clients are answered: by legacy.
  await ensureServing(engine, name, ['legacy'], actor);
  if (resolvePolicy(record.spec).autoStart) await startUnattended(engine, name, stopping);
}

function addressed(record: MigrationRecord): UniverseName[] {
  return (['legacy', 'modern'] as const).filter((universe) => record.spec[universe]?.address !== '');
}

function requireValid(spec: Migration, descriptorSets: readonly Uint8Array[]): void {
  const problems = semanticProblems(spec).map(({ path, message }) => ({ path: `spec.${path}`, message }));
  if (descriptorSets.length !== spec.descriptors.length) {
    problems.push({
      path: 'descriptor_sets',
      message: `must hold the contents of spec.descriptors, in that order: ${spec.descriptors.length}, not ${descriptorSets.length}`,
    });
  }
  if (problems.length === 0) return;
  const words = problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new DomainError('invalid', words, { fields: problems });
}

function requireFreeListener(engine: Engine, spec: Migration): void {
  const others = engine.world.all().filter((record) => record.spec.name !== spec.name);
  const fields = listeners(spec).flatMap(({ path, address }) => {
    const other = others.find((record) => listeners(record.spec).some((taken) => taken.address === address));
    if (other === undefined) return [];
    return [{ path, message: `${address} is taken by migration "${other.spec.name}"` }];
  });
  if (fields.length === 0) return;
  const words = fields.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new DomainError('taken', words, { fields });
}

function listeners({ listen, tcp }: Migration): { readonly path: string; readonly address: string }[] {
  return [
    { path: 'spec.listen', address: listen },
    ...tcp.map((route, index) => ({ path: `spec.tcp[${index}].listen`, address: route.listen })),
  ];
}

function requireNoClients(record: MigrationRecord): void {
  if (record.sealed !== undefined) throw new DomainError('refused', 'the migration is sealed');
  for (const { state } of record.groups.values()) {
    if (!clientsOnModern(state.stage)) continue;
    throw new DomainError(
      'refused',
      `clients depend on modern in route group "${state.name}" (${state.weightBp / 100} %); take them off first: weight 0 or kill`,
    );
  }
}

function sameContent(
  record: MigrationRecord,
  spec: Migration,
  sets: readonly Uint8Array[],
  seen: (spec: Migration) => Migration = (whole) => whole,
): boolean {
  return (
    equals(MigrationSchema, seen(record.spec), seen(spec)) &&
    record.descriptorSets.length === sets.length &&
    record.descriptorSets.every((set, index) => Buffer.compare(set, sets[index] ?? new Uint8Array()) === 0)
  );
}

function created(spec: Migration, descriptorSets: readonly Uint8Array[], nowMs: number): MigrationRecord {
  const bare = {
    spec,
    descriptorSets,
    revision: 1n,
    rulesVersion: rulesVersionOf(spec, descriptorSets),
    fieldRules: [],
    rulesRevision: 0n,
    probeSecret: randomBytes(24).toString('base64url'),
    createdAtMs: nowMs,
    kills: 0,
    sealed: undefined,
    groups: new Map<string, GroupRecord>(),
    deployments: [],
  };
  const groups = declaredGroups(spec).map(({ name }) => draft(bare, name, nowMs));
  return { ...bare, groups: new Map(groups.map((group) => [group.state.name, group])) };
}

function draft(record: MigrationRecord, name: string, nowMs: number): GroupRecord {
  return {
    state: newGroup(name, nowMs),
    evidence: newEvidence(epochOf(record, name, 'the migration was applied', 0, nowMs)),
    verdicts: {},
  };
}

/** Groups of the same name keep their stage; evidence begins anew when what decides verdicts changed. */
function replaced(
  engine: Engine,
  before: MigrationRecord,
  spec: Migration,
  descriptorSets: readonly Uint8Array[],
  nowMs: number,
): MigrationRecord {
  const rulesVersion = rulesVersionOf(spec, descriptorSets);
  const bare = { ...before, spec, descriptorSets, rulesVersion, revision: before.revision + 1n };
  const groups = declaredGroups(spec).map(({ name, stayOnLegacy }) => {
    const kept = before.groups.get(name);
    return kept === undefined || stayOnLegacy ? draft(bare, name, nowMs) : kept;
  });
  const after = { ...bare, groups: new Map(groups.map((group) => [group.state.name, group])) };
  if (rulesVersion === before.rulesVersion) return after;
  return withNewEpoch(after, 'the rules changed', engine.world.surroundings(spec.name, nowMs), nowMs);
}

/** SHA-256 over what decides verdicts: routes, TCP routes, comparison rules, what is masked, approved corrections, formats, segments, the join deadline, descriptors. */
export function rulesVersionOf(spec: Migration, descriptorSets: readonly Uint8Array[]): string {
  const full = withDefaults(withoutAcceptances(spec));
  const deciding = create(MigrationSchema, {
    name: full.name,
    routes: full.routes.map(({ name, match, stayOnLegacy, compare }) => ({
      name,
      match,
      stayOnLegacy,
      compare,
    })),
    tcp: full.tcp.map(({ name, stayOnLegacy, framing, compare, ignore, serverClosesFirst }) => ({
      name,
      stayOnLegacy,
      framing,
      compare,
      ignore,
      serverClosesFirst,
    })),
    segments: full.segments,
    ...(full.sensitive === undefined ? {} : { sensitive: full.sensitive }),
    approved: full.approved,
    formats: full.formats,
    ...(full.entanglement === undefined ? {} : { entanglement: full.entanglement }),
    ...(full.identifiers === undefined ? {} : { identifiers: { bijections: full.identifiers.bijections } }),
    policy: create(PolicySchema, { joinDeadline: full.policy?.joinDeadline }),
    ...(full.compare === undefined ? {} : { compare: full.compare }),
  });
  const hash = createHash('sha256').update(toBinary(MigrationSchema, deciding));
  for (const set of descriptorSets) hash.update(createHash('sha256').update(set).digest());
  return hash.digest('hex');
}
