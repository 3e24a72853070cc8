import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fromBinary } from '@bufbuild/protobuf';
import type { BusRecord } from '@chronos/bus/bus.ts';
import { Unit } from '@chronos/proto/chronos/v1/conversions_pb.js';
import { type StateUpdate, StateUpdateSchema } from '@chronos/proto/events/v1/state_update_pb.js';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { wantedOf } from '../../../core/change/declared.ts';
import { entitySide } from '../../../core/change/entity-side.ts';
import type { Column } from '../../../core/change/source-event.ts';
import { compileEntities } from '../../../core/mapping/compile.ts';
import { entanglement, testCatalog, testTable } from '../../../core/mapping/testing.ts';
import type { CaptureDeps, CaptureOptions } from '../../capture/capture-options.ts';
import { type CaptureStatus, newStatus } from '../../capture/status.ts';
import { catalogOf } from '../../catalog-of.ts';
import { entanglementMetrics } from '../../metrics.ts';
import type { CaptureRecord, CaptureStore } from '../../store/capture-store.ts';
import { Stopped } from '../stopped.ts';
import { installSqlite } from './by-hand.ts';
import { sqliteDriver } from './sqlite-driver.ts';

const declared = entanglement([
  {
    name: 'account',
    legacy: { table: 'KONTEN' },
    modern: { table: 'accounts' },
    key: ['id'],
    fields: [
      { name: 'id', legacy: 'KTONR', modern: 'id' },
      { name: 'customer', legacy: 'KDNR', modern: 'customer_id', old: { absent: '000000' } },
      {
        name: 'balance',
        legacy: 'SALDO',
        modern: 'balance',
        unit: Unit.MINOR_UNITS,
        old: { pad: '0', width: 15, trailingSign: true },
      },
    ],
  },
]);
const modern = testCatalog(testTable('accounts', { id: 'text', customer_id: 'text?', balance: 'numeric' }));

let dir: string;
let path: string;
let bank: DatabaseSync;
let sent: StateUpdate[];
let status: CaptureStatus;
let stop: AbortController;
let running: Promise<unknown>;
/** Resolved: Kafka takes what it is sent. */
let taking: Promise<unknown>;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'chronos-sqlite-'));
  path = join(dir, 'books.db');
  bank = new DatabaseSync(path);
  bank.exec('PRAGMA journal_mode = WAL');
  bank.exec('CREATE TABLE KONTEN (KTONR TEXT PRIMARY KEY NOT NULL, KDNR TEXT NOT NULL, SALDO TEXT NOT NULL)');
  [sent, status, stop, running] = [[], newStatus(), new AbortController(), Promise.resolve()];
  taking = Promise.resolve();
});

afterEach(async () => {
  stop.abort();
  await running.catch(() => undefined);
  bank.close();
  rmSync(dir, { recursive: true, force: true });
});

/** What it must remember beyond a process, kept in this one. */
function memoryStore(): CaptureStore {
  let record: CaptureRecord | undefined;
  let columns = new Map<string, readonly Column[]>();
  const store: Pick<CaptureStore, keyof CaptureStore> = {
    read: async () => record,
    write: async (given) => {
      record = given;
    },
    acknowledge: async () => undefined,
    toBeMade: async () => undefined,
    acknowledgeOffset: async () => undefined,
    topicOffset: async () => undefined,
    partitions: async () => undefined,
    writePartitions: async () => undefined,
    columns: async () => new Map(columns),
    writeColumns: async (table, list) => {
      columns.set(table, list);
    },
    forgetColumns: async () => {
      columns = new Map();
    },
    forget: async () => {
      record = undefined;
      columns = new Map();
    },
  };
  return store as CaptureStore;
}

