import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '@chronos/local/free-port.ts';
import { Stage, UniverseName } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { afterAll, expect, test } from '@jest/globals';
import { type ChronosRun, chronosRun } from './harness/chronos-run.ts';
import { until } from './harness/until.ts';

const tutorial = resolve(import.meta.dirname, '../docs/tutorial');
const services: ChildProcess[] = [];
let run: ChronosRun | undefined;
let dir: string | undefined;

afterAll(async () => {
  await run?.stop();
  for (const service of services) service.kill('SIGKILL');
  if (dir !== undefined) await rm(dir, { recursive: true, force: true });
}, 60_000);

async function startService(command: string, script: string): Promise<string> {
  const port = await freePort();
  const child = spawn(command, [script, String(port)], { stdio: 'inherit' });
  services.push(child);
  await until(`${script} answers`, () => fetch(`http://127.0.0.1:${port}/`).then((r) => r.status === 404), {
    withinMs: 10_000,
  });
  return `127.0.0.1:${port}`;
}

/** The tutorial's loop of curl, in the same proportions. */
async function askForQuotes(listen: string, count: number): Promise<Set<number>> {
  const statuses = new Set<number>();
  for (let i = 0; i < count; i++) {
    const response = await fetch(`http://${listen}/quote?amount=${(i % 20) * 1_000}&months=${12 + (i % 5)}`, {
      headers: { 'x-customer': `c${i % 50}` },
    });
    await response.text();
    statuses.add(response.status);
  }
  return statuses;
}

test('two services that know nothing of Chronos are migrated as the tutorial says', async () => {
  const text = await readFile(join(tutorial, 'quotes.yaml'), 'utf8');
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(20);
  const legacy = await startService('python3', join(tutorial, 'legacy.py'));
  const modern = await startService('node', join(tutorial, 'modern.mjs'));
  run = await chronosRun({
    migration: text
      .replace('127.0.0.1:8080', '"@LISTEN@"')
      .replace('127.0.0.1:8001', legacy)
      .replace('127.0.0.1:8002', modern),
  });
  const { listen } = run;
  const started = run;
  await until(
    'the proxy answers',
    () => fetch(`http://${listen}/quote?amount=1&months=1`).then((r) => r.status === 200),
    { withinMs: 30_000, look: run.output },
  );

  expect(await askForQuotes(listen, 100)).toEqual(new Set([200]));
  const [first] = await until(
    'the mismatch shows',
    async () => {
      const { groups } = await started.verdicts.listMismatchGroups({ migration: 'quotes' });
      return groups.length >= 2 && groups;
    },
    { withinMs: 30_000, look: run.output },
  );
  expect(['body.fee', 'body.monthly']).toContain(first?.field);
  await until(
    'chronos mismatches says which requests',
    async () => {
      const { groups } = await started.verdicts.listMismatchGroups({ migration: 'quotes' });
      return (
        groups.length === 2 &&
        groups.every(({ explanation }) => explanation.includes('request.query.amount = 10000'))
      );
    },
    { withinMs: 60_000, look: run.output },
  );

  dir = await mkdtemp(join(tmpdir(), 'chronos-tutorial-'));
  const fixed = join(dir, 'modern-fixed.mjs');
  await writeFile(
    fixed,
    (await readFile(join(tutorial, 'modern.mjs'), 'utf8')).replace(
      'amountCents > 10_000_00n',
      'amountCents >= 10_000_00n',
    ),
  );
  const address = await startService('node', fixed);
  await run.deployments.deploy({
    migration: 'quotes',
    universe: UniverseName.MODERN,
    what: { case: 'address', value: address },
  });

  await until(
    'the hot-swap',
    async () => {
      expect(await askForQuotes(listen, 50)).toEqual(new Set([200]));
      return (await started.state('quotes')).groups[0]?.stage === Stage.SWAPPED;
    },
    { withinMs: 90_000, look: run.output },
  );
  const { state } = await run.migrations.sealMigration({ name: 'quotes', actor: 'reader' });
  expect(state?.sealed?.capsule).toBeTruthy();
  services[0]?.kill('SIGKILL');
  expect(await askForQuotes(listen, 20)).toEqual(new Set([200]));
}, 240_000);
