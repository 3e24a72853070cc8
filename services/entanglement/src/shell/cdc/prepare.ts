/** Everything between "a database is named" and "its changes stream": checks, publication, slot. */
import type pg from 'pg';
import { fullProblems, knowsGenerated } from '../../core/change/generated-identity.ts';
import {
  type DatabaseFacts,
  type Problem,
  problemsOf,
  problemsOfDebezium,
  type Wanted,
} from '../../core/change/preflight.ts';
import { foreignSlot, slotPlan } from '../../core/change/slot-plan.ts';
import { tableText } from '../../core/change/source-event.ts';
import type { CaptureStore } from '../store/capture-store.ts';
import { readFacts } from './database-facts.ts';
import { dropNamed, type FormerSlot, formerSlot } from './former-slot.ts';
import { publishGenerated, unpublish } from './generated-columns.ts';
import { setFullIdentity } from './identity.ts';
import { createSlot, dropSlot, ensurePublication, measureSlot, readServer } from './slot.ts';
import { Stopped } from './stopped.ts';

export interface PrepareOptions {
  readonly sql: pg.Client;
  readonly wanted: Wanted;
  /** The database is Chronos' own making: it may alter the tables' replica identity without asking. */
  readonly owned: boolean;
  readonly store: CaptureStore;
  /** Debezium reads the slot: that it is in use is well, that rows before are not told is not. */
  readonly isReadByOthers: boolean;
  readonly release: (slot: string) => Promise<void>;
  readonly nowUs: () => bigint;
  readonly warn: (text: string) => void;
}

/** A slot's creation waits for every transaction that is open; one that stays open must not keep us silent. */
const slotWithinMs = 15_000;

export interface Prepared {
  /** Since when the capture is without a gap. */
  readonly completeSinceUs: bigint;
  /** To be read before the slot that the file names. */
  readonly former: FormerSlot | undefined;
  readonly facts: DatabaseFacts;
}

/**
 * Checks first and touches nothing unless everything is well, but for a publication of its own that breaks the tables' own writes.
 *
 * @throws Stopped with all problems and their remedies.
 */
export async function prepareCapture(options: PrepareOptions): Promise<Prepared> {
  const { sql, wanted, owned, warn } = options;
  let facts = await readFacts(sql, wanted);
  // Of an earlier version, or under way while a column came: the tables' own writes must not fail by it, whatever else is wrong.
  const altered = knowsGenerated(facts) ? await publishGenerated(sql) : [];
  if (altered.length > 0) warn(`${altered.join(', ')}: publishes generated columns from now on`);
  const refusing = await unpublish(sql, facts, wanted);
  if (refusing.length > 0)
    warn(
      `${refusing.map(tableText).join(', ')}: taken out of publication ${wanted.publication}, by which their own updates and deletes failed`,
    );
  if (owned) {
    const partial = facts.tables.filter(
      (table) =>
        table.exists &&
        table.isOurs &&
        table.replicaIdentity !== 'full' &&
        fullProblems(facts, table).length === 0,
    );
    for (const { table } of partial) await setFullIdentity(sql, table);
    if (partial.length > 0) facts = await readFacts(sql, wanted);
  }
  const problems = options.isReadByOthers ? problemsOfDebezium(facts, wanted) : problemsOf(facts, wanted);
  if (problems.length > 0) throw new Stopped(problems);
  const former = await readFirst(options, facts);
  if (former !== undefined) return { ...former, facts };
  return { completeSinceUs: await ensureStream(options, facts), former: undefined, facts };
}

/** Where the file names another slot than the one that Chronos made, and that one is not read yet. */
async function readFirst(
  options: PrepareOptions,
  facts: DatabaseFacts,
): Promise<Pick<Prepared, 'completeSinceUs' | 'former'> | undefined> {
  const { sql, wanted, store, nowUs, isReadByOthers, owned } = options;
  const known = await store.read();
  if (known === undefined) return undefined;
  if (known.slot === wanted.slot) {
    if (known.next === undefined) return undefined;
    // It was named for a while.
    await dropNamed(sql, known.next, wanted.publication);
    await store.write({ ...known, next: undefined });
    return undefined;
  }
  // Debezium moves its slot by itself, and of one that is to be made anew nothing is needed.
  if (isReadByOthers || known.isToBeMade === true) return undefined;
  const server = await readServer(sql);
  if (known.server !== undefined && known.server !== server) return undefined;
  const former = await formerSlot({
    sql,
    wanted,
    store,
    known,
    nowUs,
    async check() {
      if (facts.slot !== undefined && !owned) throw new Stopped([foreignSlot(wanted.slot)]);
      if (facts.slot !== undefined) await dropSlot(sql, wanted.slot);
      await publish(options, facts);
    },
    make: () => createSlotInTime(sql, wanted.slot),
  });
  return former && { completeSinceUs: known.completeSinceUs, former };
}

