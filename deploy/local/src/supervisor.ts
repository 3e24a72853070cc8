import { type BackoffPolicy, defaultBackoff } from './core/backoff.ts';
import { startWaves, stopGraceMs } from './core/order.ts';
import { LocalError } from './errors.ts';
import { boundLog } from './log-file.ts';
import { type Part, partDefaults } from './part.ts';
import { openStateDir, type StateDir } from './state-dir.ts';
import { type PartEvent, type PartState, SupervisedPart } from './supervised-part.ts';

export type { PartEvent, PartState } from './supervised-part.ts';

export interface SupervisorOptions {
  /** Locked while the supervisor lives: `logs/<part>.log`, `chronos.lock`, `pids.json`, and whatever the parts keep in it. */
  stateDir: string;
  onEvent?: (event: PartEvent) => void;
  backoff?: BackoffPolicy;
}

export interface PartStatus {
  name: string;
  state: PartState;
  pid: number | undefined;
  restarts: number;
  logPath: string;
}

/** All parts together end within this time; then nothing is left running. */
export const stopDeadlineMs = 4_500;
/** What each wave that still has to stop keeps for itself of the deadline. */
const waveReserveMs = 400;
const logCheckMs = 5_000;

/** Takes the state folder (see openStateDir for its errors) and returns a supervisor without parts. */
export async function openSupervisor(options: SupervisorOptions): Promise<Supervisor> {
  return new Supervisor(await openStateDir(options.stateDir), options);
}

/** Runs named parts, each a process group of its own, in the order of their dependencies, and ends them all in reverse. */
export class Supervisor {
  readonly #state: StateDir;
  readonly #parts = new Map<string, SupervisedPart>();
  readonly #onEvent: (event: PartEvent) => void;
  readonly #backoff: BackoffPolicy;
  readonly #logTimer: NodeJS.Timeout;
  readonly #killAll = () => {
    for (const supervised of this.#parts.values()) supervised.signal('SIGKILL');
  };
  #stopping: Promise<void> | undefined;

  constructor(state: StateDir, options: SupervisorOptions) {
    this.#state = state;
    this.#onEvent = options.onEvent ?? (() => undefined);
    this.#backoff = options.backoff ?? defaultBackoff;
    this.#logTimer = setInterval(() => this.#boundLogs(), logCheckMs).unref();
    // A supervisor that ends without stop(), by an uncaught error say, takes its parts along.
    process.once('exit', this.#killAll);
  }

  get stateDir(): string {
    return this.#state.path;
  }

  /** Parts that an earlier run had left behind and that were ended when this one opened. */
  get orphansEnded(): readonly string[] {
    return this.#state.orphansEnded;
  }

  /**
   * Starts parts, each as soon as all it comes after are ready; settles when all are. May be called again at any time, to add parts (a
   * new build, say). The first failure rejects, when the others have settled; what runs stays running: stop() or remove() ends it.
   */
  async start(parts: readonly Part[]): Promise<void> {
    this.#checkOpen();
    const running = new Set(this.#parts.keys());
    const ready = new Map<string, Promise<void>>();
    for (const part of startWaves(parts, running).flat()) {
      const supervised = this.#supervise(part);
      const before = (part.after ?? []).map((name) => ready.get(name));
      ready.set(
        part.name,
        Promise.all(before).then(() => this.#startOne(supervised)),
      );
    }
    const results = await Promise.allSettled(ready.values());
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Sends a signal to a part, as a fault would (SIGKILL by default); it is restarted if it is declared so. */
  kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): void {
    this.#find(name).signal(signal);
  }

  /** Stops a part and starts it again; settles when it is ready. */
  async restart(name: string): Promise<void> {
    this.#checkOpen();
    const supervised = this.#find(name);
    await supervised.stop(supervised.part.stopWithinMs ?? partDefaults.stopWithinMs);
    await this.#startOne(supervised);
  }

  /** Stops a part for good; its name is free again. */
  async remove(name: string, withinMs?: number): Promise<void> {
    const supervised = this.#find(name);
    await supervised.stop(withinMs ?? supervised.part.stopWithinMs ?? partDefaults.stopWithinMs);
    this.#parts.delete(name);
  }

  status(): PartStatus[] {
    return [...this.#parts.values()].map(({ part, state, child, restarts, logPath }) => ({
      name: part.name,
      state,
      pid: child?.pid,
      restarts,
      logPath,
    }));
  }

  /** Ends all parts in reverse order within `stopDeadlineMs` and gives the state folder back. Calling it again waits for the same end. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    clearInterval(this.#logTimer);
    const deadline = Date.now() + stopDeadlineMs;
    const waves = this.#stopWaves();
    for (const [index, wave] of waves.entries()) {
      const wavesAfter = waves.length - 1 - index;
      const remaining = deadline - Date.now();
      await Promise.all(
        wave.map((supervised) => {
          const wanted = supervised.part.stopWithinMs ?? partDefaults.stopWithinMs;
          return supervised.stop(stopGraceMs(wanted, remaining, wavesAfter, waveReserveMs));
        }),
      );
    }
    process.off('exit', this.#killAll);
    this.#state.release();
  }

  #stopWaves(): SupervisedPart[][] {
    const parts = [...this.#parts.values()].map(({ part }) => part);
    const names = new Set(this.#parts.keys());
    // A part may outlive one that it came after (remove()); what is gone orders nothing.
    const ordered = parts.map(({ name, after = [] }) => ({
      name,
      after: after.filter((other) => names.has(other)),
    }));
    return startWaves(ordered)
      .reverse()
      .map((wave) => wave.map(({ name }) => this.#find(name)));
  }

  #supervise(part: Part): SupervisedPart {
    const supervised = new SupervisedPart(part, {
      logPath: this.#state.logPath(part.name),
      backoff: this.#backoff,
      onEvent: this.#onEvent,
      onLaunch: () => this.#record(),
    });
    this.#parts.set(part.name, supervised);
    return supervised;
  }

  async #startOne(supervised: SupervisedPart): Promise<void> {
    this.#checkOpen();
    const { name } = supervised.part;
    if (this.#parts.get(name) !== supervised)
      throw new LocalError(`${name} was removed before it started`, '');
    await supervised.start();
  }

  /** An ended process may stay written down until the next start: its pid and start time match no other. */
  #record(): void {
    const processes = [...this.#parts.values()].flatMap(({ part, child }) =>
      child === undefined ? [] : [{ name: part.name, pid: child.pid, startTime: child.startTime }],
    );
    this.#state.record(processes);
  }

  #boundLogs(): void {
    for (const { logPath } of this.#parts.values()) boundLog(logPath);
  }

  #find(name: string): SupervisedPart {
    const supervised = this.#parts.get(name);
    if (supervised !== undefined) return supervised;
    throw new LocalError(`no part is named ${name}`, `the parts are: ${[...this.#parts.keys()].join(', ')}`);
  }

  #checkOpen(): void {
    if (this.#stopping !== undefined) throw new LocalError('the supervisor is stopping', '');
  }
}
