import { create } from '@bufbuild/protobuf';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { afterEach, expect, jest, test } from '@jest/globals';
import { MalformedMessage } from '../../core/change/byte-reader.ts';
import type { Problem } from '../../core/change/preflight.ts';
import { MappingError } from '../../core/mapping/compile.ts';
import { Stopped } from '../cdc/stopped.ts';
import { mappingProblems } from '../mapping-problems.ts';
import type { CaptureDriver } from './capture-driver.ts';
import type { CaptureDeps, CaptureOptions } from './capture-options.ts';
import { problemsIn } from './problems-in.ts';
import { schemaChanged, tooMuchWal } from './session-problems.ts';
import { type MigrationPort, UniverseCapture } from './universe-capture.ts';

const limit = tooMuchWal('chronos_books', 3 << 20, 2 << 20);

let capture: UniverseCapture | undefined;
afterEach(() => capture?.stop());

/** What becomes of a capture whose stream ends by this error each time it is opened: the migration's pause, and whether the slot is gone by then. */
async function pausedBy(error: unknown, exceeded: Problem | undefined) {
  const paused = Promise.withResolvers<string>();
  let isDropped = false;
  const driver = {
    run: () => Promise.reject(error),
    giveUp: async () => {
      isDropped = true;
      return true;
    },
    exceeded: async () => exceeded,
  };
  begin(driver, { resumed: 0, pause: async (reason) => paused.resolve(reason) });
  return { reason: await paused.promise, isDropped };
}

function begin(driver: Partial<CaptureDriver>, migration: MigrationPort): UniverseCapture {
  const wanted = { migration: 'books', universe: 'legacy', slot: 's', publication: 'p', tables: [] };
  const options: Partial<CaptureOptions> = {
    universe: 'legacy',
    url: 'postgres://nowhere',
    owned: false,
    wanted,
    entanglement: create(EntanglementSchema),
  };
  const deps = {
    producer: { send: async () => undefined },
    topic: 'db-state-updates',
    partitions: 1,
    metrics: { slotDropped: () => undefined },
    nowUs: () => 0n,
    log: () => undefined,
  } as unknown as CaptureDeps;
  const store = { forgetColumns: async () => undefined };
  capture = new UniverseCapture({ ...options, store } as unknown as CaptureOptions, deps, migration, {
    run: async () => {},
    remove: async () => '',
    giveUp: async () => false,
    exceeded: async () => undefined,
    ...driver,
  });
  capture.start();
  return capture;
}

test('resumed although a mapped column is gone: it pauses again at once, by entity, field and column', async () => {
  const changed = schemaChanged('table public.konto has changed', 'books');
  const mapping = mappingProblems(
    new MappingError([
      'entity account, field note, legacy: table public.konto has no column text (it has nr)',
    ]),
  );
  let runs = 0;
  const port = { resumed: 0, reasons: [] as string[] };
  const again = Promise.withResolvers<void>();
  const made = begin(
    {
      run: () => {
        runs += 1;
        return Promise.reject(new Stopped(runs === 1 ? [changed] : mapping));
      },
    },
    {
      get resumed() {
        return port.resumed;
      },
      pause: async (reason) => {
        port.reasons.push(reason);
        if (port.reasons.length === 1) port.resumed += 1;
        else again.resolve();
      },
    },
  );
  await again.promise;
  expect(port.reasons[0]).toContain('table public.konto has changed');
  expect(port.reasons[1]).toMatch(/legacy: entity account, field note, .* no column text .* chronos apply/);
  expect(made.status.state).toBe('paused');
});

test('a slot that others read on while it waits: where they are is told, and after the word it is not paused for what was told before', async () => {
  const at = (text: string): Problem => ({
    code: 'slot-moved',
    message: text,
    remedy: 'verify',
    passing: false,
  });
  let [runs, looks] = [0, 0];
  const port = { resumed: 0, pause: async () => undefined };
  const streams = Promise.withResolvers<void>();
  const made = begin(
    {
      run: async (status) => {
        runs += 1;
        if (runs === 1) throw new Stopped([at('first')]);
        expect(status).toMatchObject({ state: 'starting', problems: [] });
        streams.resolve();
      },
      movedOn: async () => {
        looks += 1;
        if (looks > 1) port.resumed = 1;
        return looks > 1 ? undefined : at('read on');
      },
    },
    port,
  );
  const told = new Set<string | undefined>();
  const watching = setInterval(() => told.add(made.status.problems[0]?.message), 20);
  await streams.promise;
  clearInterval(watching);
  expect([...told]).toEqual(expect.arrayContaining(['first', 'read on']));
});

test('a stream that breaks again and again before it was measured does not fill the disk: at the limit the slot goes, the migration pauses', async () => {
  const { reason, isDropped } = await pausedBy(new Error('no free walsender'), limit);
  expect(isDropped).toBe(true);
  expect(reason).toMatch(/no free walsender.*keeps 3 MiB of WAL for slot chronos_books.*chronos verify/);
});

test.each([
  ['text that is none in its encoding', Object.assign(new Error('0xfc'), { code: '22021' })],
  ['a message that is none of the protocol', new MalformedMessage('unknown kind of message', 0)],
])('what stays unreadable however often it is read pauses at once: %s', async (_, error) => {
  const { reason, isDropped } = await pausedBy(error, undefined);
  expect(isDropped).toBe(true);
  expect(reason).toMatch(/a change in slot s cannot be read: .*chronos verify.*chronos resume/);
});

test('any other error is a database that is away, which time helps', () => {
  expect(problemsIn(new Error('refused'), 's')).toMatchObject([{ code: 'database-away', passing: true }]);
});

test('a stream that breaks for half a minute, of a database that answers, pauses the migration with its reason', async () => {
  let now = 0;
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => {
    now += 31_000;
    return now;
  });
  const { reason, isDropped } = await pausedBy(new Error('no pg_hba.conf entry for replication'), undefined);
  clock.mockRestore();
  expect(reason).toMatch(/legacy: the database cannot be read: no pg_hba.conf entry for replication → see/);
  expect(isDropped).toBe(false);
});
