import { Latencies } from './latencies.ts';
import type { SeriesFact, SideFact } from './series-fact.ts';

/** One universe in one second. */
export interface Side {
  /** Requests that it was asked, as the answering side or with a copy. */
  readonly requests: number;
  /** Of these: no answer, or status 500 and above. */
  readonly errors: number;
  /** Requests of clients that it answered. */
  readonly answered: number;
  /** NaN where nothing was answered. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** One second of a route group, or of a whole migration. */
export interface Point {
  /** Unix time of the second's beginning. */
  readonly atS: number;
  readonly legacy: Side;
  readonly modern: Side;
  readonly compared: number;
  /** Asked ones included. */
  readonly mismatched: number;
  readonly asked: number;
  readonly lost: number;
  /** Requests that clients saw fail. */
  readonly failed: number;
  /** NaN where not known. */
  readonly modernPercent: number;
  readonly confidence: number;
}

const noSide: Side = { requests: 0, errors: 0, answered: 0, p50Ms: Number.NaN, p99Ms: Number.NaN };

export function emptyPoint(atS: number): Point {
  return {
    atS,
    legacy: noSide,
    modern: noSide,
    compared: 0,
    mismatched: 0,
    asked: 0,
    lost: 0,
    failed: 0,
    modernPercent: Number.NaN,
    confidence: Number.NaN,
  };
}

/** A second that still takes verdicts: the counts so far, and the latencies that its quantiles come from. */
export class OpenPoint {
  #counts: Point;
  readonly #legacy = new Latencies();
  readonly #modern = new Latencies();

  constructor(counts: Point) {
    this.#counts = counts;
  }

  get point(): Point {
    const { legacy, modern } = this.#counts;
    return {
      ...this.#counts,
      legacy: withQuantiles(legacy, this.#legacy),
      modern: withQuantiles(modern, this.#modern),
    };
  }

  observe(modernPercent: number, confidence: number): void {
    this.#counts = { ...this.#counts, modernPercent, confidence };
  }

  add(fact: SeriesFact): void {
    const before = this.#counts;
    if (fact.legacy?.ms !== undefined) this.#legacy.add(fact.legacy.ms);
    if (fact.modern?.ms !== undefined) this.#modern.add(fact.modern.ms);
    const answering = fact.answeredByModern ? fact.modern : fact.legacy;
    this.#counts = {
      ...before,
      legacy: withFact(before.legacy, fact.legacy, !fact.answeredByModern),
      modern: withFact(before.modern, fact.modern, fact.answeredByModern),
      compared: before.compared + (fact.outcome === 'match' || fact.outcome === 'mismatch' ? 1 : 0),
      mismatched: before.mismatched + (fact.outcome === 'mismatch' ? 1 : 0),
      asked: before.asked + (fact.asked ? 1 : 0),
      lost: before.lost + (fact.outcome === 'lost' ? 1 : 0),
      failed: before.failed + (answering?.failed === true ? 1 : 0),
    };
  }
}

function withFact(side: Side, fact: SideFact | undefined, answers: boolean): Side {
  if (fact === undefined) return side;
  return {
    ...side,
    requests: side.requests + 1,
    errors: side.errors + (fact.failed ? 1 : 0),
    answered: side.answered + (answers ? 1 : 0),
  };
}

/** A second that was stored before a restart keeps its quantiles until there are new ones. */
function withQuantiles(side: Side, latencies: Latencies): Side {
  return latencies.isEmpty
    ? side
    : { ...side, p50Ms: latencies.quantile(0.5), p99Ms: latencies.quantile(0.99) };
}
