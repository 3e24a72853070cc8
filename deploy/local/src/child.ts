import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { errnoOf, LocalError, messageOf } from './errors.ts';
import type { Part } from './part.ts';
import { processStartTime } from './process-identity.ts';

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A running process group. */
export interface Child {
  readonly pid: number;
  readonly startTime: string;
  /** Settles when the group's leader has ended. */
  readonly exited: Promise<Exit>;
  running(): boolean;
  /** Sends a signal to the whole group; a group that has ended is no error. */
  signal(signal: NodeJS.Signals): void;
  /** Asks the group to end, and kills it after `withinMs`. */
  stop(signal: NodeJS.Signals, withinMs: number): Promise<Exit>;
}

/**
 * Starts a part as the leader of its own process group, output appended to a file: the part never waits for the supervisor to read, and
 * Ctrl-C at the terminal reaches only the supervisor, which ends the parts in order.
 */
export async function launch(part: Part, logPath: string): Promise<Child> {
  mkdirSync(dirname(logPath), { recursive: true });
  const log = openSync(logPath, 'a');
  let child: ChildProcess;
  try {
    child = spawn(part.command, part.args, {
      cwd: part.cwd,
      env: { ...process.env, ...part.env },
      uid: part.uid,
      gid: part.gid,
      stdio: ['ignore', log, log],
      detached: true,
    });
  } finally {
    closeSync(log);
  }
  const { pid } = child;
  if (pid === undefined) {
    const [error] = await once(child, 'error');
    throw new LocalError(
      `cannot start ${part.name}: ${messageOf(error)}`,
      `check that ${part.command} exists and may be run`,
      { cause: error },
    );
  }
  return new GroupLeader(child, pid);
}

class GroupLeader implements Child {
  readonly pid: number;
  readonly startTime: string;
  readonly exited: Promise<Exit>;
  #running = true;

  constructor(child: ChildProcess, pid: number) {
    this.pid = pid;
    // A process that has ended already has no start time; nothing will ever match the empty one.
    this.startTime = processStartTime(pid) ?? '';
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#running = false;
        // Whatever the leader left behind in its group ends with it.
        signalGroup(pid, 'SIGKILL');
        resolve({ code, signal });
      });
    });
  }

  running(): boolean {
    return this.#running;
  }

  signal(signal: NodeJS.Signals): void {
    if (this.#running) signalGroup(this.pid, signal);
  }

  async stop(signal: NodeJS.Signals, withinMs: number): Promise<Exit> {
    this.signal(signal);
    const timer = setTimeout(() => this.signal('SIGKILL'), withinMs);
    try {
      return await this.exited;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Signals a process group by its leader's pid; a group that no longer exists is no error. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // macOS answers EPERM for a group of which only zombies are left.
    if (!['ESRCH', 'EPERM'].includes(errnoOf(error) ?? '')) throw error;
  }
}
