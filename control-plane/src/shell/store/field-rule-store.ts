import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { type FieldRule, FieldRuleSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import type { Queryable } from './database.ts';

/** Rules in force by migration, oldest first. */
export async function loadRulesInForce(db: Queryable): Promise<Map<string, FieldRule[]>> {
  const { rows } = await db.query<FieldRuleRow>(
    'SELECT position, migration, body FROM field_rules WHERE NOT revoked ORDER BY position',
  );
  const rules = new Map<string, FieldRule[]>();
  for (const row of rows) rules.set(row.migration, [...(rules.get(row.migration) ?? []), ruleOf(row)]);
  return rules;
}

/** Writes a rule, or that it was revoked. Rules are never deleted: what once decided verdicts stays to be read. */
export async function saveRule(tx: Queryable, migration: string, rule: FieldRule): Promise<void> {
  await tx.query(
    `INSERT INTO field_rules (id, migration, revoked, body) VALUES ($1, $2, $3, $4)
     ON CONFLICT (id) DO UPDATE SET revoked = excluded.revoked, body = excluded.body`,
    [rule.id, migration, rule.revoked !== undefined, Buffer.from(toBinary(FieldRuleSchema, rule))],
  );
}

export async function getRule(db: Queryable, id: string): Promise<FieldRule | undefined> {
  const { rows } = await db.query<FieldRuleRow>(
    'SELECT position, migration, body FROM field_rules WHERE id = $1',
    [id],
  );
  return rows[0] === undefined ? undefined : ruleOf(rows[0]);
}

export interface StoredRule {
  readonly position: bigint;
  readonly rule: FieldRule;
}

/** Newest first, below `before`. */
export async function listRules(
  db: Queryable,
  filter: {
    readonly migration: string;
    readonly revoked: boolean;
    readonly before?: bigint | undefined;
    readonly limit: number;
  },
): Promise<StoredRule[]> {
  const { rows } = await db.query<FieldRuleRow>(
    `SELECT position, migration, body FROM field_rules
     WHERE migration = $1 AND ($2 OR NOT revoked) AND ($3::bigint IS NULL OR position < $3) ORDER BY position DESC LIMIT $4`,
    [filter.migration, filter.revoked, filter.before ?? null, filter.limit],
  );
  return rows.map((row) => ({ position: BigInt(row.position), rule: ruleOf(row) }));
}

interface FieldRuleRow {
  position: string;
  migration: string;
  body: Buffer;
}

function ruleOf({ body }: FieldRuleRow): FieldRule {
  return fromBinary(FieldRuleSchema, body);
}
