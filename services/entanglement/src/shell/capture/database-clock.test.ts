import { afterEach, expect, test } from '@jest/globals';
import { Heartbeats } from '../cdc/heartbeats.ts';
import { Stopped } from '../cdc/stopped.ts';
import { DatabaseClock } from './database-clock.ts';
import { newStatus } from './status.ts';

const skewMs = 50;
const nowMs = 1_800_000_000_000;

/** A database whose clock is so far ahead of ours, and that takes `tookMs` to answer. */
function database(aheadMs: number, tookMs = 4) {
  let atMs = nowMs;
  const beginsMs = atMs;
  return {
    nowUs: () => BigInt(atMs) * 1_000n,
    sql: {
      async query() {
        const clock = beginsMs + aheadMs;
        atMs += tookMs;
        return { rows: [{ clock_us: String(clock * 1_000) }] };
      },
    },
  };
}

function clock() {
  const status = newStatus();
  const lines: string[] = [];
  return { status, lines, clock: new DatabaseClock(skewMs, status, (line) => lines.push(line)) };
}

async function problemOf(asked: Promise<void>): Promise<string> {
  const error = await asked.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (error === undefined) return '';
  if (!(error instanceof Stopped)) throw error;
  return error.problems.map(({ code, message, remedy }) => `${code}: ${message} → ${remedy}`).join();
}

test.each([
  ['as ours', 0, 4, ''],
  ['within what is declared', -40, 4, ''],
  ['behind by more', -80, 4, '80 ms behind'],
  ['ahead by more', 80, 4, '75 ms ahead of'],
  ['perhaps ahead, for all that the answer took', 80, 100, ''],
])('a database clock %s', async (_, aheadMs, tookMs, said) => {
  const { clock: watched, status, lines } = clock();
  const { sql, nowUs } = database(aheadMs, tookMs);
  await watched.ask(sql, nowUs);
  expect(status.warnings.join()).toContain(said);
  expect(status.warnings).toHaveLength(said === '' ? 0 : 1);
  expect(lines).toEqual(status.warnings);
});

test('a warning stands until the clock is right, and is said once', async () => {
  const { clock: watched, status, lines } = clock();
  for (const aheadMs of [-80, -81, 0]) {
    const { sql, nowUs } = database(aheadMs);
    await watched.ask(sql, nowUs);
  }
  expect(status.warnings).toEqual([]);
  expect(lines).toHaveLength(1);
});

test.each([
  ['behind', -120_000, '120000 ms behind'],
  ['ahead', 600_000, '599995 ms ahead of'],
])('a clock far %s stops the capture, with what is to be done', async (_, aheadMs, said) => {
  const { clock: watched } = clock();
  const { sql, nowUs } = database(aheadMs);
  const problem = await problemOf(watched.ask(sql, nowUs));
  expect(problem).toMatch(/^clock: .*the limit is 500 ms.* → .*NTP.*clock_skew_max/);
  expect(problem).toContain(said);
});

let beating: Heartbeats | undefined;
afterEach(() => beating?.stop());

test('a clock that jumps while changes are read ends the reading with the next heartbeat', async () => {
  const { clock: watched } = clock();
  const { sql, nowUs } = database(-120_000);
  const failure = await new Promise<Error>((onFailure) => {
    beating = new Heartbeats({
      sql: sql as never,
      capture: 's/1',
      prefix: 'chronos-heartbeat',
      version: 180_000,
      nowUs,
      onClock: (reading) => watched.take(reading),
      onFailure,
    });
  });
  expect(await problemOf(Promise.reject(failure))).toMatch(/^clock: /);
});
