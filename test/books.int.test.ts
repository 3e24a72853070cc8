/** The whole file of docs/entanglement.md on a whole stack: modern does something by itself, which holds the migration until a build that does not serves. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Stage, UniverseName } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ChronosRun, chronosRun } from './harness/chronos-run.ts';
import { until } from './harness/until.ts';

const docs = resolve(import.meta.dirname, '../docs');
let run: ChronosRun;

beforeAll(async () => {
  const file = await readFile(join(docs, 'entanglement/books.yaml'), 'utf8');
  // What the page shows is what runs.
  expect(await readFile(join(docs, 'entanglement.md'), 'utf8')).toContain(file.trimEnd());
  run = await chronosRun({
    migration: file
      .replace('127.0.0.1:8080', '"@LISTEN@"')
      .replaceAll('books.mjs', join(docs, 'entanglement/books.mjs')),
  });
  await run.mirrored('books', '/health');
}, 180_000);

afterAll(async () => {
  await run?.stop();
}, 60_000);

async function ask(n: number, path: string, body?: object) {
  const response = await fetch(`http://${run.listen}/accounts/${2 + (n % 8)}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'x-customer': `c${n % 20}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(15_000),
  });
  expect(response.status).toBeLessThan(300);
}

/** Bookings, looks, and interest that is booked after its answer. */
async function work(times: number) {
  for (let n = 0; n < times; n += 1) {
    await ask(n, '/bookings', { amount: '1.50' });
    await ask(n, '');
    if (n % 5 === 0) await ask(n, '/interest', {});
  }
}

async function chronos(...args: string[]) {
  const node = join(docs, '../node_modules/.bin/node');
  const main = join(docs, '../cli/src/main.ts');
  const { stdout } = await promisify(execFile)(node, [main, ...args, '--server', run.apiUrl]);
  return stdout;
}

const group = async () => (await run.state('books')).groups[0];
const within = { withinMs: 90_000, look: () => run.output() };

test('what modern does alone is taken back and holds the migration; status says why; it goes on with a build that does not', async () => {
  await work(8);
  const held = /without requests/;
  await until(
    'the migration is held',
    async () => held.test((await group())?.nextStep?.waitsFor ?? ''),
    within,
  );
  await until('it was taken back', async () => /taken back/.test(await chronos('status')), within);
  await work(30);
  expect(await group()).toMatchObject({ stage: Stage.SHADOW, mismatched: 0n });
  expect((await chronos('status')).replaceAll(/\s+/g, ' ')).toMatch(
    /waits for modern to do without requests what legacy does: .* 0 allowed/,
  );
  expect(await chronos('repairs')).toMatch(
    /modern written for tx:modern:.*\n {2}account \["1"\] removed: id 1, balance -0\.\d/,
  );

  await run.deployments.deploy({
    migration: 'books',
    universe: UniverseName.MODERN,
    what: { case: 'build', value: 'v2' },
    actor: 'test',
  });
  const goesOn = async () => {
    await work(5);
    return (await group())?.stage === Stage.CANARY;
  };
  await until('the migration goes on', goesOn, within);
  expect((await run.state('books')).kills).toBe(0);
}, 240_000);

test('who begins a verification stands in the journal; a stop of none is refused, and no decision', async () => {
  expect(await chronos('verify')).toContain('equal');
  await expect(chronos('verify', '--stop')).rejects.toThrow('no verification of books runs');
  const journal = await chronos('decisions');
  expect(journal).toMatch(/verification begun — both databases are compared row by row \(by \S+\)/);
  expect(journal).not.toContain('stopped');
}, 60_000);
