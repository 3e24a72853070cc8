import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startBank as startLegacy } from '@chronos/legacy-bank/server.ts';
// biome-ignore lint/style/noRestrictedImports: a test starts a real Postgres; the traffic itself does not know this package.
import { type TestPostgres, temporaryDir, withPostgres } from '@chronos/local/testing.ts';
import { BUILDS } from '@chronos/modern-bank/core/builds.ts';
import { startBank as startModern } from '@chronos/modern-bank/server.ts';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';

jest.setTimeout(60_000);

const main = join(import.meta.dirname, '../src/main.ts');
const jwtKey = 'a key that both universes have, 32+';
const children: ChildProcess[] = [];
let database: TestPostgres;
let dir: Awaited<ReturnType<typeof temporaryDir>>;

beforeAll(async () => {
  database = await withPostgres();
  dir = await temporaryDir('traffic');
});

afterAll(async () => {
  for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
  await database.dispose();
  await dir.dispose();
});

/** Runs the traffic to its end, or until it has sent so many requests. Returns its exit code, report and ledger. */
async function traffic(target: string, args: string[], stopAfter?: number) {
  const files = { ledger: join(dir.path, 'ledger.jsonl'), report: join(dir.path, 'report.json') };
  const child = spawn(
    process.execPath,
    [main, '--target', target, '--ledger', files.ledger, '--report', files.report, ...args],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  children.push(child);
  const exited = once(child, 'exit');
  const lines: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    lines.push(...text.split('\n').filter((line) => line.startsWith('{')));
    if (stopAfter !== undefined && Number(JSON.parse(lines.at(-1) ?? '{}').sent) >= stopAfter)
      child.kill('SIGTERM');
  });
  const [code] = await exited;
  const report = JSON.parse(await readFile(files.report, 'utf8'));
  const ledger = (await readFile(files.ledger, 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return { code, report, ledger, lines };
}

describe('traffic', () => {
  test('holds its rate, reports, and its ledger is what the bank has booked', async () => {
    const bank = await startLegacy({ port: 0, databaseUrl: database.url, jwtKey });
    const sql = new pg.Client({ connectionString: database.url });
    await sql.connect();
    try {
      const args = ['--tps', '100', '--customers', '80', '--duration', '4'];
      const { code, report, ledger, lines } = await traffic(`http://${bank.address}`, args);
      expect(code).toBe(0);
      expect(report.failures).toEqual({});
      expect(report.requests.failed).toBe(0);
      expect(report.requests.succeeded).toBe(report.requests.sent);
      expect(report.requests.sent).toBe(400);
      expect(report.latency_ms.max).toBeGreaterThanOrEqual(report.latency_ms.p50);
      expect(JSON.parse(lines[0]!)).toMatchObject({ sent: expect.any(Number), p50: expect.any(Number) });

      const { rows } = await sql.query('SELECT rtrim(aufkey) AS key FROM auftrag WHERE aufant IS NOT NULL');
      expect(ledger.map(({ key }) => key).sort()).toEqual(rows.map(({ key }) => key).sort());
      expect(ledger.length).toBeGreaterThan(50);
    } finally {
      await sql.end();
      await bank.close();
    }
  });

  test('stops on SIGTERM with its report; what fails is counted by reason', async () => {
    const modern = await withPostgres();
    jest.spyOn(console, 'error').mockImplementation(() => {});
    const bank = await startModern({ build: BUILDS.v1, port: 0, databaseUrl: modern.url, jwtKey });
    try {
      const { code, report } = await traffic(
        `http://${bank.address}`,
        ['--tps', '200', '--customers', '40'],
        1_000,
      );
      expect(code).toBe(0);
      expect(report.requests.sent).toBeGreaterThanOrEqual(1_000);
      expect(report.requests.succeeded + report.requests.failed).toBe(report.requests.sent);
      // The long loans of v1.
      expect(Object.keys(report.failures)).toEqual(['internal']);
    } finally {
      await bank.close();
      await modern.dispose();
    }
  });

  test('a bank that is not there is counted, not waited for', async () => {
    const { code, report } = await traffic('http://127.0.0.1:9', [
      '--tps',
      '50',
      '--duration',
      '1',
      '--customers',
      '10',
    ]);
    expect(code).toBe(0);
    expect(report.requests.failed).toBe(report.requests.sent);
    expect(report.failures).toEqual({ ECONNREFUSED: report.requests.sent });
  });
});
