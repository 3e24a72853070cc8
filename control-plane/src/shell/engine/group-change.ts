import { DomainError } from '../../core/domain-error.ts';
import { resetWatch } from '../../core/evidence/evidence.ts';
import type { JournalDraft } from '../../core/journal/entry.ts';
import { type GroupRecord, type MigrationRecord, staysOnLegacy } from '../../core/model.ts';
import { type Cause, evidenceSummary } from '../../core/orchestrator/decide.ts';
import { type GroupCommand, type GroupState, transition } from '../../core/orchestrator/group.ts';
import { groupViewOf, type Surroundings, viewOf } from '../../core/view/migration-view.ts';

/** Who wants what, and why. */
export interface Motive {
  readonly action: JournalDraft['action'];
  readonly actor: string;
  readonly reason: string;
  readonly cause?: Cause | undefined;
}

/** The groups that a call means: one, or all that do not stay on legacy. Pure. */
export function targets(record: MigrationRecord, group: string): GroupRecord[] {
  if (group === '') return [...record.groups.values()].filter((g) => !staysOnLegacy(record, g.state.name));
  const named = requireGroup(record, group);
  if (staysOnLegacy(record, group)) {
    throw new DomainError('refused', `route group "${group}" is declared to stay on legacy`);
  }
  return [named];
}

/** @throws DomainError `not-found` with the names that there are */
export function requireGroup(record: MigrationRecord, group: string): GroupRecord {
  const named = record.groups.get(group);
  if (named !== undefined) return named;
  const names = [...record.groups.keys()].join(', ');
  throw new DomainError(
    'not-found',
    `migration "${record.spec.name}" has no route group "${group}"; it has ${names}`,
  );
}

/** A group after a command, with the evidence that goes with it: where clients first come to modern, old alarms are forgotten. */
export function changedGroup(
  group: GroupRecord,
  command: GroupCommand,
  nowMs: number,
):
  | { readonly kind: 'changed'; readonly group: GroupRecord }
  | { readonly kind: 'ignored'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string } {
  const result = transition(group.state, command, nowMs);
  if (result.kind !== 'changed') return result;
  const firstClients = group.state.weightBp === 0 && result.group.weightBp > 0;
  const startedAgain = group.state.stage === 'killed' && result.group.stage === 'shadow';
  const evidence = firstClients || startedAgain ? resetWatch(group.evidence, nowMs) : group.evidence;
  return { kind: 'changed', group: { ...group, state: result.group, evidence } };
}

/** What the journal says of one group's change. */
export function journalOf(
  record: MigrationRecord,
  surroundings: Surroundings,
  before: GroupState,
  after: GroupState,
  motive: Motive,
  nowMs: number,
): JournalDraft {
  const view = viewOf(record, surroundings);
  return {
    group: before.name,
    atMs: nowMs,
    action: motive.action,
    fromStage: before.stage,
    toStage: after.stage,
    fromWeightBp: before.weightBp,
    toWeightBp: after.weightBp,
    actor: motive.actor,
    reason: motive.reason,
    evidence: evidenceSummary(view, groupViewOf(record, before.name, surroundings)),
    requestId: motive.cause?.requestId ?? '',
    traceparent: motive.cause?.traceparent ?? '',
  };
}

/** A record with some groups replaced. */
export function withGroups(record: MigrationRecord, groups: readonly GroupRecord[]): MigrationRecord {
  const all = new Map(record.groups);
  for (const group of groups) all.set(group.state.name, group);
  return { ...record, groups: all };
}
