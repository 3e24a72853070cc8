/**
 * How many requests vanished between a proxy and the arbiter, of one route group. The proxies count each request at its end; each ends as
 * exactly one verdict, within the join deadline. So of the requests that had ended when a total was taken, all have a verdict once the
 * settle time is over, and what is missing then was never captured.
 *
 * Verdicts of requests that ended after a total must not be set off against it, or the requests under way would hide up to
 * rate × settle time of losses: verdicts are counted by the time their request ended.
 */
export class Settling {
  readonly #settleMs: number;
  /** Proxies' totals, oldest first. */
  #samples: readonly Sample[] = [];
  /** Verdicts by the slot in which their request ended. */
  readonly #ended = new Map<number, number>();
  #verdicts: number;
  #total: number;
  #estimate: number;
  #vanished: number;
  /** When the newest request that was judged had ended. */
  #judgedMs = 0;

  /**
   * `total` and `verdicts` as they were stored. Until a new total has settled, all that lack a verdict count as uncaptured: too many rather
   * than too few.
   */
  constructor(settleMs: number, stored: { readonly total: number; readonly verdicts: number }) {
    this.#settleMs = settleMs;
    this.#verdicts = stored.verdicts;
    this.#total = stored.total;
    this.#estimate = Math.max(0, stored.total - stored.verdicts);
    this.#vanished = this.#estimate;
  }

  /** Requests counted by the proxies, or judged, whichever is more: a proxy that died takes its last second's count with it. */
  get total(): number {
    return Math.max(this.#total, this.#verdicts);
  }

  addTotal(atMs: number, total: number): void {
    this.#total = Math.max(this.#total, total);
    this.#samples = [...this.#samples, { atMs, total }];
    this.#forget(atMs);
  }

  addVerdict(endedAtMs: number): void {
    this.#verdicts += 1;
    this.#judgedMs = Math.max(this.#judgedMs, endedAtMs);
    const slot = Math.floor(endedAtMs / slotMs);
    this.#ended.set(slot, (this.#ended.get(slot) ?? 0) + 1);
  }

  /** Requests a second of the last ten, by the proxies' own count: also of those that nobody judges. */
  perSecond(nowMs: number): number {
    const recent = this.#samples.filter(({ atMs }) => atMs > nowMs - smoothingMs);
    const [first, last] = [recent[0], recent.at(-1)];
    if (first === undefined || last === undefined || last.atMs === first.atMs) return 0;
    return Math.max(0, ((last.total - first.total) * 1_000) / (last.atMs - first.atMs));
  }

  /**
   * Uncaptured requests as far as is known. The least of the last seconds' settled samples: a total taken in the middle of a request's end
   * is off by one or two, a real loss is in every later sample too.
   */
  uncaptured(nowMs: number): number {
    this.#estimate = this.#missing(this.#settled(nowMs)) ?? this.#estimate;
    return this.#estimate;
  }

  /**
   * Those of the uncaptured that nobody will judge any more, as later ones have been. While requests flow and no verdict comes, the arbiter or
   * Kafka stands still: what waits there is not lost. Without requests there is nothing that could tell: all of them count. Gates ask for
   * {@link uncaptured}, which is never less.
   */
  vanished(nowMs: number): number {
    const uncaptured = this.uncaptured(nowMs);
    const passed = this.#settled(nowMs).filter(({ atMs }) => atMs <= this.#judgedMs);
    this.#vanished =
      this.perSecond(nowMs) === 0
        ? uncaptured
        : Math.min(uncaptured, this.#missing(passed) ?? this.#vanished);
    return this.#vanished;
  }

  #settled(nowMs: number): readonly Sample[] {
    const untilMs = nowMs - this.#settleMs;
    return this.#samples.filter(({ atMs }) => atMs <= untilMs && atMs > untilMs - smoothingMs);
  }

  #missing(samples: readonly Sample[]): number | undefined {
    if (samples.length === 0) return undefined;
    const missing = samples.map(({ atMs, total }) => total - (this.#verdicts - this.#endedAfter(atMs)));
    return Math.max(0, Math.min(...missing));
  }

  #endedAfter(atMs: number): number {
    const border = Math.floor(atMs / slotMs);
    let count = 0;
    for (const [slot, ended] of this.#ended) if (slot > border) count += ended;
    return count;
  }

  /** Bounds both lists by time; samples come once a second, slots are a tenth. */
  #forget(nowMs: number): void {
    const oldest = nowMs - this.#settleMs - 2 * smoothingMs;
    this.#samples = this.#samples.filter(({ atMs }) => atMs > oldest).slice(-samplesMax);
    for (const slot of this.#ended.keys()) if (slot * slotMs < oldest) this.#ended.delete(slot);
  }
}

interface Sample {
  readonly atMs: number;
  readonly total: number;
}

const slotMs = 100;
const smoothingMs = 10_000;
const samplesMax = 2_000;
