import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { signalGroup } from './child.ts';
import { errnoOf, LocalError, messageOf } from './errors.ts';
import { tryLock } from './file-lock.ts';
import { isRunning } from './process-identity.ts';

/** A part's process group as written down, so that a later start can end what a killed supervisor left behind. */
export interface RecordedProcess {
  name: string;
  pid: number;
  startTime: string;
}

/** A state folder held by this process alone. */
export interface StateDir {
  readonly path: string;
  /** Names of parts that an earlier, killed supervisor had left running and that were ended now. */
  readonly orphansEnded: readonly string[];
  logPath(part: string): string;
  /** Writes down which process groups run now, before anything else can happen. */
  record(processes: readonly RecordedProcess[]): void;
  release(): void;
}

/** Takes the folder's lock, or throws an error that names the process which has it; then ends what an earlier holder left running. */
export async function openStateDir(dir: string): Promise<StateDir> {
  const path = resolve(dir);
  makeFolders(path);
  const lock = tryLock(join(path, 'chronos.lock'));
  if (lock.kind === 'held') {
    throw new LocalError(
      `Chronos is already running with the state folder ${path} (process ${lock.holder.pid})`,
      `stop it with Ctrl-C or: kill ${lock.holder.pid}; or run a second one beside it with another folder: --state DIR`,
    );
  }
  const pidsFile = join(path, 'pids.json');
  try {
    const orphansEnded = await endOrphans(readRecorded(pidsFile));
    rmSync(pidsFile, { force: true });
    return {
      path,
      orphansEnded,
      logPath: (part) => join(path, 'logs', `${part}.log`),
      record: (processes) => writeWhole(pidsFile, JSON.stringify(processes)),
      release: () => {
        rmSync(pidsFile, { force: true });
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Not mkdir's own `recursive`: below a folder that takes none (/proc, say) Node 24.9 tries for ever, and no signal ends it. */
function makeFolders(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return;
  try {
    if (dirname(path) !== path) makeFolders(dirname(path));
    mkdirSync(path);
  } catch (cause) {
    if (errnoOf(cause) === 'EEXIST' && statSync(path).isDirectory()) return;
    if (cause instanceof LocalError) throw cause;
    throw new LocalError(
      `the folder ${path} cannot be made: ${messageOf(cause)}`,
      'choose a folder that this user may write: --state DIR',
      { cause },
    );
  }
}

const orphanGraceMs = 5_000;

/** Kills the recorded groups whose leader is still the process that was written down, and waits until they are gone. */
async function endOrphans(recorded: readonly RecordedProcess[]): Promise<string[]> {
  const orphans = recorded.filter(isRunning);
  // SIGKILL at once: their logs and databases are made for it, and whoever waits for them has ended already.
  for (const { pid } of orphans) signalGroup(pid, 'SIGKILL');
  const deadline = Date.now() + orphanGraceMs;
  for (;;) {
    const left = orphans.filter(isRunning);
    if (left.length === 0) return orphans.map(({ name }) => name);
    if (Date.now() > deadline) {
      const list = left.map(({ name, pid }) => `${name} (process ${pid})`).join(', ');
      throw new LocalError(
        `parts of an earlier run do not end: ${list}`,
        'end them by hand, then start again',
      );
    }
    await delay(20);
  }
}

/** The recorded processes; a missing or damaged file (a power cut, after which none of them runs) means none. */
function readRecorded(file: string): RecordedProcess[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isRecorded) : [];
  } catch {
    return [];
  }
}

function isRecorded(value: unknown): value is RecordedProcess {
  if (typeof value !== 'object' || value === null) return false;
  if (!('name' in value) || !('pid' in value) || !('startTime' in value)) return false;
  const { name, pid, startTime } = value;
  return typeof name === 'string' && Number.isInteger(pid) && typeof startTime === 'string';
}

function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
