import type { OtlpSpan } from './otlp.ts';
import { isSampled, type Reason, reasonIn, type Sampling } from './sampling.ts';
import { zipkinJson } from './zipkin.ts';

export interface TailOptions {
  readonly sampling: Sampling;
  /** How long a trace may wait for something that makes it worth keeping: longer than a verdict takes. */
  readonly holdMs: number;
  /** Room for what is held, in characters of JSON. */
  readonly charsMax: number;
  /** Takes spans that are kept, each in Zipkin's JSON. */
  readonly keep: (spans: readonly string[]) => void;
  readonly count: (what: Counted) => void;
}

/** What became of a trace: kept (why), left out by chance, or decided early by chance for lack of room. */
export type Counted = Reason | 'chance' | 'dropped' | 'crowded';

interface Held {
  readonly sinceMs: number;
  readonly spans: string[];
  chars: number;
  route: string | undefined;
}

/** Decisions remembered, so that late spans go the way of their trace. */
const decidedMax = 50_000;

/**
 * Holds the spans of each trace until it shows whether the trace is worth keeping. One that does is passed on at once, and what comes later
 * with it; the others are left to chance when their time is over.
 */
export class TailSampler {
  readonly #options: TailOptions;
  /** In order of their first span. */
  readonly #held = new Map<string, Held>();
  readonly #decided = new Map<string, boolean>();
  #chars = 0;

  constructor(options: TailOptions) {
    this.#options = options;
  }

  get heldTraces(): number {
    return this.#held.size;
  }

  get heldChars(): number {
    return this.#chars;
  }

  take(span: OtlpSpan, nowMs: number): void {
    const reason = reasonIn(span, this.#options.sampling);
    if (reason === 'decision') for (const { traceId } of span.links) this.#keep(traceId, reason);
    const json = zipkinJson(span);
    const decided = this.#decided.get(span.traceId);
    if (decided === true || (decided === false && reason !== undefined)) {
      // What was left out is gone, but what is remarkable shows at least itself.
      if (decided === false) this.#decide(span.traceId, true, reason ?? 'chance');
      this.#options.keep([json]);
      return;
    }
    if (decided === false) return;
    this.#hold(span, json, nowMs);
    if (reason !== undefined) this.#keep(span.traceId, reason);
    while (this.#chars > this.#options.charsMax) this.#leaveToChance(this.#oldest(), 'crowded');
  }

  /** Decides the traces whose time is over. */
  tick(nowMs: number): void {
    for (const [traceId, { sinceMs }] of this.#held) {
      if (nowMs - sinceMs < this.#options.holdMs) return;
      this.#leaveToChance(traceId);
    }
  }

  /** Decides all that is held, at the end. */
  flush(): void {
    for (const traceId of this.#held.keys()) this.#leaveToChance(traceId);
  }

  #hold(span: OtlpSpan, json: string, nowMs: number): void {
    let held = this.#held.get(span.traceId);
    if (held === undefined) {
      held = { sinceMs: nowMs, spans: [], chars: 0, route: undefined };
      this.#held.set(span.traceId, held);
    }
    held.route ??= span.attributes['chronos.route'];
    held.spans.push(json);
    held.chars += json.length;
    this.#chars += json.length;
  }

  #oldest(): string {
    return this.#held.keys().next().value ?? '';
  }

  #leaveToChance(traceId: string, why?: 'crowded'): void {
    const isKept = isSampled(traceId, this.#held.get(traceId)?.route, this.#options.sampling);
    if (why !== undefined) this.#options.count(why);
    this.#decide(traceId, isKept, isKept ? 'chance' : 'dropped');
  }

  #keep(traceId: string, reason: Reason): void {
    if (this.#held.has(traceId)) this.#decide(traceId, true, reason);
  }

  #decide(traceId: string, isKept: boolean, counted: Counted): void {
    const held = this.#held.get(traceId);
    this.#held.delete(traceId);
    this.#chars -= held?.chars ?? 0;
    this.#decided.delete(traceId);
    this.#decided.set(traceId, isKept);
    if (this.#decided.size > decidedMax) this.#decided.delete(this.#decided.keys().next().value ?? '');
    this.#options.count(counted);
    if (isKept && held !== undefined) this.#options.keep(held.spans);
  }
}
