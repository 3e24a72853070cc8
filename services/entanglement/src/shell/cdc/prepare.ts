/** Everything between "a database is named" and "its changes stream": checks, publication, slot. */
import type pg from 'pg';
import {
  type DatabaseFacts,
  type Problem,
  problemsOf,
  problemsOfDebezium,
  type Wanted,
  warningsOf,
} from '../../core/change/preflight.ts';
import { tableText } from '../../core/change/source-event.ts';
import type { CaptureStore } from '../store/capture-store.ts';
import { readFacts } from './database-facts.ts';
import { setFullIdentity } from './identity.ts';
import { createSlot, dropSlot, ensurePublication } from './slot.ts';
import { Stopped } from './stopped.ts';

export interface PrepareOptions {
  readonly sql: pg.Client;
  readonly wanted: Wanted;
  /** The database is Chronos' own making: it may alter the tables' replica identity without asking. */
  readonly owned: boolean;
  readonly retainedMaxMib: number;
  readonly store: CaptureStore;
  /** Debezium reads the slot: that it is in use is well, that rows before are not told is not. */
  readonly isReadByOthers: boolean;
  readonly release: (slot: string) => Promise<void>;
  readonly nowUs: () => bigint;
  readonly warn: (text: string) => void;
}

/** A slot's creation waits for every transaction that is open; one that stays open must not keep us silent. */
const slotWithinMs = 15_000;

/**
 * Checks first and touches nothing unless everything is well. Returns since when the capture is without a gap.
 *
 * @throws Stopped with all problems and their remedies.
 */
export async function prepareCapture(
  options: PrepareOptions,
): Promise<{ completeSinceUs: bigint; facts: DatabaseFacts }> {
  const { sql, wanted, owned, retainedMaxMib, warn } = options;
  let facts = await readFacts(sql, wanted);
  if (owned) {
    const partial = facts.tables.filter(
      (table) => table.exists && table.isOurs && table.replicaIdentity !== 'full',
    );
    for (const { table } of partial) await setFullIdentity(sql, table);
    if (partial.length > 0) facts = await readFacts(sql, wanted);
  }
  const problems = options.isReadByOthers ? problemsOfDebezium(facts, wanted) : problemsOf(facts, wanted);
  if (problems.length > 0) throw new Stopped(problems);
  for (const warning of warningsOf(facts, retainedMaxMib)) warn(warning);
  return { completeSinceUs: await ensureStream(options, facts), facts };
}

/** A slot whose backlog is unknown or lost is made anew: what it would tell has a beginning that nobody knows. */
async function ensureStream(
  { sql, wanted, store, nowUs, warn, release }: PrepareOptions,
  facts: DatabaseFacts,
): Promise<bigint> {
  const published = facts.publication?.tables.map(tableText) ?? [];
  const missing = wanted.tables.filter((table) => !published.includes(tableText(table)));
  const isNew = facts.publication?.allTables !== true && missing.length > 0;
  if (facts.publication === undefined || isNew)
    await ensurePublication(sql, wanted.publication, {
      exists: facts.publication !== undefined,
      tables: wanted.tables,
      missing,
    });
  const known = await store.read();
  if (facts.slot !== undefined && facts.slot.lost === undefined && known?.slot === wanted.slot && !isNew)
    return known.completeSinceUs;
  if (facts.slot?.lost !== undefined && known !== undefined)
    throw new Stopped([lostSlot(wanted.slot, facts.slot.lost)]);
  if (facts.slot === undefined && known?.slot === wanted.slot)
    warn(
      `slot ${wanted.slot} was gone: what happened while nobody read is not known; chronos verify finds what it left behind`,
    );
  if (facts.slot !== undefined) {
    await release(wanted.slot);
    await dropSlot(sql, wanted.slot);
  }
  await createSlotInTime(sql, wanted.slot);
  const completeSinceUs = nowUs();
  await store.write({ slot: wanted.slot, completeSinceUs });
  return completeSinceUs;
}

async function createSlotInTime(sql: pg.Client, slot: string): Promise<void> {
  await sql.query(`SET statement_timeout = ${slotWithinMs}`);
  try {
    await createSlot(sql, slot);
  } catch (error) {
    if (!isTimeout(error)) throw error;
    throw new Stopped([openTransactions(await oldestTransaction(sql))]);
  } finally {
    await sql.query('RESET statement_timeout');
  }
}

function lostSlot(slot: string, why: string): Problem {
  return {
    code: 'slot-lost',
    message: `slot ${slot} cannot be read any more: ${why}`,
    remedy:
      'it is made anew; verify the databases (chronos verify), then chronos resume; max_slot_wal_keep_size and idle_replication_slot_timeout say when the server gives a slot up',
    passing: false,
  };
}

function openTransactions(oldest: string): Problem {
  return {
    code: 'slot-in-use',
    message: `the slot cannot be made while a transaction is open: ${oldest}`,
    remedy: 'end that transaction, or wait for it; Chronos tries again',
    passing: true,
  };
}

async function oldestTransaction(sql: pg.Client): Promise<string> {
  const { rows } = await sql.query<{ text: string }>(
    `SELECT format('process %s (%s), since %s', pid, coalesce(nullif(application_name, ''), 'without a name'), xact_start) AS text
     FROM pg_stat_activity WHERE backend_xid IS NOT NULL ORDER BY xact_start LIMIT 1`,
  );
  return rows[0]?.text ?? 'a prepared one (SELECT * FROM pg_prepared_xacts)';
}

/** SQLSTATE 57014: cancelled by the statement timeout. */
function isTimeout(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '57014';
}
