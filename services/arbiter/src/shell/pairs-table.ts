import { fromBinary } from '@bufbuild/protobuf';
import type { Bus, ReceivedRecord } from '@chronos/bus/bus.ts';
import { IdentifierPairSchema } from '@chronos/proto/events/v1/identifiers_pb.js';
import type { Pairs } from '../core/entangled/pairs.ts';
import { IDENTIFIER_PAIRS, IDENTIFIER_PAIRS_TOPIC } from './topics.ts';

/** Pairs kept; of more the oldest are forgotten, and what they stood for is asked. */
const PAIRS_MAX = 500_000;

/** Pairs of ids, from the compacted topic; followed only once a migration declares identifiers. */
export class PairsTable implements Pairs {
  readonly #bus: Bus;
  readonly #log: (line: string) => void;
  readonly #modern = new Map<string, string>();
  readonly #legacy = new Map<string, string>();
  /** Keys of pairs whose thing was removed. */
  readonly #ended = new Set<string>();
  #following: Promise<{ close(): Promise<void> }> | undefined;

  constructor(bus: Bus, log: (line: string) => void) {
    this.#bus = bus;
    this.#log = log;
  }

  /** Resolves once all that the topic held is read. */
  async ready(): Promise<void> {
    this.#following ??= this.#follow();
    try {
      await this.#following;
    } catch (error) {
      this.#following = undefined;
      throw error;
    }
  }

  modernOf(migration: string, bijection: string, legacy: string): string | undefined {
    return this.#modern.get(`${migration}/${bijection}/${legacy}`);
  }

  legacyOf(migration: string, bijection: string, modern: string): string | undefined {
    return this.#legacy.get(`${migration}/${bijection}/${modern}`);
  }

  hasEnded(migration: string, bijection: string, legacy: string): boolean {
    return this.#ended.has(`${migration}/${bijection}/${legacy}`);
  }

  accept({ key, value }: ReceivedRecord): void {
    this.#forget(key);
    if (value.length === 0) return;
    try {
      const { migration, bijection, legacy, modern, ended } = fromBinary(IdentifierPairSchema, value);
      this.#modern.set(key, modern);
      this.#legacy.set(`${migration}/${bijection}/${modern}`, legacy);
      if (ended) this.#ended.add(key);
    } catch (error) {
      this.#log(`${IDENTIFIER_PAIRS}: ${key} cannot be read: ${String(error)}`);
    }
    if (this.#modern.size <= PAIRS_MAX) return;
    const [oldest] = this.#modern.keys();
    if (oldest !== undefined) this.#forget(oldest);
  }

  async close(): Promise<void> {
    await (await this.#following)?.close();
  }

  #forget(key: string): void {
    const modern = this.#modern.get(key);
    if (modern === undefined) return;
    this.#modern.delete(key);
    this.#ended.delete(key);
    const kind = key.split('/', 2).join('/');
    const at = `${kind}/${modern}`;
    // By now it may be another one's, whose record stands in another partition.
    if (this.#legacy.get(at) === key.slice(kind.length + 1)) this.#legacy.delete(at);
  }

  async #follow(): Promise<{ close(): Promise<void> }> {
    await this.#bus.ensureTopics([IDENTIFIER_PAIRS_TOPIC]);
    return this.#bus.readAll({ topic: IDENTIFIER_PAIRS, onRecord: (record) => this.accept(record) });
  }
}