function driver(owned: boolean, store = memoryStore()) {
  const spec = { name: 'bank', legacy: undefined, modern: undefined };
  const deps: CaptureDeps = {
    producer: {
      send: async (_, records: readonly BusRecord[]) => {
        await taking;
        sent.push(...records.map(({ value }) => fromBinary(StateUpdateSchema, value)));
      },
      close: async () => undefined,
    },
    topic: 'db-state-updates',
    partitions: 1,
    metrics: entanglementMetrics(
      () => [],
      () => [],
      async () => [],
    ),
    nowUs: () => BigInt(Date.now()) * 1_000n,
    log: () => undefined,
    openSource: () => Promise.reject(new Error('no slot is read')),
    isReadByOthers: false,
    release: async () => undefined,
    onChanges: () => undefined,
    traces: () => Promise.reject(new Error('no traces are read')),
  };
  const options: CaptureOptions = {
    universe: 'legacy',
    url: `sqlite:${path}`,
    owned,
    wanted: wantedOf(spec, declared, 'legacy'),
    entanglement: declared,
    store,
    sides: async () => {
      const legacy = await catalogOf(`sqlite:${path}`, ['public.KONTEN']);
      const entities = compileEntities(declared, { legacy, modern }, { mask: (text) => text });
      return entities.map((entity) => entitySide(entity, 'legacy'));
    },
  };
  return sqliteDriver(path, options, deps);
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !isSo(); ) {
    if (Date.now() > end) throw new Error('it does not come to pass');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Changes of each transaction, in words; marks of time as `time`. */
function told(): string[] {
  return sent.flatMap(({ what }) => {
    if (what.case !== 'transaction') return [];
    return what.value.changes.map(({ key, before, after }) => {
      const words = (vector: typeof before) =>
        vector?.fields.map(({ value }) => (value.case === 'text' ? value.value : value.case)).join(' ') ?? '';
      return `${what.value.commitLsn} ${key}: ${words(before)} → ${words(after)}`;
    });
  });
}

/** Salts of the write-ahead log, which change when it is begun anew. */
const generation = () => readFileSync(`${path}-wal`).toString('hex', 16, 24);

const watermarks = () => sent.filter(({ what }) => what.case === 'watermark');

describe('capture of a SQLite file', () => {
  test('installs its log where it may, tells canonical rows in order, forgets what the broker has, and leaves nothing', async () => {
    const capture = driver(true);
    running = capture.run(status, stop.signal);
    await until(() => status.state === 'streaming');
    bank.exec(`INSERT INTO KONTEN VALUES ('1', '000000', '000000000001234')`);
    bank.exec(`UPDATE KONTEN SET KDNR = 'C00001', SALDO = '000000000000005-'`);
    await until(() => told().length === 2);
    expect(told()).toEqual(['1 ["1"]:  → 12.34 null 1', '2 ["1"]: 12.34 null 1 → -0.05 C00001 1']);

    const atMs = Date.now();
    await until(() => Number(status.heartbeatAtUs ?? 0n) / 1_000 > atMs);
    const last = watermarks().at(-1)?.what;
    expect(last?.case === 'watermark' && last.value.emittedAt !== undefined).toBe(true);
    expect(sent.findLastIndex(({ what }) => what.case === 'transaction')).toBeLessThan(sent.length - 1);

    const waiting = () => Number(bank.prepare('SELECT count(*) AS n FROM chronos_log').get()?.n);
    await until(() => waiting() === 0);
    stop.abort();
    await running;
    expect(await capture.remove()).toContain('removed');
    expect(bank.prepare(`SELECT name FROM sqlite_schema WHERE name LIKE 'chronos%'`).all()).toEqual([]);
  });

  test("while Kafka takes nothing, SQLite's write-ahead log is begun anew all the same, and all is told afterwards", async () => {
    running = driver(true).run(status, stop.signal);
    await until(() => status.state === 'streaming');
    const kafka = Promise.withResolvers<void>();
    taking = kafka.promise;
    const first = generation();
    let booked = 0;
    await until(() => {
      for (const to = booked + 10; booked < to; booked += 1)
        bank.exec(`INSERT INTO KONTEN VALUES ('${booked}', '${'0'.repeat(30_000)}', '000000000000100')`);
      return generation() !== first;
    });
    expect(statSync(`${path}-wal`).size).toBeLessThan(64 * 2 ** 20);
    kafka.resolve();
    await until(() => told().length === booked);
    expect(new Set(told()).size).toBe(booked);
  });

  test('goes on where it was left: what was committed meanwhile comes, nothing twice', async () => {
    const store = memoryStore();
    running = driver(true, store).run(status, stop.signal);
    await until(() => status.state === 'streaming');
    bank.exec(`INSERT INTO KONTEN VALUES ('1', '000000', '000000000000100')`);
    await until(() => told().length === 1 && bank.prepare('SELECT 1 FROM chronos_log').get() === undefined);
    stop.abort();
    await running;
    const since = status.completeSinceUs;
    bank.exec(`DELETE FROM KONTEN`);
    [stop, status] = [new AbortController(), newStatus()];
    running = driver(true, store).run(status, stop.signal);
    await until(() => told().length === 2 && status.completeSinceUs !== undefined);
    expect(told()[1]).toBe('2 ["1"]: 1 null 1 → ');
    expect(status.completeSinceUs).toBe(since);
  });

  test('alters nothing that is not its own; the remedy is named', async () => {
    const [problem] = await driver(false)
      .run(status, stop.signal)
      .then(
        () => [],
        (error: unknown) => (error instanceof Stopped ? error.problems : []),
      );
    expect(problem).toMatchObject({
      code: 'log-missing',
      remedy: expect.stringContaining('chronos entangle install -f FILE --change-log'),
    });
    expect(bank.prepare(`SELECT name FROM sqlite_schema WHERE name LIKE 'chronos%'`).all()).toEqual([]);
  });

  test('stops when a table changes, until people have looked', async () => {
    const store = memoryStore();
    running = driver(true, store).run(status, stop.signal);
    await until(() => status.state === 'streaming');
    bank.exec('ALTER TABLE KONTEN ADD COLUMN SEIT TEXT');
    await expect(running).rejects.toThrow('table public.KONTEN has changed while it was captured: new: SEIT');
    await store.forgetColumns();
    status = newStatus();
    running = driver(true, store).run(status, stop.signal);
    await until(() => status.state === 'streaming');
    bank.exec(`INSERT INTO KONTEN VALUES ('1', '000000', '000000000000100', '19900105')`);
    await until(() => told().length === 1);
  });

  test('goes on after a new column, with what was logged before and after it was there', async () => {
    const store = memoryStore();
    running = driver(true, store).run(status, stop.signal);
    await until(() => status.state === 'streaming');
    const since = status.completeSinceUs ?? 0n;
    const kafka = Promise.withResolvers<void>();
    taking = kafka.promise;
    bank.exec(`INSERT INTO KONTEN VALUES ('1', '000000', '000000000000100')`);
    bank.exec('ALTER TABLE KONTEN ADD COLUMN SEIT TEXT');
    bank.exec(`INSERT INTO KONTEN VALUES ('2', '000000', '000000000000200', '19900105')`);
    kafka.resolve();
    await expect(running).rejects.toThrow('new: SEIT → see that the entities');
    await store.forgetColumns();
    status = newStatus();
    running = driver(false, store).run(status, stop.signal);
    await until(() => status.state === 'streaming');
    bank.exec(`INSERT INTO KONTEN VALUES ('3', '000000', '000000000000300', '19900105')`);
    await until(() => new Set(told()).size === 3);
    expect(
      told()
        .map((line) => line.split(' → ')[1])
        .toSorted()
        .at(-1),
    ).toBe('3 null 3');
    // Of the column nothing was logged before.
    expect(status.completeSinceUs).toBeGreaterThan(since);
  });

  test('says what to do when the rows of the log name a key that is not there any more', async () => {
    const store = memoryStore();
    running = driver(true, store).run(status, stop.signal);
    await until(() => status.state === 'streaming');
    stop.abort();
    await running;
    bank.exec(`INSERT INTO KONTEN VALUES ('1', '000000', '000000000000100')`);
    bank.exec(`UPDATE chronos_log SET new = '1'`);
    stop = new AbortController();
    running = driver(true, store).run(newStatus(), stop.signal);
    await expect(running).rejects.toThrow(
      /^the change log cannot be read: a row of KONTEN: .* → .*chronos verify/,
    );
    await expect(running).rejects.toBeInstanceOf(Stopped);
  });

  test('makes triggers of an earlier version anew, also in a file of others, and loses nothing', async () => {
    installSqlite(path, [{ schema: 'public', name: 'KONTEN' }], 2 ** 20);
    const sql = () =>
      String(bank.prepare(`SELECT sql FROM sqlite_schema WHERE name = 'chronos_KONTEN_u'`).get()?.sql);
    const now = sql();
    bank.exec(`DROP TRIGGER chronos_KONTEN_u; ${now.replace('BEGIN', 'BEGIN SELECT 1;')}`);
    const store = memoryStore();
    await store.write({
      slot: wantedOf({ name: 'bank' } as never, declared, 'legacy').slot,
      completeSinceUs: 5n,
    });
    bank.exec(`INSERT INTO KONTEN VALUES ('1', '000000', '000000000000100')`);
    running = driver(false, store).run(status, stop.signal);
    await until(() => told().length === 1);
    expect(sql()).toBe(now);
    expect(status.completeSinceUs).toBe(5n);
  });

  describe('a table that was rebuilt, and lost its triggers', () => {
    const rebuild = () =>
      bank.exec(`BEGIN; CREATE TABLE NEU (KTONR TEXT PRIMARY KEY NOT NULL, KDNR TEXT NOT NULL, SALDO TEXT NOT NULL);
        INSERT INTO NEU SELECT * FROM KONTEN; DROP TABLE KONTEN; ALTER TABLE NEU RENAME TO KONTEN; COMMIT;
        INSERT INTO KONTEN VALUES ('9', '000000', '000000000000900')`);

    test('is a gap, also where Chronos may make them anew; after the word of people it goes on', async () => {
      const store = memoryStore();
      const capture = driver(true, store);
      running = capture.run(status, stop.signal);
      await until(() => status.state === 'streaming');
      rebuild();
      await expect(running).rejects.toThrow('the triggers of KONTEN are gone');
      await capture.giveUp();
      await store.forgetColumns();
      status = newStatus();
      running = driver(true, store).run(status, stop.signal);
      await until(() => status.state === 'streaming');
      bank.exec(`DELETE FROM KONTEN WHERE KTONR = '9'`);
      await until(() => told().length === 1);
    });

    test('is a gap, though somebody has installed them meanwhile', async () => {
      const store = memoryStore();
      running = driver(true, store).run(status, stop.signal);
      await until(() => status.state === 'streaming');
      stop.abort();
      await running;
      rebuild();
      installSqlite(path, [{ schema: 'public', name: 'KONTEN' }], 2 ** 20);
      stop = new AbortController();
      running = driver(true, store).run(newStatus(), stop.signal);
      await expect(running).rejects.toThrow('the change log has a gap');
    });
  });
});
