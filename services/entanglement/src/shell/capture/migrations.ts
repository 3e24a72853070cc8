/** Which migrations there are, and what people do to them: the control plane's word, asked for every second. */
import { setTimeout as delay } from 'node:timers/promises';
import { timestampMs } from '@bufbuild/protobuf/wkt';
import {
  MigrationService,
  type MigrationState,
  Stage,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { type Client, createClient, type Interceptor } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import type { HomeHistory } from '../../core/repair/home-history.ts';
import { homesOf, type JournalRead } from '../../core/repair/stage-changes.ts';
import type { MigrationPort } from './universe-capture.ts';

const askEveryMs = 1_000;
const askWithinMs = 5_000;
/** A decision is in force before the journal has it and knows how long the proxies took. */
const journalledWithinMs = 15_000;
const actor = 'entanglement';

/** Stages that can be paused. What was killed is resumed as well: its changes are read on, and its databases verified, before it is started anew. */
const started: readonly Stage[] = [Stage.SHADOW, Stage.CANARY, Stage.SWAPPED, Stage.KILLED];

/** One migration as the captures need it. */
export class FollowedMigration implements MigrationPort {
  readonly #client: Client<typeof MigrationService>;
  #state: MigrationState;
  #journal: JournalRead | undefined;
  #readUpToMs: number | undefined;
  #homes: HomeHistory | undefined;
  #resumed = 0;
  /** What it was paused for; a migration that people resumed is paused anew if the reason still stands. */
  #pausedFor: string | undefined;

  constructor(client: Client<typeof MigrationService>, state: MigrationState) {
    this.#client = client;
    this.#state = state;
  }

  get state(): MigrationState {
    return this.#state;
  }

  /** Who was home when; as far as is known while the journal cannot be read. */
  get homes(): HomeHistory {
    this.#homes ??= homesOf(this.#journal, this.#state.groups);
    return this.#homes;
  }

  /**
   * Reads the journal when a group has come to another stage, and once more a while after it, when it has the whole of it.
   *
   * @throws ConnectError when the control plane does not answer
   */
  async readJournal(signal: AbortSignal): Promise<void> {
    const { groups, observedAt, spec } = this.#state;
    if (spec?.entanglement === undefined) return;
    const newestMs = Math.max(
      0,
      ...groups.map(({ stageEnteredAt: at }) => (at === undefined ? 0 : timestampMs(at))),
    );
    const isRecent = observedAt !== undefined && timestampMs(observedAt) - newestMs < journalledWithinMs;
    if (this.#readUpToMs === newestMs) return;
    const { decisions, nextPageToken } = await this.#client.listDecisions(
      { name: spec.name, pageSize: 1_000 },
      { timeoutMs: askWithinMs, signal },
    );
    this.#journal = { decisions, hasOlder: nextPageToken !== '' };
    this.#homes = undefined;
    if (!isRecent) this.#readUpToMs = newestMs;
  }

  get resumed(): number {
    return this.#resumed;
  }

  take(state: MigrationState): void {
    const before = this.#state;
    // An answer that was under way while the migration was paused is older than the pause.
    if (millis(state) < millis(before)) return;
    this.#state = state;
    this.#homes = undefined;
    const wasResumed = isPaused(before) && !isPaused(state);
    const isStarting = state.startingSince !== undefined && !isSameStart(before, state);
    if (!wasResumed && !isStarting && before.revision === state.revision) return;
    this.#resumed += 1;
    this.#pausedFor = undefined;
  }

  /** Of what was not started, the start is people's word. */
  async pause(reason: string): Promise<void> {
    if (!isStarted(this.#state) || this.#pausedFor === reason) return;
    const { state } = await this.#client.pauseMigration(
      { name: this.#state.spec?.name ?? '', group: '', actor, reason },
      { timeoutMs: askWithinMs },
    );
    this.#pausedFor = reason;
    if (state !== undefined) this.#state = state;
  }
}

function millis({ observedAt }: MigrationState): number {
  return observedAt === undefined ? Number.POSITIVE_INFINITY : timestampMs(observedAt);
}

function isSameStart(one: MigrationState, other: MigrationState): boolean {
  return (
    one.startingSince !== undefined &&
    other.startingSince !== undefined &&
    timestampMs(one.startingSince) === timestampMs(other.startingSince)
  );
}

function isStarted({ groups }: MigrationState): boolean {
  return groups.some(({ stage }) => started.includes(stage));
}

function isPaused({ groups }: MigrationState): boolean {
  return groups.some(({ stage, paused }) => paused && started.includes(stage));
}

export interface FollowOptions {
  readonly api: string;
  readonly token: string | undefined;
  readonly signal: AbortSignal;
  readonly onMigrations: (migrations: readonly FollowedMigration[]) => Promise<void>;
  readonly log: (line: string) => void;
}

/** Hands out all migrations after every answer, one call at a time; a control plane that is away changes nothing. */
export async function followMigrations({
  api,
  token,
  signal,
  onMigrations,
  log,
}: FollowOptions): Promise<void> {
  const authorized: Interceptor = (next) => (request) => {
    if (token !== undefined) request.header.set('authorization', `Bearer ${token}`);
    return next(request);
  };
  const client = createClient(
    MigrationService,
    createConnectTransport({ baseUrl: api, httpVersion: '1.1', interceptors: [authorized] }),
  );
  const known = new Map<string, FollowedMigration>();
  let isAway = false;
  let journalTrouble = '';
  while (!signal.aborted) {
    try {
      const { migrations } = await client.listMigrations(
        { pageSize: 1_000 },
        { timeoutMs: askWithinMs, signal },
      );
      for (const state of migrations) {
        const name = state.spec?.name ?? '';
        const migration = known.get(name);
        if (migration === undefined) known.set(name, new FollowedMigration(client, state));
        else migration.take(state);
      }
      isAway = false;
      // Captures go on without it; until it is read, what was done before the last change of stage is nobody's word.
      const reading = await Promise.allSettled([...known.values()].map((each) => each.readJournal(signal)));
      const failed = reading.find((read) => read.status === 'rejected');
      const trouble = failed === undefined ? '' : `the journal cannot be read: ${String(failed.reason)}`;
      if (trouble !== '' && trouble !== journalTrouble && !signal.aborted) log(trouble);
      journalTrouble = trouble;
      await onMigrations([...known.values()]);
    } catch (error) {
      if (!isAway && !signal.aborted) log(`the control plane does not answer: ${String(error)}`);
      isAway = true;
    }
    await delay(askEveryMs, undefined, { signal }).catch(() => undefined);
  }
}
