import { Kind, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { applyVerdicts } from '../../core/evidence/evidence.ts';
import { factOf, type VerdictFact } from '../../core/evidence/verdict-fact.ts';
import { observedIn } from '../../core/judgement/observed.ts';
import type { GroupRecord, MigrationRecord } from '../../core/model.ts';
import type { Cause } from '../../core/orchestrator/decide.ts';
import { resolvePolicy } from '../../core/orchestrator/policy.ts';
import { clientsOnModern } from '../../core/orchestrator/stages.ts';
import { saveMigration } from '../store/migration-store.ts';
import { addMismatches, groupMismatches } from '../store/mismatch-store.ts';
import { addObservations } from '../store/observation-intake.ts';
import { saveOffset } from '../store/offset-store.ts';
import { addRenamings } from '../store/renaming-store.ts';
import { type EncodedVerdict, insertVerdicts } from '../store/verdict-store.ts';
import type { Engine } from './engine.ts';
import { withGroups } from './group-change.ts';
import { bodyReading } from './judgement/body-reading.ts';
import { endRule } from './judgement/judge-fields.ts';

export interface VerdictBatch {
  readonly topic: string;
  /** Where to go on in each partition that the verdicts are from. */
  readonly nextOffsets: ReadonlyMap<number, bigint>;
  readonly verdicts: readonly EncodedVerdict[];
}

export interface Taken {
  /** Verdicts that were not known before. */
  readonly fresh: readonly Verdict[];
  /** Of migrations or groups that do not exist (any more). */
  readonly unknown: number;
}

/**
 * Takes a batch in: rows, counts, evidence and the offset in one transaction, memory after it. Exactly once: what was inserted before
 * counts nothing, whoever delivers it again.
 */
export async function takeIn(engine: Engine, batch: VerdictBatch): Promise<Taken> {
  return engine.queue.run(async () => {
    const nowMs = engine.nowMs();
    const unique = [...new Map(batch.verdicts.map((item) => [item.verdict.requestId, item])).values()];
    const known = unique.filter(
      ({ verdict: v }) => engine.world.get(v.migration)?.groups.has(v.group) === true,
    );
    const { fresh, changes, contradicted } = await engine.database.transaction(async (tx) => {
      const inserted = await insertVerdicts(tx, known);
      const news = known.map(({ verdict }) => verdict).filter((verdict) => inserted.has(verdict.requestId));
      const made = changedRecords(engine, news, nowMs);
      for (const { before, after } of made) await saveMigration(tx, before, after);
      const mismatches = news.filter((verdict) => verdict.kind === Kind.MISMATCH);
      await addMismatches(
        tx,
        groupMismatches(mismatches, (verdict) => factOf(verdict).startedAtMs),
      );
      await addObservations(tx, observedIn(news), (migration) =>
        bodyReading(engine.world.require(migration)),
      );
      for (const [partition, next] of batch.nextOffsets) await saveOffset(tx, batch.topic, partition, next);
      return { fresh: news, changes: made, contradicted: await addRenamings(tx, news) };
    });
    for (const { before, after } of changes) engine.world.replace(before, after);
    for (const verdict of fresh) {
      engine.world.settling(verdict.migration, verdict.group).addVerdict(factOf(verdict).endedAtMs);
    }
    endRenamings(engine, contradicted);
    return { fresh, unknown: unique.length - known.length };
  });
}

/** An id that was renamed two ways: what the rule accepted is no longer known to be right, so the evidence on it is given up with it. */
function endRenamings(engine: Engine, contradicted: ReadonlySet<string>): void {
  for (const record of engine.world.all()) {
    for (const rule of record.fieldRules) {
      if (!contradicted.has(rule.id)) continue;
      const reason = `the rule of ${rule.route} ${rule.field} no longer holds: an id was renamed two ways`;
      engine.background(`ending rule ${rule.id}`, () => endRule(engine, record.spec.name, rule, reason));
    }
  }
}

/** The newest compared request of a group: what its next step stands on. */
export function newestCause(verdicts: readonly Verdict[]): Map<string, Cause> {
  const causes = new Map<string, Cause>();
  for (const { migration, group, kind, requestId, traceparent } of verdicts) {
    if (kind !== Kind.LOST) causes.set(`${migration}/${group}`, { requestId, traceparent });
  }
  return causes;
}

function changedRecords(
  engine: Engine,
  verdicts: readonly Verdict[],
  nowMs: number,
): { readonly before: MigrationRecord; readonly after: MigrationRecord }[] {
  return [...Map.groupBy(verdicts, (verdict) => verdict.migration)].map(([name, own]) => {
    const before = engine.world.require(name);
    const { latencyFloorMs } = resolvePolicy(before.spec);
    const groups = [...Map.groupBy(own, (verdict) => verdict.group)].flatMap(([groupName, ofGroup]) => {
      const group = before.groups.get(groupName);
      return group === undefined
        ? []
        : [withVerdicts(group, ofGroup, { nowMs, slowFloorMs: latencyFloorMs })];
    });
    return { before, after: withGroups(before, groups) };
  });
}

function withVerdicts(
  group: GroupRecord,
  verdicts: readonly Verdict[],
  now: { readonly nowMs: number; readonly slowFloorMs: number },
): GroupRecord {
  const facts = verdicts.map(factOf);
  const counts: Record<string, number> = { ...group.verdicts };
  verdicts.forEach((verdict, index) => {
    const key = countKey(verdict, facts[index]);
    counts[key] = (counts[key] ?? 0) + 1;
  });
  const context = { ...now, clientsOnModern: clientsOnModern(group.state.stage) };
  return { ...group, verdicts: counts, evidence: applyVerdicts(group.evidence, facts, context) };
}

function countKey({ kind, asked }: Verdict, fact: VerdictFact | undefined): string {
  switch (kind) {
    case Kind.IDENTICAL:
      return 'identical';
    case Kind.EQUIVALENT:
      return 'equivalent';
    case Kind.MISMATCH:
      return asked ? 'asked' : 'mismatch';
    case Kind.RACE:
      return 'race';
    case Kind.LOST:
    case Kind.UNSPECIFIED:
      return `lost:${fact?.lostReason ?? 'unknown'}`;
  }
}
