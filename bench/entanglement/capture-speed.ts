import { type Rig, startRig, until } from '@chronos/entanglement/testing/rig.ts';
import { cpuMs } from '../capture/child.ts';
import { table } from '../table.ts';
import { books } from './books.ts';
import { postmasterOf, treeCpuMs } from './cpu.ts';
import { followUpdates } from './updates.ts';

/** Rows that one transaction changes, as a booking's do. */
const rowsATransaction = 4;
/** What is measured begins behind this share: code is compiled, connections are open. */
const warmUpShare = 0.2;
/** A way that brings nothing for so long hangs; how long the whole takes is the machine's. */
const stalledAfterMs = 60_000;

export interface CaptureSpeed {
  readonly way: 'pgoutput, embedded' | 'Debezium on Kafka Connect';
  readonly changes: number;
  readonly seconds: number;
  readonly changes_per_second: number;
  /** CPU that capturing used: Chronos' process, and Connect where it reads the slot. */
  readonly chronos_cpu_seconds: number;
  readonly connect_cpu_seconds: number;
  readonly changes_per_core_second: number;
  /** CPU that the database used to decode one change, microseconds: of all changes, since it decodes ahead of those who read. */
  readonly database_us_a_change: number;
}

export interface CaptureSpeedOptions {
  readonly changes: number;
  readonly note: (line: string) => void;
}

/** Each way is given the same backlog, written while nobody read the slot, and reads it as fast as it can. */
export async function benchCaptureSpeed({ changes, note }: CaptureSpeedOptions): Promise<CaptureSpeed[]> {
  const rig = await startRig(books.entanglement, books.schema, 'debezium', { max_wal_size: '1GB' });
  try {
    const embedded = await measure(rig, 'pgoutput, embedded', 1, changes, note);
    const debezium = await measure(rig, 'Debezium on Kafka Connect', 1 + changes, changes, note);
    return [embedded, debezium];
  } finally {
    await rig.close();
  }
}

async function measure(
  rig: Rig,
  way: CaptureSpeed['way'],
  from: number,
  changes: number,
  note: (line: string) => void,
): Promise<CaptureSpeed> {
  const isDebezium = way === 'Debezium on Kafka Connect';
  const env = {
    CHRONOS_CDC: isDebezium ? 'debezium' : 'pgoutput',
    CHRONOS_DB_BOOKS_LEGACY_OWNED: '1',
    CHRONOS_DB_BOOKS_MODERN_OWNED: '1',
  };
  // The slot is made and its position known; then nobody reads.
  await rig.start(env);
  await rig.streaming();
  await rig.kill('SIGTERM');
  if (isDebezium) await rig.killConnect();
  note(`${way}: writes ${changes} changes`);
  await rig.legacy(
    `DO $$ BEGIN FOR n IN 0..${changes / rowsATransaction - 1} LOOP
       PERFORM pg_logical_emit_message(true, 'chronos', 'r' || n);
       INSERT INTO buchung SELECT 'n' || m, m, 'a note of some forty characters, number ' || m
         FROM generate_series(${from} + n * ${rowsATransaction}, ${from} + n * ${rowsATransaction} + ${rowsATransaction - 1}) m;
       COMMIT; END LOOP; END $$`,
  );
  const postmaster = await postmasterOf(rig.legacyUrl);
  const databaseBefore = await treeCpuMs(postmaster);
  let seen = 0;
  const updates = await followUpdates(rig.bus, (part) => {
    for (const { key } of part.changes) if (Number(key.slice(3, -2)) >= from) seen += 1;
  });
  if (isDebezium) await rig.startConnect();
  await rig.start(env);
  const usedNow = async () => ({
    atMs: performance.now(),
    seen,
    chronos: await cpuMs(rig.pid() ?? 0),
    connect: isDebezium ? await cpuMs(rig.connect()?.process.pid ?? 0) : 0,
  });
  await arrived(way, () => seen, changes * warmUpShare);
  const begin = await usedNow();
  note(`${way}: measures`);
  await arrived(way, () => seen, changes);
  const end = await usedNow();
  const databaseMs = (await treeCpuMs(postmaster)) - databaseBefore;
  await rig.streaming();
  await updates.close();
  await rig.kill('SIGTERM');
  const counted = end.seen - begin.seen;
  const seconds = (end.atMs - begin.atMs) / 1_000;
  const [chronos, connect] = [(end.chronos - begin.chronos) / 1_000, (end.connect - begin.connect) / 1_000];
  return {
    way,
    changes: counted,
    seconds,
    changes_per_second: Math.round(counted / seconds),
    chronos_cpu_seconds: chronos,
    connect_cpu_seconds: connect,
    changes_per_core_second: Math.round(counted / (chronos + connect)),
    database_us_a_change: Math.round((databaseMs * 1_000) / changes),
  };
}

/** Awaits so many changes. @throws Error that says how far it came when no more come */
async function arrived(way: string, seen: () => number, wanted: number): Promise<void> {
  for (let before = -1; seen() < wanted; ) {
    if (seen() === before)
      throw new Error(`${way}: nothing came for ${stalledAfterMs} ms after ${before} changes`);
    before = seen();
    await until('more changes', () => seen() >= wanted || seen() > before, stalledAfterMs).catch(
      () => undefined,
    );
  }
}

export function captureSpeedTable(results: readonly CaptureSpeed[]): string {
  const header = [
    'way',
    'changes',
    'changes/s',
    'changes/s a core',
    'CPU s: Chronos',
    'Connect',
    "database's µs a change",
  ];
  const rows = results.map((each) => [
    each.way,
    each.changes,
    each.changes_per_second,
    each.changes_per_core_second,
    each.chronos_cpu_seconds.toFixed(1),
    each.connect_cpu_seconds.toFixed(1),
    each.database_us_a_change,
  ]);
  return table(header, rows);
}
