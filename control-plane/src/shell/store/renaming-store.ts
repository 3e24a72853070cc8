import { createHash } from 'node:crypto';
import { scalarText } from '@chronos/arbiter/core/judge/field-rule.ts';
import type { Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import type { Queryable } from './database.ts';

/** Pairs kept of one rule; what comes beyond is held against these only. */
const pairsMax = 100_000;
/** As arbiters name what a renaming accepted. */
const byRenaming = /^(?:answered|learned):renaming:(.+)$/;

interface Pair {
  readonly rule: string;
  readonly legacy: Buffer;
  readonly modern: Buffer;
}

/**
 * Remembers which of legacy's ids goes with which of modern's, in the transaction that stores the verdicts, and returns the rules that a
 * pair contradicts: one of legacy's ids with two of modern's, or two with one. Arbiters see one request at a time; only here all meet.
 */
export async function addRenamings(tx: Queryable, verdicts: readonly Verdict[]): Promise<Set<string>> {
  const pairs = verdicts.flatMap(pairsOf);
  if (pairs.length === 0) return new Set();
  const columns = [
    pairs.map(({ rule }) => rule),
    pairs.map(({ legacy }) => legacy),
    pairs.map(({ modern }) => modern),
  ];
  await tx.query(
    `INSERT INTO renamings (rule_id, legacy_hash, modern_hash)
     SELECT DISTINCT v.* FROM unnest($1::text[], $2::bytea[], $3::bytea[]) AS v (rule_id, legacy_hash, modern_hash)
     WHERE (SELECT count(*) FROM renamings r WHERE r.rule_id = v.rule_id) < ${pairsMax}
     ON CONFLICT DO NOTHING`,
    columns,
  );
  const { rows } = await tx.query<{ rule_id: string }>(
    `SELECT DISTINCT v.rule_id FROM unnest($1::text[], $2::bytea[], $3::bytea[]) AS v (rule_id, legacy_hash, modern_hash)
     JOIN renamings r ON r.rule_id = v.rule_id
       AND (r.legacy_hash = v.legacy_hash AND r.modern_hash <> v.modern_hash OR r.modern_hash = v.modern_hash AND r.legacy_hash <> v.legacy_hash)`,
    columns,
  );
  return new Set(rows.map((row) => row.rule_id));
}

function pairsOf({ differences }: Verdict): Pair[] {
  return differences.flatMap(({ rule, legacyJson, modernJson, cut }) => {
    const id = byRenaming.exec(rule)?.[1];
    if (id === undefined || cut) return [];
    return [{ rule: id, legacy: hash(legacyJson), modern: hash(modernJson) }];
  });
}

function hash(raw: string | undefined): Buffer {
  return createHash('sha256')
    .update(scalarText(raw) ?? '')
    .digest();
}
