import { setTimeout as delay } from 'node:timers/promises';
import { type Child, type Exit, launch } from './child.ts';
import { type BackoffPolicy, decideRestart } from './core/backoff.ts';
import { LocalError, messageOf } from './errors.ts';
import { checkPortsFree } from './free-port.ts';
import { type Part, partDefaults } from './part.ts';
import { describeExit, waitUntilReady } from './readiness.ts';

export type PartState = 'stopped' | 'starting' | 'ready' | 'restarting' | 'failed';

/** What happens to parts, for a status display. */
export type PartEvent =
  | { kind: 'starting'; part: string; pid: number }
  | { kind: 'ready'; part: string; pid: number; seconds: number }
  | { kind: 'exited'; part: string; how: string }
  | { kind: 'restarting'; part: string; attempt: number; delayMs: number }
  | { kind: 'failed'; part: string; reason: string }
  | { kind: 'stopped'; part: string };

export interface SupervisedPartContext {
  logPath: string;
  backoff: BackoffPolicy;
  onEvent: (event: PartEvent) => void;
  /** Called when a process was started, before anything else is done: from now on it must be found again, whatever happens. */
  onLaunch: () => void;
}

/** One part under supervision: its process, and what is done when that ends by itself. */
export class SupervisedPart {
  readonly part: Part;
  restarts = 0;
  state: PartState = 'stopped';
  child: Child | undefined;
  readonly #context: SupervisedPartContext;
  readonly #restartedAt: number[] = [];
  #restartTimer: NodeJS.Timeout | undefined;
  /** Settles, never rejects, when the start that is under way has ended either way. */
  #starting: Promise<unknown> = Promise.resolve();
  /** False while the part is meant to be down, so that its exit is no surprise. */
  #wanted = false;

  constructor(part: Part, context: SupervisedPartContext) {
    this.part = part;
    this.#context = context;
  }

  get logPath(): string {
    return this.#context.logPath;
  }

  /** Starts the part and settles when it is ready; a part that does not get ready is ended and reported by the rejection. */
  async start(): Promise<void> {
    this.#wanted = true;
    try {
      await this.#tracked(() => checkPortsFree(this.part.name, this.part.ports ?? []));
    } catch (error) {
      this.#wanted = false;
      this.state = 'failed';
      await this.#end();
      throw error;
    }
  }

  /** Ends the part for good, within the time given. */
  async stop(withinMs: number): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#restartTimer);
    await this.#end(withinMs);
    // A start under way sees that it is no longer wanted; should it have spawned just now, that process ends here.
    await Promise.race([this.#starting, delay(withinMs, undefined, { ref: false })]);
    await this.#end(0);
    if (this.state !== 'failed') this.state = 'stopped';
    this.#context.onEvent({ kind: 'stopped', part: this.part.name });
  }

  /** Signals the running process, as a test or a fault would: what follows is up to `restart`. */
  signal(signal: NodeJS.Signals): void {
    this.child?.signal(signal);
  }

  async #end(withinMs: number = this.part.stopWithinMs ?? partDefaults.stopWithinMs): Promise<void> {
    await this.child?.stop(this.part.stopSignal ?? partDefaults.stopSignal, withinMs);
  }

  #tracked(before?: () => Promise<void>): Promise<void> {
    const run = this.#run(before);
    this.#starting = run.catch(() => undefined);
    return run;
  }

  async #run(before?: () => Promise<void>): Promise<void> {
    const { part } = this;
    const { logPath, onEvent, onLaunch } = this.#context;
    const startedAt = Date.now();
    this.state = 'starting';
    await before?.();
    await part.prepare?.();
    if (!this.#wanted) throw new LocalError(`${part.name} was stopped while it started`, '');
    const child = await launch(part, logPath);
    this.child = child;
    onLaunch();
    onEvent({ kind: 'starting', part: part.name, pid: child.pid });
    void child.exited.then((exit) => this.#exited(child, exit));
    await waitUntilReady(part, child, logPath);
    // Seen here and not by #exited: between the last probe's answer and this line the process may have ended.
    if (!child.running())
      throw new LocalError(`${part.name} ended just after it was ready`, `see ${logPath}`);
    this.state = 'ready';
    onEvent({ kind: 'ready', part: part.name, pid: child.pid, seconds: (Date.now() - startedAt) / 1000 });
  }

  #exited(child: Child, exit: Exit): void {
    if (this.child !== child) return;
    const wasReady = this.state === 'ready';
    this.child = undefined;
    if (!this.#wanted) return;
    this.#context.onEvent({ kind: 'exited', part: this.part.name, how: describeExit(exit) });
    // An exit while starting is the rejection of that start; whoever awaits it decides.
    if (wasReady) this.#afterLoss(`ended with ${describeExit(exit)}`);
  }

  #afterLoss(reason: string): void {
    const { backoff, onEvent } = this.#context;
    const part = this.part.name;
    if (!this.part.restart) {
      this.#fail(reason);
      return;
    }
    const now = Date.now();
    const decision = decideRestart(backoff, this.#restartedAt, now);
    if (decision.kind === 'give-up') {
      this.#fail(
        `${reason}; given up after ${decision.restarts} restarts within ${backoff.window_ms / 1000} s`,
      );
      return;
    }
    this.#restartedAt.push(now);
    // Only those inside the policy's window are ever looked at again.
    if (this.#restartedAt.length > backoff.restarts_max) this.#restartedAt.shift();
    this.restarts += 1;
    this.state = 'restarting';
    onEvent({ kind: 'restarting', part, attempt: decision.attempt, delayMs: decision.delayMs });
    this.#restartTimer = setTimeout(() => void this.#restart(), decision.delayMs);
  }

  async #restart(): Promise<void> {
    try {
      await this.#tracked();
    } catch (error) {
      if (!this.#wanted) return;
      await this.#end();
      if (this.#wanted) this.#afterLoss(messageOf(error));
    }
  }

  #fail(reason: string): void {
    this.#wanted = false;
    this.state = 'failed';
    this.#context.onEvent({ kind: 'failed', part: this.part.name, reason });
  }
}
