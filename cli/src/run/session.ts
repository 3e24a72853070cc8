import { setTimeout as delay } from 'node:timers/promises';
import { durationMs } from '@bufbuild/protobuf/wkt';
import type { Supervisor } from '@chronos/local/supervisor.ts';
import { type MigrationState, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import type { MigrationSource } from '../commands/migration-source.ts';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { deadEndOf, failureOf, isDone, isSettled } from '../core/run/outcome.ts';
import type { Embedded } from './embedded.ts';
import { LogFollower } from './follow-log.ts';
import { followMigration } from './follow-migration.ts';
import type { RunOptions } from './options.ts';
import { partNames } from './part-names.ts';
import { proxyAnswers } from './proxy-answers.ts';
import { listMismatches } from './report-file.ts';
import type { Story } from './story.ts';
import type { Terminal } from './terminal.ts';
import { trafficPart } from './traffic-part.ts';

const lookMs = 1_000;
/** Until requests are answered, every moment counts. */
const lookEarlyMs = 150;
/** The traffic's time to finish at the end of a migration, when nobody waits for Ctrl-C. */
const trafficEndMs = 20_000;
/** What judging needs beyond the join deadline. */
const settleSlackMs = 3_000;
/** What legacy's last requests, its end and the archive of its database take besides. */
const archiveSlackMs = 90_000;
/** A dead end must last this long: between a deployment's end and the start that follows it, it looks like one. */
const deadEndMs = 5_000;
/** How long the traffic waits for the start that the file asks for. */
const startWithinMs = 20_000;
/** An interrupted run asks for its last figures, but not for long. */
const hurriedMs = 400;

export interface SessionOptions {
  readonly options: RunOptions;
  readonly source: MigrationSource;
  readonly supervisor: Supervisor;
  readonly terminal: Terminal;
  readonly story: Story;
  readonly embedded: Embedded;
  readonly signal: AbortSignal;
}

/** The time between the start of all parts and their end: the story is told, the traffic started, the end recognised. */
export class Session {
  readonly #context: SessionOptions;
  readonly #following = new AbortController();
  readonly #trafficLog: LogFollower;
  /** Both universes serve and the proxy has its configuration; from then on, the traffic runs. */
  #isAnswering = false;
  #deadEndSinceMs: number | undefined;
  #startAwaitedSinceMs: number | undefined;

  constructor(context: SessionOptions) {
    this.#context = context;
    this.#trafficLog = new LogFollower(context.embedded.folder.sub(`logs/${partNames.traffic}.log`));
  }

  /** Settles when the migration is done (with --exit); throws when it ended badly or was interrupted. */
  async run(check: () => void): Promise<void> {
    const { options, source, story, signal } = this.#context;
    const { name, listen } = source.migration;
    story.begin(name, `http://${listen}`);
    // A defect in telling the story ends the run like any other; it must not look like a control plane that is away.
    let defect: unknown;
    this.#follow().catch((error: unknown) => {
      defect = error;
    });
    this.#tellHowItGoesOn();
    while (!signal.aborted) {
      check();
      if (defect !== undefined) throw defect;
      await this.#look();
      if (options.exit && story.state !== undefined && isDone(story.state, this.#isOnly)) {
        await this.#finish();
        return;
      }
      if (options.exit) this.#checkDeadEnd();
      const pause = this.#isAnswering ? lookMs : lookEarlyMs;
      await delay(pause, undefined, { signal }).catch(() => undefined);
    }
    throw new CliError(exitCodes.interrupted, 'interrupted');
  }

  /** Takes the last figures while the API is still there. */
  async close(): Promise<void> {
    await this.#readMismatches(AbortSignal.timeout(hurriedMs));
    this.#following.abort();
  }

  readTraffic(): void {
    this.#context.story.readTraffic(this.#trafficLog);
  }

  get #isOnly(): boolean {
    return this.#context.options.only !== undefined;
  }

  #follow(): Promise<void> {
    const { embedded, source, story, terminal } = this.#context;
    return followMigration({
      api: embedded.api,
      name: source.migration.name,
      signal: this.#following.signal,
      onUpdate: (update) => story.take(update),
      onInterruption: (isLost) =>
        terminal.line(
          isLost ? 'the control plane is away; the Time Rift goes on as it is' : 'the control plane is back',
        ),
    });
  }

  #tellHowItGoesOn(): void {
    const { source, terminal, options } = this.#context;
    if (options.only !== undefined)
      terminal.line(
        `only ${options.only} migrates; the run ends at its Hot-Swap, as the legacy is still needed for the rest`,
      );
    if (source.migration.policy?.autoStart !== true)
      terminal.line('the file has no auto_start: begin with chronos start');
  }

  async #look(): Promise<void> {
    const { source, story, embedded } = this.#context;
    const { state } = story;
    if (!this.#isAnswering && state !== undefined) {
      this.#isAnswering =
        (await proxyAnswers(embedded.api, source.migration, state)) && this.#isStarted(state);
      if (this.#isAnswering) await this.#startTraffic();
    }
    this.readTraffic();
    if (story.hasNewMismatches()) await this.#readMismatches(AbortSignal.timeout(lookMs));
  }

  /** Requests before the start that the file asks for could not be compared: the traffic waits for it, but not for ever. */
  #isStarted(state: MigrationState): boolean {
    if (this.#context.source.migration.policy?.autoStart !== true) return true;
    const waiting = state.groups.find((group) => !group.stayOnLegacy && group.stage === Stage.DRAFT);
    if (waiting === undefined) return true;
    this.#startAwaitedSinceMs ??= performance.now();
    if (performance.now() - this.#startAwaitedSinceMs < startWithinMs) return false;
    this.#context.terminal.line(`not mirrored yet: waits for ${waiting.nextStep?.waitsFor ?? 'its start'}`);
    return true;
  }

  async #startTraffic(): Promise<void> {
    const { source, options, embedded, supervisor, terminal } = this.#context;
    const { traffic, listen } = source.migration;
    if (traffic === undefined) {
      terminal.line(
        `the Time Rift answers; the file declares no traffic: send your requests to http://${listen}`,
      );
      return;
    }
    const { tps, seed } = options;
    const part = trafficPart({
      traffic,
      folder: source.folder,
      targetUrl: `http://${listen}`,
      tps,
      seed,
      stateDir: embedded.folder.path,
    });
    await supervisor.start([part]);
  }

  /** Nobody waits at an unattended run: what cannot reach its end fails. */
  #checkDeadEnd(): void {
    const { story } = this.#context;
    const reason = story.state === undefined ? undefined : deadEndOf(story.state);
    if (reason === undefined) {
      this.#deadEndSinceMs = undefined;
      return;
    }
    this.#deadEndSinceMs ??= performance.now();
    if (performance.now() - this.#deadEndSinceMs < deadEndMs) return;
    const why = story.killReason === '' ? '' : `\n  the kill: ${story.killReason}`;
    throw new CliError(exitCodes.failed, `the migration cannot reach its end: ${reason}${why}`);
  }

  /** The migration is done: lets the traffic end, waits for the last verdicts, and judges the run. */
  async #finish(): Promise<void> {
    const { supervisor, source, story, signal, embedded } = this.#context;
    if (this.#isAnswering && source.migration.traffic !== undefined)
      await supervisor.remove(partNames.traffic, trafficEndMs);
    const joinDeadline = source.migration.policy?.joinDeadline;
    const until =
      performance.now() +
      (joinDeadline === undefined ? 10_000 : durationMs(joinDeadline)) +
      settleSlackMs +
      (embedded.entanglementPort === undefined ? 0 : archiveSlackMs);
    while (
      story.state !== undefined &&
      !isSettled(story.state) &&
      performance.now() < until &&
      !signal.aborted
    ) {
      await delay(lookEarlyMs, undefined, { signal }).catch(() => undefined);
    }
    this.readTraffic();
    const failure = failureOf(story.state, story.traffic, this.#isOnly);
    if (failure !== undefined) throw new CliError(exitCodes.failed, failure);
  }

  async #readMismatches(signal: AbortSignal): Promise<void> {
    const { embedded, source, story } = this.#context;
    try {
      story.takeMismatches(await listMismatches(embedded.api, source.migration.name, signal));
    } catch {
      // The control plane is away or slow: what is known stays shown, and it is asked again.
    }
  }
}
