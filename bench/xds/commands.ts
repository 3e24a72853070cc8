import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** Answers commands, one JSON object a line on stdin, with one JSON object a line on stdout, in order. Ends with stdin. */
export function answerCommands(
  handlers: Readonly<Record<string, (command: never) => object | Promise<object>>>,
): void {
  const lines = createInterface({ input: process.stdin });
  let before: Promise<unknown> = Promise.resolve();
  lines.on('line', (line) => {
    before = before.then(async () => {
      const command = JSON.parse(line) as { cmd: string };
      const handler = handlers[command.cmd];
      if (handler === undefined) throw new Error(`no command "${command.cmd}"`);
      process.stdout.write(`${JSON.stringify(await handler(command as never))}\n`);
    });
    before.catch((error: unknown) => {
      process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
      process.exit(1);
    });
  });
  lines.on('close', () => process.exit(0));
}

/** A process that answers commands. */
export interface Commanded {
  readonly pid: number;
  /** Rejects when the process ends instead of answering, or answers with an error. */
  ask<Answer>(command: { readonly cmd: string; readonly [key: string]: unknown }): Promise<Answer>;
  stop(): Promise<void>;
}

const STOP_WITHIN_MS = 2_000;
const running = new Set<ChildProcess>();
// Should the benchmark end early, nothing stays behind.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export function startCommanded(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Commanded {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  running.add(child);
  const waiting: { resolve: (answer: never) => void; reject: (error: Error) => void }[] = [];
  let over: string | undefined;
  const end = (why: string) => {
    over ??= why;
    running.delete(child);
    for (const { reject } of waiting.splice(0)) reject(new Error(over));
  };
  child.once('error', (error) => end(`${program}: ${error.message}`));
  child.once('exit', (code, signal) => end(`${args.at(-1)} ended with ${signal ?? `code ${code}`}`));
  // A process that went away is told by its exit.
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as { error?: string };
    const next = waiting.shift();
    if (answer.error !== undefined) next?.reject(new Error(answer.error));
    else next?.resolve(answer as never);
  });
  return {
    pid: child.pid ?? 0,
    ask: (command) =>
      new Promise((resolve, reject) => {
        if (over !== undefined) return reject(new Error(over));
        waiting.push({ resolve, reject });
        child.stdin.write(`${JSON.stringify(command)}\n`);
      }),
    async stop() {
      if (over !== undefined) return;
      const exited = once(child, 'exit');
      // Both programs end with their input.
      child.stdin.end();
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await exited;
      clearTimeout(late);
    },
  };
}

/** Resident memory of a process in MB, now and at its highest; NaN where the system does not tell (/proc is Linux's). */
export function memoryMb(pid: number | 'self'): { readonly now: number; readonly peak: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const read = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024;
    return { now: read('VmRSS'), peak: read('VmHWM') };
  } catch {
    return { now: Number.NaN, peak: Number.NaN };
  }
}
