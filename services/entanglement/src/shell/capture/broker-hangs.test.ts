/** A broker that takes the connection and never answers (SIGSTOP) is what the limit on retained WAL is for. */
import { create } from '@bufbuild/protobuf';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { afterEach, expect, jest, test } from '@jest/globals';
import type { SourceEvent } from '../../core/change/source-event.ts';
import type { ChangeSource } from '../cdc/change-source.ts';
import { SerialSql, type Sql } from '../cdc/serial-sql.ts';
import { Stopped } from '../cdc/stopped.ts';
import type { CaptureDeps, CaptureOptions } from './capture-options.ts';
import { ChangeStream } from './change-stream.ts';
import { tooMuchWal } from './session-problems.ts';
import { newStatus } from './status.ts';
import { UniverseCapture } from './universe-capture.ts';

jest.setTimeout(30_000);

const table = { schema: 'public', name: 'konto' };
const options = {
  universe: 'legacy',
  url: 'postgres://nowhere',
  owned: false,
  wanted: { migration: 'books', universe: 'legacy', slot: 's', publication: 'p', tables: [] },
  entanglement: create(EntanglementSchema, { retainedWalMaxMib: 96 }),
  store: {
    columns: async () => new Map(),
    partitions: async () => [],
    writePartitions: async () => undefined,
    acknowledge: async () => undefined,
    forgetColumns: async () => undefined,
  },
} as unknown as CaptureOptions;

/** What the broker is asked, all of it in vain. */
function hangingDeps() {
  const sent: string[] = [];
  const deps = {
    producer: {
      send: (topic: string) => {
        sent.push(topic);
        return new Promise(() => undefined);
      },
      close: async () => undefined,
    },
    topic: 'db-state-updates',
    partitions: 8,
    metrics: { slotDropped: () => undefined, stateUpdate: () => undefined },
    nowUs: () => BigInt(Date.now()) * 1_000n,
    log: () => undefined,
    isReadByOthers: false,
    onChanges: () => undefined,
  } as unknown as CaptureDeps;
  return { deps, sent };
}

let capture: UniverseCapture | undefined;
afterEach(() => capture?.stop());

/** Transactions without end, each taken as fast as they are asked for; its end never comes (a consumer of that broker, say). */
function endless(): ChangeSource {
  let lsn = 1n;
  const batch = (): SourceEvent[] =>
    Array.from({ length: 500 }, () => {
      lsn += 3n;
      return [
        { kind: 'begin', xid: Number(lsn), commitLsn: lsn, committedAtUs: 0n },
        { kind: 'change', table, op: 'insert', before: null, after: { nr: String(lsn) }, lsn },
        { kind: 'commit', position: lsn + 1n },
      ] satisfies SourceEvent[];
    }).flat();
  let isClosed = false;
  return {
    async *events() {
      while (!isClosed) yield batch();
      throw new Error('closed');
    },
    confirm: () => undefined,
    close: () => {
      isClosed = true;
      return new Promise(() => undefined);
    },
  };
}

const side = {
  entity: 'account',
  table,
  lookups: [],
  kindOf: () => undefined,
  covers: () => true,
  canonical: () => ({ fields: [] }),
  key: () => '["1"]',
};

function streamWith(retainedMib: () => number, deps: CaptureDeps) {
  const answers: Sql = {
    query: (async (query: string | { text: string }) => {
      const text = typeof query === 'string' ? query : query.text;
      return text.includes('pg_replication_slots')
        ? { rows: [{ retained: String(retainedMib() * 2 ** 20), behind: '0', confirmed: '0/0' }] }
        : { rows: text.includes('clock_us') ? [{ clock_us: '0' }] : [] };
    }) as unknown as Sql['query'],
  };
  return new ChangeStream(options, deps, newStatus(), {
    source: endless(),
    sql: new SerialSql(answers),
    sides: [side as never],
    traces: undefined,
    completeSinceUs: 0n,
    untilLsn: undefined,
    version: 180_000,
    standing: { set: () => undefined },
    clock: { take: () => undefined },
    onChanges: () => undefined,
    log: () => undefined,
  });
}

test('the stream ends at the limit of retained WAL although nothing that was sent is ever answered', async () => {
  const { deps, sent } = hangingDeps();
  const stream = streamWith(() => (sent.length > 0 ? 100 : 10), deps);
  await expect(stream.run(new AbortController().signal)).rejects.toMatchObject({
    problems: [{ code: 'wal-limit', message: expect.stringContaining('keeps 100 MiB of WAL for slot s') }],
  });
});

test('a capture whose changes wait for room at the broker ends when it is told to', async () => {
  const { deps, sent } = hangingDeps();
  const stop = new AbortController();
  const running = streamWith(() => {
    if (sent.length > 0) stop.abort();
    return 10;
  }, deps).run(stop.signal);
  await running;
  expect(stop.signal.aborted).toBe(true);
});

test('then the slot is dropped and the migration paused, and the broker is asked only once to tell readers', async () => {
  const { deps, sent } = hangingDeps();
  const done: string[] = [];
  const twice = Promise.withResolvers<void>();
  const limit = tooMuchWal('s', 100 << 20, 96 << 20);
  capture = new UniverseCapture(
    options,
    deps,
    {
      resumed: 0,
      pause: async (reason) => {
        done.push(reason);
        if (done.filter((each) => each !== 'dropped').length === 3) twice.resolve();
      },
    },
    {
      run: () => Promise.reject(new Stopped([limit])),
      remove: async () => '',
      giveUp: async () => {
        done.push('dropped');
        return true;
      },
      exceeded: async () => undefined,
    },
  );
  capture.start();
  await twice.promise;
  expect(done.slice(0, 2)).toEqual(['dropped', expect.stringContaining('keeps 100 MiB of WAL')]);
  expect(sent).toHaveLength(1);
  expect(capture.status).toMatchObject({ state: 'paused', problems: [limit] });
});
