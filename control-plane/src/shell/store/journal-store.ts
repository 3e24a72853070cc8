import { createHash } from 'node:crypto';
import { chain, genesisHash, type JournalDraft, type JournalEntry } from '../../core/journal/entry.ts';
import type { Stage } from '../../core/orchestrator/stages.ts';
import type { Queryable } from './database.ts';

/** An entry as it is read: with what the proxies took to ACK, where something was pushed. */
export interface ReadJournalEntry extends JournalEntry {
  readonly ackMs: number | undefined;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Appends to a migration's journal inside the transaction that changes its state. Two writers cannot fork the chain: the second one's
 * sequence collides and its whole transaction fails.
 */
export async function appendJournal(
  tx: Queryable,
  migration: string,
  drafts: readonly JournalDraft[],
): Promise<JournalEntry[]> {
  if (drafts.length === 0) return [];
  const head = await tx.query<{ sequence: string; hash: string }>(
    'SELECT sequence, hash FROM journal WHERE migration = $1 ORDER BY sequence DESC LIMIT 1',
    [migration],
  );
  const last = head.rows[0];
  let previous = { sequence: BigInt(last?.sequence ?? 0), hash: last?.hash ?? genesisHash };
  const entries: JournalEntry[] = [];
  for (const draft of drafts) {
    const entry = chain(migration, previous, draft, sha256);
    await insert(tx, entry);
    entries.push(entry);
    previous = entry;
  }
  return entries;
}

/** Newest first, below `before`. */
export async function listJournal(
  db: Queryable,
  migration: string,
  page: { readonly before?: bigint | undefined; readonly limit: number },
): Promise<ReadJournalEntry[]> {
  const { rows } = await db.query<JournalRow>(
    `SELECT j.*, a.ack_ms FROM journal j LEFT JOIN journal_acks a USING (migration, sequence)
     WHERE migration = $1 AND ($2::bigint IS NULL OR sequence < $2) ORDER BY sequence DESC LIMIT $3`,
    [migration, page.before ?? null, page.limit],
  );
  return rows.map(entryOf);
}

/** Of all migrations, from this time on, oldest first; the newest {@link journalSinceMax}. */
export async function journalSince(db: Queryable, sinceMs: number): Promise<ReadJournalEntry[]> {
  const { rows } = await db.query<JournalRow>(
    `SELECT j.*, a.ack_ms FROM journal j LEFT JOIN journal_acks a USING (migration, sequence)
     WHERE at_ms >= $1 ORDER BY at_ms DESC, sequence DESC LIMIT ${journalSinceMax}`,
    [Math.floor(sinceMs)],
  );
  return rows.map(entryOf).reverse();
}

const journalSinceMax = 500;

export async function recordAck(
  db: Queryable,
  migration: string,
  sequences: readonly bigint[],
  ackMs: number,
): Promise<void> {
  if (sequences.length === 0) return;
  await db.query(
    `INSERT INTO journal_acks (migration, sequence, ack_ms) SELECT $1, sequence, $3 FROM unnest($2::bigint[]) AS sequence
     ON CONFLICT DO NOTHING`,
    [migration, sequences.map(String), ackMs],
  );
}

async function insert(tx: Queryable, e: JournalEntry): Promise<void> {
  await tx.query(
    `INSERT INTO journal (migration, sequence, grp, at_ms, action, from_stage, to_stage, from_weight_bp, to_weight_bp, actor, reason,
       evidence_json, request_id, traceparent, hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      e.migration,
      e.sequence.toString(),
      e.group,
      e.atMs,
      e.action,
      e.fromStage ?? null,
      e.toStage ?? null,
      e.fromWeightBp,
      e.toWeightBp,
      e.actor,
      e.reason,
      e.evidenceJson,
      e.requestId,
      e.traceparent,
      e.hash,
    ],
  );
}

interface JournalRow {
  migration: string;
  sequence: string;
  grp: string;
  at_ms: string;
  action: JournalEntry['action'];
  from_stage: Stage | null;
  to_stage: Stage | null;
  from_weight_bp: number;
  to_weight_bp: number;
  actor: string;
  reason: string;
  evidence_json: string;
  request_id: string;
  traceparent: string;
  hash: string;
  ack_ms: number | null;
}

function entryOf(row: JournalRow): ReadJournalEntry {
  return {
    migration: row.migration,
    sequence: BigInt(row.sequence),
    group: row.grp,
    atMs: Number(row.at_ms),
    action: row.action,
    fromStage: row.from_stage ?? undefined,
    toStage: row.to_stage ?? undefined,
    fromWeightBp: row.from_weight_bp,
    toWeightBp: row.to_weight_bp,
    actor: row.actor,
    reason: row.reason,
    evidenceJson: row.evidence_json,
    requestId: row.request_id,
    traceparent: row.traceparent,
    hash: row.hash,
    ackMs: row.ack_ms ?? undefined,
  };
}
