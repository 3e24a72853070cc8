import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { freePort, isPortFree } from './free-port.ts';
import type { Part } from './part.ts';
import { processStartTime } from './process-identity.ts';
import { openSupervisor, type PartEvent, type Supervisor } from './supervisor.ts';
import { temporaryDir } from './testing.ts';

let dir: Awaited<ReturnType<typeof temporaryDir>>;
let supervisor: Supervisor;
let events: PartEvent[];

beforeEach(async () => {
  dir = await temporaryDir('supervisor');
  events = [];
  supervisor = await openSupervisor({
    stateDir: dir.path,
    onEvent: (event) => events.push(event),
    backoff: { delay_ms_first: 10, factor: 2, delay_ms_max: 100, restarts_max: 3, window_ms: 60_000 },
  });
});

afterEach(async () => {
  await supervisor.stop();
  await dir.dispose();
});

/** A part that runs a line of JavaScript; ready when it said so in its log. */
function script(name: string, code: string, more: Partial<Part> = {}): Part {
  const log = join(dir.path, 'logs', `${name}.log`);
  let starts = 0;
  return {
    name,
    command: process.execPath,
    args: ['-e', code],
    prepare: async () => {
      starts += 1;
    },
    ready: async () => existsSync(log) && readFileSync(log, 'utf8').split('READY').length - 1 >= starts,
    readyWithinMs: 10_000,
    restart: false,
    ...more,
  };
}

const idle = 'console.log("READY"); setInterval(() => {}, 1e6)';
const pidOf = (name: string) => supervisor.status().find((status) => status.name === name)?.pid;
const stateOf = (name: string) => supervisor.status().find((status) => status.name === name)?.state;

