import { Kind, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { applyVerdicts } from '../../core/evidence/evidence.ts';
import { reviseVerdicts } from '../../core/evidence/revise.ts';
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
import {
  isMismatch,
  type Revision,
  replaceVerdicts,
  takeBackMismatches,
  takeBackObservations,
} from '../store/revised-verdicts.ts';
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
  /** Verdicts that took the place of others of the same requests. */
  readonly revised: readonly Verdict[];
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
    const unique = [...new Map(batch.verdicts.map((item) => [nameOf(item), item])).values()];
    const known = unique.filter(
      ({ verdict: v }) => engine.world.get(v.migration)?.groups.has(v.group) === true,
    );
    const { fresh, revised, changes, contradicted } = await engine.database.transaction(async (tx) => {
      const [first, later] = [known.filter(isFirst), known.filter((item) => !isFirst(item))];
      const inserted = await insertVerdicts(tx, first);
      const news = first.map(({ verdict }) => verdict).filter((verdict) => inserted.has(verdict.requestId));
      const replaced = await replaceVerdicts(tx, later);
      const made = changedRecords(engine, news, replaced, nowMs);
      for (const { before, after } of made) await saveMigration(tx, before, after);
      await takeBackMismatches(
        tx,
        groupMismatches(replaced.map(({ before }) => before).filter(isMismatch), seenMs),
      );
      await takeBackObservations(
        tx,
        replaced.map(({ before }) => before),
      );
      const all = [...news, ...replaced.map(({ after }) => after)];
      await addMismatches(tx, groupMismatches(all.filter(isMismatch), seenMs));
      await addObservations(tx, observedIn(all), (migration) => bodyReading(engine.world.require(migration)));
      for (const [partition, next] of batch.nextOffsets) await saveOffset(tx, batch.topic, partition, next);
      const renamed = await addRenamings(tx, news);
      return { fresh: news, revised: replaced, changes: made, contradicted: renamed };
    });
    for (const { before, after } of changes) engine.world.replace(before, after);
    for (const verdict of fresh) {
      engine.world.settling(verdict.migration, verdict.group).addVerdict(factOf(verdict).endedAtMs);
    }
    endRenamings(engine, contradicted);
    return { fresh, revised: revised.map(({ after }) => after), unknown: unique.length - known.length };
  });
}

/** A request's verdict, and which revision of it. */
function nameOf({ verdict: { requestId, revision } }: EncodedVerdict): string {
  return `${revision} ${requestId}`;
}

function isFirst({ verdict }: EncodedVerdict): boolean {
  return verdict.revision === 0;
}

function seenMs(verdict: Verdict): number {
  return factOf(verdict).startedAtMs;
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
  revisions: readonly Revision[],
  nowMs: number,
): { readonly before: MigrationRecord; readonly after: MigrationRecord }[] {
  const names = new Set([...verdicts, ...revisions.map(({ after }) => after)].map((v) => v.migration));
  return [...names].map((name) => {
    const before = engine.world.require(name);
    const { latencyFloorMs: slowFloorMs } = resolvePolicy(before.spec);
    const groups = [...before.groups.values()].flatMap((group) => {
      const isOwn = (v: Verdict) => v.migration === name && v.group === group.state.name;
      const news = verdicts.filter(isOwn);
      const revised = revisions.filter(({ after }) => isOwn(after));
      if (news.length + revised.length === 0) return [];
      return [
        withRevisions(withVerdicts(group, news, { nowMs, slowFloorMs }), revised, { nowMs, slowFloorMs }),
      ];
    });
    return { before, after: withGroups(before, groups) };
  });
}

interface Moment {
  readonly nowMs: number;
  readonly slowFloorMs: number;
}

function withVerdicts(group: GroupRecord, verdicts: readonly Verdict[], now: Moment): GroupRecord {
  const facts = verdicts.map(factOf);
  const counts: Record<string, number> = { ...group.verdicts };
  verdicts.forEach((verdict, index) => {
    const key = countKey(verdict, facts[index]);
    counts[key] = (counts[key] ?? 0) + 1;
  });
  const context = { ...now, clientsOnModern: clientsOnModern(group.state.stage) };
  return { ...group, verdicts: counts, evidence: applyVerdicts(group.evidence, facts, context) };
}

/** Each counts as what it is now, and no longer as what it was. */
function withRevisions(group: GroupRecord, revisions: readonly Revision[], now: Moment): GroupRecord {
  if (revisions.length === 0) return group;
  const counts: Record<string, number> = { ...group.verdicts };
  const facts = revisions.map(({ before, after }) => ({ before: factOf(before), after: factOf(after) }));
  revisions.forEach(({ before, after }, index) => {
    const was = countKey(before, facts[index]?.before);
    const is = countKey(after, facts[index]?.after);
    counts[was] = Math.max(0, (counts[was] ?? 0) - 1);
    counts[is] = (counts[is] ?? 0) + 1;
  });
  const context = { ...now, clientsOnModern: clientsOnModern(group.state.stage) };
  return { ...group, verdicts: counts, evidence: reviseVerdicts(group.evidence, facts, context) };
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
