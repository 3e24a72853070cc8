import type { Codecs } from '@chronos/arbiter/core/compare/content-encoding.ts';
import { connectBus } from '@chronos/bus/kafka.ts';
import type { JudgingRules } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import { compileSightings, type SightingRules, sightingsIn } from '../core/identifiers/sight.ts';
import { SIGHTINGS_TOPIC, sightingRecord } from '../core/identifiers/sighting-record.ts';
import { isTooLarge } from './kafka-sink.ts';
import { Outbox, type Sink } from './outbox.ts';
import { sealingOf } from './sealing.ts';

export interface SightingOptions {
  readonly brokers: readonly string[];
  readonly maskingKey: string;
  readonly codecs: Codecs;
  readonly onSent: (records: number) => void;
  readonly onDropped: (records: number) => void;
  readonly onTrouble: (error: unknown) => void;
}

interface Declared {
  readonly rules: SightingRules;
  readonly seal: (text: string) => Uint8Array;
}

/** A copy may already wait for the pair: these do not linger for others as exchanges do. */
const LINGER_MS = 2;
const BYTES_MAX = 16 * 1024 * 1024;
const RECORDS_MAX = 50_000;
const PARTITIONS = 8;

/** Hands declared identifiers of raw answers to services/identifiers. Without a migration that declares some, it connects to nothing. */
export class SightingOutbox {
  readonly #options: SightingOptions;
  readonly #declared = new Map<string, Declared>();
  #outbox: Outbox | undefined;

  constructor(options: SightingOptions) {
    this.#options = options;
  }

  learn(migration: string, message: JudgingRules): void {
    const rules = compileSightings(message);
    if (rules === undefined) this.#declared.delete(migration);
    else {
      this.#declared.set(migration, { rules, seal: sealingOf(this.#options.maskingKey, migration).seal });
      // The first sighting is waited for like all others: it shall not have to connect first.
      this.#outbox ??= this.#open();
    }
  }

  forget(migration: string): void {
    this.#declared.delete(migration);
  }

  /** To be called before the exchange is masked. */
  offer(exchange: Exchange): void {
    const declared = this.#declared.get(exchange.migration);
    if (declared === undefined) return;
    const sightings = sightingsIn(exchange, declared.rules, this.#options.codecs);
    if (sightings.length === 0) return;
    this.#outbox?.offer(sightingRecord(exchange, sightings, declared.seal));
  }

  async close(graceMs: number): Promise<void> {
    await this.#outbox?.close(graceMs);
  }

  #open(): Outbox {
    const { brokers, onSent, onDropped, onTrouble } = this.#options;
    const first = sightingSink(brokers);
    first.catch(onTrouble);
    let tried = false;
    return new Outbox({
      connect() {
        if (tried) return sightingSink(brokers);
        tried = true;
        return first;
      },
      bytesMax: BYTES_MAX,
      recordsMax: RECORDS_MAX,
      lingerMs: LINGER_MS,
      shrink: () => undefined,
      isTooLarge,
      onSent,
      onDropped: (_reason, records) => onDropped(records),
      onTrouble,
    });
  }
}

async function sightingSink(brokers: readonly string[]): Promise<Sink> {
  const bus = connectBus({ brokers, clientId: 'chronos-capture-identifiers' });
  try {
    await bus.ensureTopics([{ topic: SIGHTINGS_TOPIC, partitions: PARTITIONS }]);
    const producer = await bus.producer();
    return { send: (records) => producer.send(SIGHTINGS_TOPIC, records), close: () => bus.close() };
  } catch (error) {
    await bus.close();
    throw error;
  }
}
