import { setTimeout as delay } from 'node:timers/promises';
import { type Copy, JobState, type Verification } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { Code, ConnectError } from '@connectrpc/connect';

interface Job<M> {
  readonly state: M;
  run(signal: AbortSignal): Promise<void>;
}

interface Running<M> {
  readonly job: Job<M>;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
  readonly interrupt: (() => Promise<void>) | undefined;
}

type JobKind = 'verification' | 'copy';

/** How often watchers are told. */
const TELL_EVERY_MS = 500;
/** How often what a stopped job waits for is interrupted: it may begin to wait only then. */
const INTERRUPT_EVERY_MS = 250;

/** Jobs of one kind, at most one for a migration at a time. */
export class RunningJobs<M extends Verification | Copy> {
  readonly #kind: JobKind;
  readonly #log: (line: string) => void;
  readonly #running = new Map<string, Running<M>>();

  constructor(kind: JobKind, log: (line: string) => void) {
    this.#kind = kind;
    this.#log = log;
  }

  /** The one that runs for the migration. */
  of(migration: string): M | undefined {
    return this.#running.get(migration)?.job.state;
  }

  /** @throws ConnectError `already_exists` while one runs. */
  refuseSecond(migration: string): void {
    const running = this.of(migration);
    if (running !== undefined)
      throw new ConnectError(
        `a ${this.#kind} of ${migration} runs already: ${running.id}; chronos ${this.#kind === 'copy' ? 'copy' : 'verify'} --stop ${migration} ends it`,
        Code.AlreadyExists,
      );
  }

  /** Runs the job; `close` is called when it has ended, whatever the end, `interrupt` while it is asked to end and has not yet. */
  start(migration: string, job: Job<M>, close: () => Promise<void>, interrupt?: () => Promise<void>): M {
    const stop = new AbortController();
    const ended = job
      .run(stop.signal)
      .catch((error: unknown) => this.#log(`${this.#kind} of ${migration}: ${String(error)}`))
      .finally(() => {
        this.#running.delete(migration);
        return close();
      })
      .catch((error: unknown) => this.#log(`${this.#kind} of ${migration}: ${String(error)}`));
    this.#running.set(migration, { job, stop, ended, interrupt });
    return job.state;
  }

  /** Asks the job with this id to end; resolves once it has. False: it does not run. */
  async stop(migration: string, id: string): Promise<boolean> {
    const running = this.#running.get(migration);
    if (running?.job.state.id !== id) return false;
    running.stop.abort();
    await this.#ended(migration, running);
    return true;
  }

  async #ended(migration: string, running: Running<M>): Promise<void> {
    const { ended, interrupt } = running;
    while (interrupt !== undefined && this.#running.get(migration) === running) {
      await interrupt().catch(() => {});
      await Promise.race([ended, delay(INTERRUPT_EVERY_MS)]);
    }
    await ended;
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#running].map(([migration, { job }]) => this.stop(migration, job.state.id)));
  }

  /** The job's state now and then, the last when it has ended. */
  async *watch(migration: string, signal: AbortSignal): AsyncGenerator<M> {
    const running = this.#running.get(migration);
    if (running === undefined) return;
    const { job, ended } = running;
    while (job.state.state === JobState.RUNNING && !signal.aborted) {
      yield job.state;
      await Promise.race([ended, delay(TELL_EVERY_MS, undefined, { signal }).catch(() => {})]);
    }
    if (signal.aborted) return;
    await ended;
    yield job.state;
  }
}
