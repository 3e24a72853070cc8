import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type FieldRule,
  FieldRule_RevocationSchema,
  FieldRuleSchema,
} from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { DomainError } from '../../../core/domain-error.ts';
import type { JournalDraft } from '../../../core/journal/entry.ts';
import type { MigrationRecord } from '../../../core/model.ts';
import type { Queryable } from '../../store/database.ts';
import { saveRule } from '../../store/field-rule-store.ts';
import { judgeAgain } from '../../store/observation-store.ts';
import { withNewEpoch } from '../deployment-record.ts';
import { type Change, commit, type Engine, note } from '../engine.ts';

/** Rules in force of one migration; more would not fit a record of the rules' topic, and nobody could oversee them. */
export const rulesMax = 1_000;

/** What becomes of a migration's field rules, and who says so. */
export interface RulesChange {
  readonly add?: readonly FieldRule[];
  readonly revoke?: readonly string[];
  readonly action: Extract<JournalDraft['action'], 'answer' | 'rule'>;
  readonly actor: string;
  readonly reason: string;
  readonly evidence?: JournalDraft['evidence'];
  readonly also?: (tx: Queryable) => Promise<void>;
}

/**
 * Adds and revokes rules: they are stored with the journal, the evidence of their groups begins anew, then the arbiters learn of it. A
 * control plane that dies in between publishes what it finds stored. `decide` runs in the queue and sees what holds then; undefined
 * changes nothing.
 *
 * @throws DomainError `not-found` when a rule to revoke is not in force, `refused` beyond {@link rulesMax} or once sealed.
 */
export async function changeRules(
  engine: Engine,
  migration: string,
  decide: (record: MigrationRecord, nowMs: number) => RulesChange | undefined,
): Promise<void> {
  const { record, entries } = await commit(engine, migration, (before, nowMs) => {
    const change = decide(before, nowMs);
    return change === undefined ? undefined : changed(engine, before, change, nowMs);
  });
  // Not waited for: what cannot be sent now is sent again, also by a control plane that starts anew.
  if (entries.length > 0) void engine.rules.publish(record);
}

function changed(engine: Engine, before: MigrationRecord, change: RulesChange, nowMs: number): Change {
  const { add = [], revoke = [], action, actor, reason, evidence = {} } = change;
  if (before.sealed !== undefined) throw new DomainError('refused', 'the migration is sealed');
  const revoked = revoke.map((id) => revokedRule(before, id, change, nowMs));
  const kept = before.fieldRules.filter(({ id }) => !revoke.includes(id));
  if (kept.length + add.length > rulesMax) {
    throw new DomainError('refused', `the migration has ${rulesMax} rules already; revoke some first`);
  }
  const groups = new Set([...add, ...revoked].map(({ group }) => group));
  const ruled = { ...before, fieldRules: [...kept, ...add], rulesRevision: before.rulesRevision + 1n };
  const surroundings = engine.world.surroundings(before.spec.name, nowMs);
  const [group = ''] = groups;
  const entry = (draft: JournalDraft): JournalDraft => ({ ...draft, group: groups.size === 1 ? group : '' });
  return {
    record: withNewEpoch(ruled, reason, surroundings, nowMs, groups),
    journal: [
      entry(
        note(action, nowMs, reason, { ...evidence, rules: [...add, ...revoked].map(({ id }) => id) }, actor),
      ),
      entry(note('epoch', nowMs, `evidence begins anew: ${reason}`)),
    ],
    also: async (tx) => {
      for (const rule of revoked) await saveRule(tx, before.spec.name, rule);
      for (const rule of [...add, ...revoked]) await judgeAgain(tx, { ...rule, migration: before.spec.name });
      await change.also?.(tx);
    },
  };
}

function revokedRule(
  record: MigrationRecord,
  id: string,
  { actor, reason }: RulesChange,
  nowMs: number,
): FieldRule {
  const rule = record.fieldRules.find((candidate) => candidate.id === id);
  if (rule === undefined) {
    throw new DomainError('not-found', `migration "${record.spec.name}" has no rule "${id}" in force`, {
      fields: [{ path: 'rule_id', message: 'see: chronos rules' }],
    });
  }
  const revoked = create(FieldRule_RevocationSchema, { actor, at: timestampFromMs(nowMs), reason });
  return create(FieldRuleSchema, { ...rule, revoked });
}
