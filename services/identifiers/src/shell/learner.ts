import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { IDENTIFIER_PAIRS, IDENTIFIER_PAIRS_TOPIC } from '@chronos/arbiter/shell/topics.ts';
import type { Batch, Bus, BusConsumer, BusProducer, TopicSpec } from '@chronos/bus/bus.ts';
import { SIGHTINGS_TOPIC } from '@chronos/capture/core/identifiers/sighting-record.ts';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { IdentifierPairSchema, IdentifierSightingsSchema } from '@chronos/proto/events/v1/identifiers_pb.js';
import { Pairing, type SightedPair } from '../core/pairing.ts';
import type { Learned, PairStore, StoredPair } from './pair-store.ts';
import type { LearnedPair, PairTable, Scope } from './pair-table.ts';

export const IDENTIFIER_TOPICS: readonly TopicSpec[] = [
  { topic: SIGHTINGS_TOPIC, partitions: 8 },
  IDENTIFIER_PAIRS_TOPIC,
];

export interface LearnerOptions {
  readonly bus: Bus;
  readonly producer: BusProducer;
  readonly store: PairStore;
  readonly table: PairTable;
  readonly scopeOf: (migration: string) => Scope;
  /** Whether requests carry this kind: a token that is never sent is stored as its hash alone. */
  readonly isSent: (migration: string, bijection: string) => boolean;
  readonly now: () => number;
  readonly onLearned: (pair: SightedPair, learned: Learned) => void;
  readonly onUnreadable: (error: unknown) => void;
}

/** As short as brokers allow: after a kill nobody learns for this long. */
const SESSION_TIMEOUT_MS = 6_000;
const HALVES_MAX = 50_000;
const HALF_MS_MAX = 120_000;

/**
 * Reads what answers hand out and learns the pairs. An offset is saved only when the pairs below it are in the database and on the arbiter's
 * topic: a crash repeats the learning, which is harmless, and loses nothing.
 */
export class Learner {
  readonly #options: LearnerOptions;
  readonly #pairing = new Pairing({ halvesMax: HALVES_MAX, halfMsMax: HALF_MS_MAX });
  #consumer: BusConsumer | undefined;

  constructor(options: LearnerOptions) {
    this.#options = options;
  }

  /** Requests of which one answer was seen. */
  get waiting(): number {
    return this.#pairing.waiting;
  }

  /** Places at which both universes handed out different numbers of identifiers. */
  get uneven(): number {
    return this.#pairing.uneven;
  }

  /** Resolves once it reads, or after a while: the group waits for a member that was killed. */
  async start(): Promise<void> {
    const { bus, store } = this.#options;
    const offsets = await store.offsets();
    const assigned = Promise.withResolvers<void>();
    const timer = setTimeout(assigned.resolve, 2 * SESSION_TIMEOUT_MS);
    this.#consumer = await bus.consume({
      topic: SIGHTINGS_TOPIC,
      groupId: 'chronos-identifiers',
      promptly: true,
      sessionTimeoutMs: SESSION_TIMEOUT_MS,
      startOffset: (partition) => offsets.get(partition),
      onAssigned: async () => assigned.resolve(),
      onBatch: (batch) => this.#read(batch),
    });
    await assigned.promise;
    clearTimeout(timer);
  }

  async close(): Promise<void> {
    await this.#consumer?.close();
  }

  async #read({ partition, records }: Batch): Promise<void> {
    const { store } = this.#options;
    const pairs = records.flatMap(({ value, offset, timestampMs }) => {
      try {
        const sightings = fromBinary(IdentifierSightingsSchema, value);
        const side = sightings.universe === Universe.MODERN ? 'modern' : 'legacy';
        const scope = this.#options.scopeOf(sightings.migration);
        this.#options.table.sighted(scope, side, sightings.sightings, this.#options.now());
        return this.#pairing.observe(sightings, { partition, offset, atMs: timestampMs });
      } catch (error) {
        this.#options.onUnreadable(error);
        return [];
      }
    });
    await this.#learn(pairs);
    const last = records.at(-1);
    if (last === undefined) return;
    const safe = this.#pairing.safeOffset(partition, last.offset + 1n);
    await store.saveOffset(partition, safe);
    await this.#consumer?.commit(partition, safe);
  }

  async #learn(pairs: readonly SightedPair[]): Promise<void> {
    const { table, scopeOf, isSent, onLearned, producer } = this.#options;
    const all = await Promise.all(
      pairs.map(async (pair) => {
        const learned = await table.learn(
          scopeOf(pair.migration),
          pair,
          isSent(pair.migration, pair.bijection),
        );
        onLearned(pair, learned.learned);
        return { pair, learned };
      }),
    );
    // Also those that were known: they may not have been published the first time. And before anything is sent that uses them, so that the arbiter
    // knows them when it compares the answer.
    const records = all.flatMap(({ pair, learned }) =>
      learned.learned === 'conflict' || pair.isSealed
        ? []
        : [...goneRecords(pair, learned), pairRecord(pair)],
    );
    if (records.length > 0) await producer.send(IDENTIFIER_PAIRS, records);
    for (const { learned } of all) table.announce(learned);
  }
}

function pairRecord({ migration, bijection, legacy, modern }: SightedPair) {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
  const pair = { migration, bijection, legacy: text(legacy.bytes), modern: text(modern.bytes) };
  return {
    key: pairKey(migration, bijection, pair.legacy),
    value: toBinary(IdentifierPairSchema, create(IdentifierPairSchema, pair)),
  };
}

/** Of pairs that it has taken the place of under another id of legacy's. */
function goneRecords({ migration, bijection, legacy }: SightedPair, { goneLegacyIds }: LearnedPair) {
  const own = Buffer.from(legacy.bytes).toString('utf8');
  return goneLegacyIds
    .filter((id) => id !== own)
    .map((id) => ({ key: pairKey(migration, bijection, id), value: new Uint8Array() }));
}

/** Its thing was removed: the arbiter knows that either id may be another one's from now on. */
export function endedRecord({ migration, bijection, legacy, modern }: StoredPair) {
  const text = ({ content }: StoredPair['legacy']) => content?.toString('utf8') ?? '';
  const pair = { migration, bijection, legacy: text(legacy), modern: text(modern), ended: true };
  return {
    key: pairKey(migration, bijection, pair.legacy),
    value: toBinary(IdentifierPairSchema, create(IdentifierPairSchema, pair)),
  };
}

export function pairKey(migration: string, bijection: string, legacy: string): string {
  return `${migration}/${bijection}/${legacy}`;
}
