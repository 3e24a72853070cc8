import { DomainError } from '../../core/domain-error.ts';
import { type GroupRecord, isShadowOnly, type MigrationRecord } from '../../core/model.ts';
import { gateFor } from '../../core/orchestrator/decide.ts';
import { commandForWeight, type GroupCommand } from '../../core/orchestrator/group.ts';
import { weightOfPercent } from '../../core/orchestrator/policy.ts';
import { groupViewOf, type Surroundings, viewOf } from '../../core/view/migration-view.ts';
import { type Change, type Committed, commit, type Engine } from './engine.ts';
import { changedGroup, journalOf, type Motive, targets, withGroups } from './group-change.ts';

/** Pauses or resumes a group, or all of them. */
export function setPaused(
  engine: Engine,
  name: string,
  group: string,
  paused: boolean,
  motive: Pick<Motive, 'actor' | 'reason'>,
): Promise<Committed> {
  const event = paused ? 'pause' : 'resume';
  return commit(engine, name, (record, nowMs) =>
    changeGroups(engine, record, group, { ...motive, action: event }, nowMs, () => ({ event })),
  );
}

/**
 * Sets modern's share by hand: up to a step whose gate's evidence is there, or down to anything.
 *
 * @throws DomainError `refused` with what the gate waits for.
 */
export function setWeight(
  engine: Engine,
  name: string,
  group: string,
  percent: number,
  actor: string,
): Promise<Committed> {
  const weightBp = weightOfPercent(percent);
  if (Math.abs(percent * 100 - weightBp) > 1e-6) {
    throw new DomainError('invalid', 'the split is as fine as 0.01 %', {
      fields: [{ path: 'percent', message: `${percent} is finer than 0.01 %` }],
    });
  }
  return commit(engine, name, (record, nowMs) => {
    const surroundings = engine.world.surroundings(name, nowMs);
    for (const target of targets(record, group)) {
      if (weightBp <= target.state.weightBp) continue;
      requireAllowed(target, commandForWeight(target.state, weightBp), nowMs);
      requireOpenGate(record, target.state.name, weightBp, surroundings, nowMs);
    }
    const motive = { action: 'weight' as const, actor, reason: `set to ${percent} % by hand` };
    return changeGroups(engine, record, group, motive, nowMs, (target) =>
      commandForWeight(target.state, weightBp),
    );
  });
}

/** Applies one command to the groups meant. With one group that refuses, none changes; groups that need no change are passed over. */
export function changeGroups(
  engine: Engine,
  record: MigrationRecord,
  group: string,
  motive: Motive,
  nowMs: number,
  commandOf: (target: GroupRecord) => GroupCommand,
): Change | undefined {
  const surroundings = engine.world.surroundings(record.spec.name, nowMs);
  const changes = targets(record, group).flatMap((target) => {
    const result = changedGroup(target, commandOf(target), nowMs);
    if (result.kind === 'refused') throw refusal(target, result.why);
    if (result.kind === 'ignored') return [];
    const entry = journalOf(record, surroundings, target.state, result.group.state, motive, nowMs);
    return [{ group: result.group, entry }];
  });
  if (changes.length === 0) return undefined;
  return {
    record: withGroups(
      record,
      changes.map((change) => change.group),
    ),
    journal: changes.map((change) => change.entry),
  };
}

function requireAllowed(target: GroupRecord, command: GroupCommand, nowMs: number): void {
  const result = changedGroup(target, command, nowMs);
  if (result.kind === 'refused') throw refusal(target, result.why);
}

function refusal(target: GroupRecord, why: string): DomainError {
  return new DomainError('refused', `route group "${target.state.name}": ${why}`);
}

function requireOpenGate(
  record: MigrationRecord,
  group: string,
  weightBp: number,
  surroundings: Surroundings,
  nowMs: number,
): void {
  if (isShadowOnly(record, group)) {
    throw new DomainError('refused', `route group "${group}" is declared shadow_only: it never moves`);
  }
  const view = viewOf(record, surroundings);
  const step = view.policy.ladder.find((candidate) => candidate.weightBp === weightBp);
  if (step === undefined) {
    const steps = view.policy.ladder.map((candidate) => `${candidate.weightBp / 100} %`).join(', ');
    throw new DomainError('refused', `upwards only the ladder's steps are taken: ${steps}`);
  }
  if (view.deploying) throw new DomainError('refused', 'a deployment is under way');
  const gate = gateFor(view, groupViewOf(record, group, surroundings), step, nowMs);
  if (gate.open) return;
  throw new DomainError('refused', `route group "${group}" waits for ${gate.waitsFor}`);
}
