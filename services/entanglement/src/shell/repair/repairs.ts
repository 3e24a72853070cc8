/** The reconciler: what the arbiter found different is made equal again. */
import { fromBinary } from '@bufbuild/protobuf';
import { DB_STATE_UPDATES, TOPICS, UNATTRIBUTED_CHANGES, VERDICTS } from '@chronos/arbiter/shell/topics.ts';
import type { Batch, Bus, ReceivedRecord } from '@chronos/bus/bus.ts';
import type { Database, Queryable } from '@chronos/control-plane/shell/store/database.ts';
import { UnattributedChangeSchema, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import type { FindDatabase } from '../capture/captures.ts';
import type { FollowedMigration } from '../capture/migrations.ts';
import type { FindPairs } from '../identifiers/pair-source.ts';
import { JobStore } from '../store/job-store.ts';
import { readUnreadSpans } from '../store/unread-spans.ts';
import { MigrationRepairs } from './migration-repairs.ts';
import { repairDatabase } from './repair-database.ts';
import { RepairStore, readOffsets, saveOffset } from './repair-store.ts';
import { skimUpdate } from './skim-update.ts';

export interface RepairsOptions {
  readonly bus: Bus;
  /** Chronos' own Postgres. */
  readonly state: Database;
  readonly databaseOf: FindDatabase;
  /** Pairs by which ids of a migration are matched. */
  readonly pairsOf: FindPairs;
  /** Keyed hash of a migration's sensitive values. */
  readonly maskOf: (migration: string) => (text: string) => string;
  readonly count: (migration: string, universe: string, entity: string, outcome: string) => void;
  readonly log: (line: string) => void;
}

const group = 'chronos-reconciler';
/** Read again at a start, before what was stored last: whoever is still open committed since then. */
const rereadMs = 180_000;
const partitions = TOPICS.find(({ topic }) => topic === DB_STATE_UPDATES)?.partitions ?? 1;
const all = Array.from({ length: partitions }, (_, partition) => partition);

/** All migrations' repairs in this process. Call {@link Repairs.follow} with the migrations first, {@link Repairs.start} once. */
export class Repairs {
  readonly #options: RepairsOptions;
  readonly #migrations = new Map<string, MigrationRepairs>();
  #closing: (() => Promise<void>)[] = [];
  #started: Promise<void> | undefined;
  #stopped = false;
  #saving: Promise<void> = Promise.resolve();

  constructor(options: RepairsOptions) {
    this.#options = options;
  }

  /** Unsettled cases by migration. */
  figures(): { readonly migration: string; readonly open: number; readonly outstanding: number }[] {
    return [...this.#migrations].map(([migration, repairs]) => ({ migration, ...repairs.figures }));
  }

  of(migration: string): MigrationRepairs | undefined {
    return this.#migrations.get(migration);
  }

  async follow(migrations: readonly FollowedMigration[]): Promise<void> {
    for (const migration of migrations) {
      const { state } = migration;
      const name = state.spec?.name ?? '';
      const known = this.#migrations.get(name);
      if (state.sealed !== undefined || state.spec?.entanglement === undefined) {
        this.#migrations.delete(name);
        await known?.stop();
      } else if (known !== undefined) known.take(migration);
      else await this.#add(name, migration);
    }
    if (this.#migrations.size === 0) return;
    this.#started ??= this.#start();
    await this.#started.catch((error: unknown) => {
      this.#started = undefined;
      throw error;
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#closing.map((close) => close()));
    await Promise.all([...this.#migrations.values()].map((repairs) => repairs.stop()));
  }

  async #add(name: string, migration: FollowedMigration): Promise<void> {
    const { databaseOf, pairsOf, maskOf, count, log } = this.#options;
    const [legacy, modern] = [databaseOf(name, 'legacy'), databaseOf(name, 'modern')];
    // Said by the captures already.
    if (legacy === undefined || modern === undefined || this.#stopped) return;
    const repairs = new MigrationRepairs(migration, {
      name,
      store: new RepairStore(this.#options.state, name),
      partitions,
      openCopy: async () => {
        const copy = await JobStore.copies(this.#options.state).newest(name);
        return copy?.ended === false ? copy.message : undefined;
      },
      unread: () => readUnreadSpans(this.#options.state, name),
      databases: {
        legacy: repairDatabase(legacy.url, 'legacy'),
        modern: repairDatabase(modern.url, 'modern'),
      },
      pairsOf: (spec) => pairsOf(name, spec),
      mask: maskOf(name),
      count: (universe, entity, outcome) => count(name, universe, entity, outcome),
      log,
    });
    await repairs.restore();
    this.#migrations.set(name, repairs);
    repairs.start();
  }

  /** Verdicts are known before the transactions that they close, and both before anything new is judged. */
  async #start(): Promise<void> {
    const { bus, state } = this.#options;
    await bus.ensureTopics(TOPICS);
    const [verdicts, changes] = await Promise.all([
      readOffsets(state, VERDICTS),
      readOffsets(state, UNATTRIBUTED_CHANGES),
    ]);
    const from = Math.min(verdicts.savedAtMs ?? Date.now(), Date.now()) - rereadMs;
    await bus.readBack({
      topic: VERDICTS,
      partitions: all,
      fromTimestampMs: from,
      onRecord: (record) => {
        const next = verdicts.next.get(record.partition);
        if (next === undefined || record.offset >= next) return;
        const verdict = fromBinary(VerdictSchema, record.value);
        this.#migrations.get(verdict.migration)?.remember(verdict);
      },
    });
    const updates = await bus.readAll({
      topic: DB_STATE_UPDATES,
      fromTimestampMs: from,
      onRecord: (record) => this.#changed(record),
    });
    this.#closing.push(() => updates.close());
    for (const [topic, next, take] of [
      [VERDICTS, verdicts.next, (record: ReceivedRecord) => this.#judged(record)],
      [UNATTRIBUTED_CHANGES, changes.next, (record: ReceivedRecord) => this.#unattributed(record)],
    ] as const) {
      const consumer = await bus.consume({
        topic,
        groupId: `${group}-${topic}`,
        startOffset: (partition) => next.get(partition),
        onBatch: async (batch) => {
          for (const record of batch.records) take(record);
          await this.#save(topic, batch);
        },
      });
      this.#closing.push(() => consumer.close());
    }
  }

  /**
   * One at a time: each holds a connection while it waits for its turn to write cases, and a repair's conclusion, which has the turn, needs one to end it.
   * Eight partitions at once took all connections, and everybody waited until the pool gave up.
   */
  #save(topic: string, batch: Batch): Promise<void> {
    const saved = this.#saving.then(() => this.#saveNow(topic, batch));
    this.#saving = saved.catch(() => undefined);
    return saved;
  }

  async #saveNow(topic: string, { partition, records }: Batch): Promise<void> {
    const last = records.at(-1);
    if (last === undefined) return;
    const saved = await this.#options.state.transaction(async (tx: Queryable) => {
      const all = [...this.#migrations.values()];
      const done = await Promise.all(all.map((repairs) => repairs.save(tx)));
      await saveOffset(tx, topic, partition, last.offset + 1n);
      return done;
    });
    for (const done of saved) done();
  }

  #changed({ value, partition, offset }: ReceivedRecord): void {
    const update = skimUpdate(value);
    this.#migrations.get(update.migration)?.changed(update, { partition, offset });
  }

  #judged({ value }: ReceivedRecord): void {
    const verdict = fromBinary(VerdictSchema, value);
    this.#migrations.get(verdict.migration)?.judged(verdict);
  }

  #unattributed({ value }: ReceivedRecord): void {
    const change = fromBinary(UnattributedChangeSchema, value);
    this.#migrations.get(change.migration)?.unattributed(change);
  }
}
