import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** A script of this folder as a process of its own; its last word on its first line is its port. */
export interface Script {
  readonly pid: number;
  readonly port: number;
  /** Asks for what it has counted. */
  counted(): Promise<Record<string, number>>;
  stop(): void;
}

export async function startScript(name: string, ...args: readonly string[]): Promise<Script> {
  const child = run(name, args);
  const nextLine = lineReader(child, name);
  const ready = await nextLine();
  return {
    pid: child.pid!,
    port: Number(ready.split(' ').at(-1)),
    async counted() {
      const line = nextLine();
      child.kill('SIGUSR2');
      return JSON.parse((await line).replace('counted ', ''));
    },
    stop: () => child.kill('SIGKILL'),
  };
}

/** Runs a script to its end; gives what it printed. */
export async function runScript(name: string, ...args: readonly string[]): Promise<string> {
  const child = run(name, args);
  let output = '';
  child.stdout!.on('data', (text) => {
    output += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
  return output;
}

/** CPU time that a process has used so far, user and system, all its threads. In steps of a tick (10 ms on Linux). */
export async function cpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // After the command in parentheses, which may hold anything: utime and stime are the 14th and 15th of all.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

// Should the benchmark end early, nothing stays behind.
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

function run(name: string, args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, name), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** The next line that a process prints; rejects if it ends instead. */
function lineReader(child: ChildProcess, name: string): () => Promise<string> {
  const lines = createInterface({ input: child.stdout! });
  const ended = once(child, 'exit').then(([code]): never => {
    throw new Error(`${name} ended with ${code}`);
  });
  ended.catch(() => {});
  return () => Promise.race([once(lines, 'line').then(([line]) => String(line)), ended]);
}