/**
 * Reads on where the slot stands, or makes it. Only what the store says Chronos made is dropped, and a gap is told (once: then the store knows
 * of it) before anything is done about it.
 */
async function ensureStream(options: PrepareOptions, facts: DatabaseFacts): Promise<bigint> {
  const { sql, wanted, store, nowUs, release, owned, warn } = options;
  const known = await store.read();
  if (known !== undefined && known.slot !== wanted.slot) await dropRenamed(options, known.slot);
  const server = await readServer(sql);
  const confirmedLsn = (await measureSlot(sql, wanted.slot))?.confirmedLsn;
  const plan = slotPlan({
    name: wanted.slot,
    slot: facts.slot && { lost: facts.slot.lost, confirmedLsn: confirmedLsn ?? 0n },
    server,
    known,
    owned,
    isReadByOthers: options.isReadByOthers,
  });
  const acknowledgedLsn = options.isReadByOthers ? undefined : confirmedLsn;
  if (plan.kind === 'foreign') throw new Stopped([plan.problem]);
  if (plan.kind === 'gap') {
    // What comes is complete from here on, once people know what is missing before.
    const record = { slot: wanted.slot, completeSinceUs: nowUs(), server, acknowledgedLsn };
    await store.write({ ...record, isToBeMade: plan.next === 'make' });
    throw new Stopped([plan.problem]);
  }
  const isNew = await publish(options, facts);
  if (plan.kind === 'read' && !isNew) {
    if (known?.server !== server) await store.write({ ...plan.known, server, acknowledgedLsn });
    return plan.known.completeSinceUs;
  }
  if (plan.kind === 'read')
    warn(
      `slot ${wanted.slot} is made anew, for its publication lacked tables: what was not read yet is not told; chronos verify finds it`,
    );
  // First, lest a process that ends in between takes what it made itself for somebody else's.
  await store.write({ slot: wanted.slot, completeSinceUs: nowUs(), isToBeMade: true });
  if (facts.slot !== undefined) {
    await release(wanted.slot);
    await dropSlot(sql, wanted.slot);
  }
  const startLsn = await createSlotInTime(sql, wanted.slot);
  const completeSinceUs = nowUs();
  await store.write({
    slot: wanted.slot,
    completeSinceUs,
    server,
    acknowledgedLsn: options.isReadByOthers ? undefined : startLsn,
  });
  return completeSinceUs;
}

/** The file names another slot than the one that Chronos made, and that one cannot be read to its end. */
async function dropRenamed({ sql, wanted, release, warn }: PrepareOptions, before: string): Promise<void> {
  await release(before);
  if (await dropNamed(sql, before, wanted.publication))
    warn(
      `slot ${before} is dropped, for the migration file names ${wanted.slot} now: what was not read from it is not told; chronos verify finds it`,
    );
}

/** True when tables are published that were not before: the slot's backlog may lack their rows. */
async function publish({ sql, wanted }: PrepareOptions, facts: DatabaseFacts): Promise<boolean> {
  const published = facts.publication?.tables.map(tableText) ?? [];
  const missing = wanted.tables.filter((table) => !published.includes(tableText(table)));
  const isNew = facts.publication?.allTables !== true && missing.length > 0;
  if (facts.publication === undefined || isNew)
    await ensurePublication(sql, wanted.publication, {
      exists: facts.publication !== undefined,
      tables: wanted.tables,
      missing,
      slot: wanted.slot,
      generated: knowsGenerated(facts),
    });
  return isNew;
}

async function createSlotInTime(sql: pg.Client, slot: string): Promise<bigint> {
  await sql.query(`SET statement_timeout = ${slotWithinMs}`);
  try {
    return await createSlot(sql, slot);
  } catch (error) {
    if (!isTimeout(error)) throw error;
    throw new Stopped([openTransactions(await oldestTransaction(sql))]);
  } finally {
    await sql.query('RESET statement_timeout');
  }
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
