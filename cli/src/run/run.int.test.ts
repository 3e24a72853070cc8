/** `chronos run` as a person starts it: a process of its own with real parts. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '@chronos/local/free-port.ts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { repositoryRoot } from '../shell/state-paths.ts';

const shop = resolve(import.meta.dirname, '../../testdata/run/shop.yaml');
const bin = join(repositoryRoot, 'cli/bin/chronos.mjs');

let dir = '';
let running: ChildProcess[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'chronos-run-'));
  running = [];
});

afterEach(async () => {
  for (const child of running) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
  rmSync(dir, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
  /** Settles when the output holds the text; rejects when the process ends without. */
  said(text: string): Promise<void>;
}

function chronos(...args: string[]): Run {
  const child = spawn(process.execPath, [bin, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  running.push(child);
  let output = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      for (const look of waiting) look();
    });
  }
  const ended = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null));
  return {
    child,
    output: () => output,
    ended,
    said: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (output.includes(text)) resolve();
        };
        waiting.add(look);
        look();
        void ended.then(() => reject(new Error(`chronos ended before it said "${text}":\n${output}`)));
      }),
  };
}

async function runShop(...args: string[]): Promise<Run & { listen: string }> {
  const listen = `127.0.0.1:${await freePort()}`;
  return { ...chronos('run', '-f', shop, '--state', dir, '--api', '0', '--listen', listen, ...args), listen };
}

/** Processes whose command line names the state folder: all parts of this run that have one, and nobody else's. */
function processesOfRun(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return command.includes(dir) ? [command] : [];
      } catch {
        return [];
      }
    });
}

const onLinux = existsSync('/proc/self/cmdline') ? test : test.skip;

describe('a whole migration', () => {
  test('of two small services: wrong build, right build, hot-swap, capsule, report', async () => {
    const reportFile = join(dir, 'report.json');
    const run = await runShop('--exit', '--report', reportFile, '--tps', '80');
    expect({ code: await run.ended, output: run.output() }).toMatchObject({ code: 0 });
    const output = run.output();
    for (const words of [
      'Parallel Universe legacy v0',
      'Parallel Universes:',
      'first mirrored request',
      'Hot-Swap',
      'Time Capsule',
    ])
      expect(output).toContain(words);
    const report = JSON.parse(readFileSync(reportFile, 'utf8'));
    expect(
      report.stages.map((entry: { stage: string; modern_percent: number }) => [
        entry.stage,
        entry.modern_percent,
      ]),
    ).toEqual([
      ['shadow', 0],
      ['canary', 10],
      ['swapped', 100],
      ['sealed', 100],
    ]);
    expect(report.requests).toMatchObject({ failed: 0, sent: report.requests.succeeded });
    expect(report.mismatch_groups[0]).toMatchObject({
      field: 'body.value',
      route: expect.stringContaining('/interest'),
    });
    expect(report.deployments.map((deployment: { build: string }) => deployment.build)).toEqual([
      'v0',
      'v1',
      'v2',
    ]);
    expect(existsSync(report.sealed.capsule)).toBe(true);
    const lost = Object.values<number>(report.coverage.lost).reduce((sum, count) => sum + count, 0);
    const { compared, races, pending, total } = report.coverage;
    expect(compared + races + lost + pending).toBe(total);
    expect(processesOfRun()).toEqual([]);
  }, 180_000);
});

describe('while one is running', () => {
  onLinux(
    'the commands find it, a second start is refused, Ctrl-C ends everything within 5 s',
    async () => {
      const run = await runShop('--only', 'interest', '--tps', '20');
      await run.said('first mirrored request');

      const api = JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')).api;
      const status = chronos('status', '--json', '--server', api);
      expect(await status.ended).toBe(0);
      expect(JSON.parse(status.output())).toMatchObject({
        state: { groups: [{ name: 'interest' }, { name: 'all', shadowOnly: true }] },
      });

      const second = await runShop();
      expect(await second.ended).toBe(1);
      expect(second.output()).toContain(`already running with the state folder ${dir}`);

      expect(processesOfRun().length).toBeGreaterThan(3);
      const askedAt = performance.now();
      run.child.kill('SIGINT');
      expect(await run.ended).toBe(130);
      expect(performance.now() - askedAt).toBeLessThan(5_500);
      expect(processesOfRun()).toEqual([]);
    },
    120_000,
  );
});

describe('refused before anything is started', () => {
  test('a port that is taken: which, for what, and what to do', async () => {
    const taken = createServer();
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const forApi = chronos('run', '-f', shop, '--state', dir, '--api', String(port));
    const forListen = chronos(
      'run',
      '-f',
      shop,
      '--state',
      dir,
      '--api',
      '0',
      '--listen',
      `127.0.0.1:${port}`,
    );
    expect([await forApi.ended, await forListen.ended]).toEqual([1, 1]);
    expect(forApi.output()).toMatch(new RegExp(`port ${port}, which the API needs, is in use[^]*--api PORT`));
    expect(forListen.output()).toMatch(new RegExp(`port ${port}, on which the Time Rift[^]*--listen`));
    taken.close();
  }, 30_000);

  test('--only that names nothing lists what it could name', async () => {
    const run = await runShop('--only', 'intrest');
    expect(await run.ended).toBe(2);
    expect(run.output()).toMatch(/Did you mean interest\?\n {2}accepted: all, never, interest, balance/);
  }, 30_000);
});
