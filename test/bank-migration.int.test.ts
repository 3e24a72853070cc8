import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openCapsule } from '@chronos/cli/shell/open-capsule.ts';
import { verifyCapsule } from '@chronos/control-plane/shell/capsule/verify-capsule.ts';
import { freePort } from '@chronos/local/free-port.ts';
import { temporaryDir } from '@chronos/local/testing.ts';
import { expect, test } from '@jest/globals';
import pg from 'pg';

/** Below the limit of the test itself. */
const withinMs = 420_000;
const root = resolve(import.meta.dirname, '..');

interface Report {
  stages: {
    stage: string;
    modern_percent: number;
    entered_at: string;
    compared: number;
    mismatched: number;
    confidence: number;
  }[];
  requests: { sent: number; succeeded: number; failed: number };
  latency_ms: { p50: number; p99: number; max: number };
  coverage: { total: number; compared: number; races: number; lost: Record<string, number>; pending: number };
  mismatch_groups: { route: string; field: string; count: number; example_request_id: string }[];
  deployments: { universe: string; build: string }[];
  kills: unknown;
  sealed: { at: string; capsule: string } | null;
}

test('npm start tells the whole story: mirror, mismatches, a corrected build, 1 to 100 %, sealed', async () => {
  const dir = await temporaryDir('bank');
  const report = join(dir.path, 'report.json');
  const [api, port] = [await freePort(), await freePort()];
  const child = spawn(
    'npm',
    [
      'start',
      '--',
      '--exit',
      '--report',
      report,
      '--state',
      join(dir.path, 'state'),
      '--api',
      String(api),
      '--listen',
      `127.0.0.1:${port}`,
      // Half of what the demo sends: the machine of the tests may carry less than the one that it is shown on.
      '--tps',
      '50',
    ],
    { cwd: root, env: { ...process.env, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output = (output + chunk).slice(-100_000)));
  // What hangs is ended before the test is, so that its output shows where.
  const late = setTimeout(() => child.kill('SIGTERM'), withinMs);
  const code = await new Promise<number | null>((settle) => child.once('exit', settle));
  clearTimeout(late);
  try {
    if (code !== 0) throw new Error(`npm start ended with ${code}:\n${output}`);
    const got: Report = JSON.parse(readFileSync(report, 'utf8'));
    expect(got.requests.failed).toBe(0);
    expect(got.requests.sent).toBeGreaterThan(5_000);
    expect(got.stages.map((s) => s.modern_percent)).toEqual(expect.arrayContaining([0, 1, 5, 10, 50, 100]));
    const swap = got.stages.find((s) => s.modern_percent === 100);
    expect(swap?.confidence).toBeGreaterThanOrEqual(99.9);
    expect(swap?.mismatched).toBe(0);
    expect(
      got.mismatch_groups.some((g) => g.route.includes('AccrueInterest') && /interest|balance/.test(g.field)),
    ).toBe(true);
    expect(got.deployments.filter((d) => /modern/i.test(d.universe)).map((d) => d.build)).toEqual(
      expect.arrayContaining(['v1', 'v2']),
    );
    await isWholeAndOpens(got.sealed?.capsule ?? '');
    const lost = Object.values(got.coverage.lost).reduce((sum, n) => sum + n, 0);
    const { compared, races, pending, total } = got.coverage;
    expect(compared + races + lost + pending).toBe(total);
    expect(compared / total).toBeGreaterThan(0.99);
  } finally {
    await dir.dispose();
  }
}, 480_000);

/** Everything that was sealed is there and proven; tampering shows; legacy comes back with its books. */
async function isWholeAndOpens(capsule: string): Promise<void> {
  const { problems, manifest } = await verifyCapsule(capsule);
  expect(problems).toEqual([]);
  expect(manifest?.legacy_database).toMatchObject({
    state: 'archived',
    left_out: {},
    trial: { outcome: 'opened', rows: false },
  });
  expect(Object.keys(manifest?.files ?? {})).toEqual(
    expect.arrayContaining(['verification.json', 'legacy-database/tables.json', 'code.json']),
  );

  const opened = await openCapsule(capsule, { into: undefined, changedCode: false });
  try {
    expect((await fetch(`${opened.legacy}/healthz`)).status).toBe(200);
    const client = new pg.Client({ connectionString: opened.database });
    await client.connect();
    const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM ktostam');
    expect(rows[0]?.count).toBeGreaterThan(0);
    await client.end();
  } finally {
    await opened.close();
  }

  appendFileSync(join(capsule, 'legacy-database/rows-0001.jsonl.gz'), 'x');
  expect((await verifyCapsule(capsule)).problems).toEqual([
    expect.stringMatching(/^legacy-database\/rows-0001\.jsonl\.gz: was changed/),
  ]);
}
