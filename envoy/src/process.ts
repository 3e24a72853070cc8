import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Admin, adminAt } from './admin.ts';
import type { Bootstrap } from './bootstrap.ts';

const pollMs = 25;
const readyWithinMsDefault = 20_000;
const stopWithinMs = 2_000;
const logTailBytes = 2_000;
/** How long a listener that was taken away lets its clients finish. */
const drainSeconds = 5;

export interface EnvoyOptions {
  /** The Envoy binary. */
  readonly binary: string;
  /** Folder for bootstrap.json and envoy.log; made if missing. */
  readonly dir: string;
  readonly bootstrap: Bootstrap;
  /** The port in the bootstrap. */
  readonly adminPort: number;
  /** Worker threads; default: one a core. */
  readonly concurrency?: number;
  /** Default 20 s. Ready means: clusters, weights and listeners have come from the control plane. */
  readonly readyWithinMs?: number;
}

export interface EnvoyProcess {
  readonly pid: number;
  readonly admin: Admin;
  readonly logPath: string;
  /** Settles when the process has ended. */
  readonly exited: Promise<void>;
  /** Asks the process to end, and kills it after 2 s. */
  stop(): Promise<void>;
}

/** A command line, for whoever supervises the process. */
export interface EnvoyCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/** Writes the bootstrap below `dir` and says how to start Envoy with it. */
export async function prepareEnvoy(
  options: Pick<EnvoyOptions, 'binary' | 'dir' | 'bootstrap' | 'concurrency'>,
): Promise<EnvoyCommand> {
  await mkdir(options.dir, { recursive: true });
  const path = join(options.dir, 'bootstrap.json');
  await writeFile(path, JSON.stringify(options.bootstrap, null, 2));
  const { concurrency } = options;
  return {
    command: options.binary,
    args: [
      ...['--config-path', path],
      // Hot restart shares memory between processes by a number; two proxies on one machine would have to agree on it.
      '--disable-hot-restart',
      ...['--drain-time-s', String(drainSeconds), '--drain-strategy', 'immediate'],
      ...['--log-level', 'warning'],
      ...(concurrency === undefined ? [] : ['--concurrency', String(concurrency)]),
    ],
  };
}

/**
 * Starts Envoy and waits until it serves.
 * @throws Error with the end of its log when it ends first or is not ready in time; no process is left then.
 */
export async function startEnvoy(options: EnvoyOptions): Promise<EnvoyProcess> {
  const { command, args } = await prepareEnvoy(options);
  const logPath = join(options.dir, 'envoy.log');
  const log = await open(logPath, 'a');
  let child: ChildProcess;
  try {
    child = spawn(command, args, { stdio: ['ignore', log.fd, log.fd] });
    await once(child, 'spawn');
  } finally {
    await log.close();
  }
  const exited = once(child, 'exit').then(() => undefined);
  const stop = async () => {
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
    await exited;
    clearTimeout(killer);
  };
  const admin = adminAt(options.adminPort);
  const outcome = await ready(admin, exited, options.readyWithinMs ?? readyWithinMsDefault);
  if (outcome !== 'ready') {
    await stop();
    throw new Error(`Envoy ${outcome}; the end of ${logPath}:\n${await logTail(logPath)}`);
  }
  return { pid: child.pid!, admin, logPath, exited, stop };
}

async function ready(admin: Admin, exited: Promise<void>, withinMs: number): Promise<string> {
  const deadline = performance.now() + withinMs;
  const ended = exited.then(() => 'ended before it was ready');
  while (performance.now() < deadline) {
    const asked = admin.ready().catch(() => false);
    const answer = await Promise.race([asked, ended]);
    if (typeof answer === 'string') return answer;
    if (answer) return 'ready';
    await delay(pollMs);
  }
  return `was not ready within ${withinMs / 1000} s`;
}

async function logTail(path: string): Promise<string> {
  const text = await readFile(path, 'utf8');
  return text.slice(-logTailBytes);
}