async function until(what: string, condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not within 10 s: ${what}; events: ${JSON.stringify(events)}`);
    await delay(5);
  }
}

describe('starting and stopping', () => {
  test('starts in order and stops in reverse order, leaving no process', async () => {
    await supervisor.start([
      script('proxy', idle, { after: ['service'] }),
      script('service', idle, { after: ['store'] }),
      script('store', idle),
    ]);
    const pids = supervisor.status().map(({ pid }) => pid!);
    await supervisor.stop();
    const order = (kind: PartEvent['kind']) =>
      events.filter((event) => event.kind === kind).map((event) => event.part);
    const starts = events.filter(({ kind }) => kind === 'starting' || kind === 'ready');
    expect(starts.map(({ kind, part }) => `${part} ${kind}`)).toEqual(
      ['store', 'service', 'proxy'].flatMap((part) => [`${part} starting`, `${part} ready`]),
    );
    expect(order('stopped')).toEqual(['proxy', 'service', 'store']);
    expect(pids.map(processStartTime)).toEqual([undefined, undefined, undefined]);
  });

  test('a part that ignores the request to end is killed, with its whole group, within 5 s', async () => {
    const stubborn = 'process.on("SIGTERM", () => {});';
    const child = `require("child_process").spawn(process.execPath, ["-e", '${stubborn} setInterval(() => {}, 1e6)'], {stdio: "inherit"})`;
    await supervisor.start([
      script('stubborn', `${stubborn} console.log("child", ${child}.pid); ${idle}`),
      script('second', `${stubborn} ${idle}`, { after: ['stubborn'] }),
    ]);
    const childPid = Number(
      /child (\d+)/.exec(readFileSync(join(dir.path, 'logs/stubborn.log'), 'utf8'))?.[1],
    );
    expect(processStartTime(childPid)).toBeDefined();
    const startedAt = Date.now();
    await supervisor.stop();
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    await until('the child of the part is gone', () => processStartTime(childPid) === undefined);
  });

  test('stopping during a start ends what has started, and the start rejects', async () => {
    const starting = supervisor.start([script('never-ready', 'setInterval(() => {}, 1e6)')]);
    const outcome = starting.then(
      () => 'started',
      (error: Error) => error.message,
    );
    await until('it runs', () => pidOf('never-ready') !== undefined);
    const pid = pidOf('never-ready')!;
    await supervisor.stop();
    expect(await outcome).toContain('never-ready ended (signal SIGTERM) before it was ready');
    expect(processStartTime(pid)).toBeUndefined();
  });

  test('parts may be added, killed, restarted and removed while others run', async () => {
    await supervisor.start([script('v1', idle)]);
    await supervisor.start([script('v2', idle, { after: ['v1'] })]);
    const first = pidOf('v2');
    await supervisor.restart('v2');
    expect(pidOf('v2')).not.toBe(first);
    await supervisor.remove('v1');
    expect(supervisor.status().map(({ name }) => name)).toEqual(['v2']);
    expect(() => supervisor.kill('v1')).toThrow('no part is named v1\n  → the parts are: v2');
  });
});

test('a part that is removed while it waits for another never starts', async () => {
  let open = false;
  const starting = supervisor.start([
    script('slow', idle, { ready: async () => open }),
    script('later', idle, { after: ['slow'] }),
  ]);
  const outcome = expect(starting).rejects.toThrow('later was removed before it started');
  await supervisor.remove('later');
  open = true;
  await outcome;
  expect(events.some((event) => event.kind === 'starting' && event.part === 'later')).toBe(false);
  expect(stateOf('slow')).toBe('ready');
});

describe('a part that fails', () => {
  test('is restarted after it was killed, and what it does is counted', async () => {
    await supervisor.start([script('arbiter', idle, { restart: true })]);
    const before = pidOf('arbiter');
    supervisor.kill('arbiter');
    await until('it is ready again', () => events.filter(({ kind }) => kind === 'ready').length === 2);
    expect(pidOf('arbiter')).not.toBe(before);
    expect(supervisor.status()[0]).toMatchObject({ state: 'ready', restarts: 1 });
    expect(events).toContainEqual({ kind: 'exited', part: 'arbiter', how: 'signal SIGKILL' });
    expect(events).toContainEqual({ kind: 'restarting', part: 'arbiter', attempt: 1, delayMs: 10 });
  });

  test('is given up after the restarts allowed', async () => {
    await supervisor.start([
      script('crashing', `${idle}; setTimeout(() => process.exit(7), 1)`, {
        restart: true,
        ready: async () => true,
      }),
    ]);
    await until('it is given up', () => stateOf('crashing') === 'failed');
    expect(events.filter(({ kind }) => kind === 'restarting').length).toBe(3);
    expect(events.at(-1)).toMatchObject({
      kind: 'failed',
      part: 'crashing',
      reason: expect.stringContaining('given up after 3 restarts'),
    });
  });

  test('is not restarted unless declared so', async () => {
    await supervisor.start([script('once', idle)]);
    supervisor.kill('once');
    await until('it failed', () => stateOf('once') === 'failed');
    expect(events.at(-1)).toEqual({ kind: 'failed', part: 'once', reason: 'ended with signal SIGKILL' });
  });

  test('says why it did not start: its last lines and its log', async () => {
    const broken = script('broken', 'console.error("cannot read the key"); process.exit(3)');
    await expect(supervisor.start([broken])).rejects.toThrow(
      /broken ended \(exit code 3\) before it was ready; its last lines:\ncannot read the key\n {2}→ see .*logs\/broken\.log/,
    );
  });

  test('keeps those from starting that come after it', async () => {
    const parts = [script('broken', 'process.exit(3)'), script('later', idle, { after: ['broken'] })];
    await expect(supervisor.start(parts)).rejects.toThrow('broken ended');
    expect(events.some((event) => event.part === 'later')).toBe(false);
  });

  test('a hanging readiness probe does not delay the deadline', async () => {
    const hanging = script('hanging', idle, {
      ready: () => new Promise(() => undefined),
      readyWithinMs: 300,
    });
    await expect(supervisor.start([hanging])).rejects.toThrow('hanging was not ready within 0.3 s');
  });

  test('a command that does not exist is named', async () => {
    const missing = script('missing', '', { command: '/nonexistent/envoy' });
    await expect(supervisor.start([missing])).rejects.toThrow(
      'check that /nonexistent/envoy exists and may be run',
    );
  });
});

test('a port in use is named with the part that needs it', async () => {
  const port = await freePort();
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  try {
    await expect(supervisor.start([script('kafka', idle, { ports: [port] })])).rejects.toThrow(
      `port ${port}, which kafka needs, is in use by another program`,
    );
  } finally {
    other.close();
    await once(other, 'close');
  }
  expect(await isPortFree(port)).toBe(true);
});

describe('the state folder', () => {
  const holders: ChildProcess[] = [];

  afterEach(() => {
    for (const holder of holders.splice(0)) holder.kill('SIGKILL');
  });

  /** Another process that holds a state folder and runs a part in it. */
  async function holdElsewhere(stateDir: string) {
    const holder = spawn(
      process.execPath,
      [join(import.meta.dirname, 'testdata/hold-state-dir.ts'), stateDir],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    holders.push(holder);
    const [line] = await once(holder.stdout, 'data');
    return { holder, sleeper: Number(String(line)) };
  }

  test('one that cannot be made is told in words, also where Node would try for ever', async () => {
    writeFileSync(join(dir.path, 'a-file'), '');
    for (const stateDir of ['/proc/chronos/run', join(dir.path, 'a-file/run')])
      await expect(openSupervisor({ stateDir })).rejects.toThrow(/cannot be made: .*\n.*--state DIR/);
  });

  test('a second start fails and names the process that has it', async () => {
    const stateDir = join(dir.path, 'second');
    const { holder, sleeper } = await holdElsewhere(stateDir);
    await expect(openSupervisor({ stateDir })).rejects.toThrow(
      new RegExp(
        `already running with the state folder .*second \\(process ${holder.pid}\\)\n.*kill ${holder.pid}`,
      ),
    );
    holder.kill('SIGINT');
    await once(holder, 'exit');
    expect(processStartTime(sleeper)).toBeUndefined();
  });

  test('a killed holder is taken over, and what it left running is ended', async () => {
    const stateDir = join(dir.path, 'orphans');
    const { holder, sleeper } = await holdElsewhere(stateDir);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(processStartTime(sleeper)).toBeDefined();
    const next = await openSupervisor({ stateDir });
    expect(next.orphansEnded).toEqual(['sleeper']);
    expect(processStartTime(sleeper)).toBeUndefined();
    await next.stop();
    expect(existsSync(join(stateDir, 'chronos.lock'))).toBe(false);
  });

  test('a pid that now belongs to another process is left alone', async () => {
    const stateDir = join(dir.path, 'reused');
    const bystander = spawn('sleep', ['3600'], { stdio: 'ignore', detached: true });
    holders.push(bystander);
    await (await openSupervisor({ stateDir })).stop();
    const left = { pid: bystander.pid, startTime: '1' };
    writeFileSync(join(stateDir, 'chronos.lock'), JSON.stringify(left));
    writeFileSync(join(stateDir, 'pids.json'), JSON.stringify([{ name: 'proxy', ...left }]));
    const next = await openSupervisor({ stateDir });
    expect(next.orphansEnded).toEqual([]);
    expect(processStartTime(bystander.pid!)).toBeDefined();
    await next.stop();
  });
});
