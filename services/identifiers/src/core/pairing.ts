import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import type { IdentifierSightings } from '@chronos/proto/events/v1/identifiers_pb.js';

/** One value at a declared place, as it travelled. */
export interface SeenValue {
  readonly bytes: Uint8Array;
  readonly isNumber: boolean;
}

/** Two identifiers of one thing. */
export interface SightedPair {
  readonly migration: string;
  readonly bijection: string;
  readonly requestId: string;
  readonly legacy: SeenValue;
  readonly modern: SeenValue;
  readonly isSealed: boolean;
  /** When the earlier of the two answers was seen. */
  readonly seenMs: number;
}

interface Half {
  readonly sightings: IdentifierSightings;
  readonly partition: number;
  readonly offset: bigint;
  readonly atMs: number;
}

export interface PairingOptions {
  /** Requests of which one answer was seen; beyond it the oldest are given up. */
  readonly halvesMax: number;
  /** How long the other answer may take. */
  readonly halfMsMax: number;
}

/**
 * Puts the sightings of both answers to one request together. Invariants:
 *
 * 1. A pair is made of values at one place of one request, of both universes, by their order.
 * 2. Where the universes hand out different numbers of values at a place, nothing is learned from it: which belongs to which is not known.
 * 3. Of two answers of one universe to one request (it was retried) the first counts.
 * 4. What an answer shows at several places is one pair, with all that they tell of it.
 * 5. `safeOffset` is never beyond the oldest half that still waits: read again from there, nothing is missed.
 */
export class Pairing {
  readonly #options: PairingOptions;
  readonly #halves = new Map<string, Half>();
  /** Places at which the universes handed out different numbers of values. */
  uneven = 0;
  /** Halves that were given up. */
  unmatched = 0;

  constructor(options: PairingOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#halves.size;
  }

  observe(sightings: IdentifierSightings, at: Pick<Half, 'partition' | 'offset' | 'atMs'>): SightedPair[] {
    const key = `${sightings.migration}\0${sightings.requestId}`;
    const other = this.#halves.get(key);
    if (other === undefined) {
      this.#halves.set(key, { sightings, ...at });
      this.#giveUp(at.atMs);
      return [];
    }
    if (other.sightings.universe === sightings.universe) return [];
    this.#halves.delete(key);
    const isLegacy = sightings.universe === Universe.LEGACY;
    const seenMs = Math.min(at.atMs, other.atMs);
    return this.#pairs(
      isLegacy ? sightings : other.sightings,
      isLegacy ? other.sightings : sightings,
      seenMs,
    );
  }

  /** From where the partition must be read again after a crash, given where it was read to. */
  safeOffset(partition: number, nextOffset: bigint): bigint {
    let safe = nextOffset;
    for (const half of this.#halves.values()) {
      if (half.partition === partition && half.offset < safe) safe = half.offset;
    }
    return safe;
  }

  #giveUp(nowMs: number): void {
    const { halvesMax, halfMsMax } = this.#options;
    for (const [key, half] of this.#halves) {
      if (this.#halves.size <= halvesMax && half.atMs + halfMsMax > nowMs) return;
      this.#halves.delete(key);
      this.unmatched += 1;
    }
  }

  #pairs(legacy: IdentifierSightings, modern: IdentifierSightings, seenMs: number): SightedPair[] {
    const pairs = legacy.sightings.flatMap((a) => {
      const b = modern.sightings.find(
        ({ bijection, place }) => bijection === a.bijection && place === a.place,
      );
      if (b?.values.length !== a.values.length || b.sealed !== a.sealed) {
        this.uneven += 1;
        return [];
      }
      const seen = ({ values, numbers }: typeof a, index: number): SeenValue => ({
        bytes: values[index] ?? new Uint8Array(),
        isNumber: numbers[index] === true,
      });
      return a.values.map((_, index) => ({
        migration: legacy.migration,
        bijection: a.bijection,
        requestId: legacy.requestId,
        legacy: seen(a, index),
        modern: seen(b, index),
        isSealed: a.sealed,
        seenMs,
      }));
    });
    return atOnce(pairs);
  }
}

/** One of each pair, with all that its places tell: a cookie that is learned before the body would hide that an id is a number. */
function atOnce(pairs: readonly SightedPair[]): SightedPair[] {
  const known = new Map<string, SightedPair>();
  for (const pair of pairs) {
    const text = ({ bytes }: SeenValue) => Buffer.from(bytes).toString('base64');
    const key = [pair.bijection, text(pair.legacy), text(pair.modern)].join('\0');
    const { legacy, modern } = known.get(key) ?? pair;
    const both = (a: SeenValue, b: SeenValue) => ({ ...a, isNumber: a.isNumber || b.isNumber });
    known.set(key, { ...pair, legacy: both(legacy, pair.legacy), modern: both(modern, pair.modern) });
  }
  return [...known.values()];
}
