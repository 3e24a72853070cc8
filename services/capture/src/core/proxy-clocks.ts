/** Differences of one proxy's clock, the least of them in this window and in the one before. */
interface Seen {
  leastMs: number;
  formerMs: number;
  sinceMs: number;
  samples: number;
}

/** A window lasts so long, and for so many requests: clocks drift, and are set. */
const WINDOW_MS = 60_000;
const SAMPLES_MIN = 100;
/** So far behind capture is hardly alive: a clock was set back, which is not believed until both windows have passed. */
const LATE_MS_MAX = 15_000;
/** The proxies seen last: a name is new with each start of some proxies. */
const NODES_MAX = 1_024;

/**
 * When proxies began with their requests, by this process' clock. What lies between a proxy's word and the arrival here is how far the clocks
 * are apart, and how far this process is behind. The least of it that was seen lately is the clocks' (and the way's, far below a millisecond),
 * the rest is lateness: so clocks on other machines need not agree with this one, and a busy moment of this process moves no request.
 */
export class ProxyClocks {
  /** In the order in which they were seen last. */
  readonly #nodes = new Map<string, Seen>();

  /**
   * @param saidMs when the proxy `node` began with a request, by its clock
   * @param arrivedMs when this process saw that, by its own
   * @returns never after `arrivedMs`; undefined: not to be believed
   */
  begunMs(node: string, saidMs: number, arrivedMs: number): number | undefined {
    const apartMs = arrivedMs - saidMs;
    const seen = this.#nodes.get(node);
    if (seen === undefined) {
      if (this.#nodes.size >= NODES_MAX) this.#forgetOne();
      this.#nodes.set(node, { leastMs: apartMs, formerMs: apartMs, sinceMs: arrivedMs, samples: 1 });
      return arrivedMs;
    }
    this.#nodes.delete(node);
    this.#nodes.set(node, seen);
    seen.samples += 1;
    seen.leastMs = Math.min(seen.leastMs, apartMs);
    const lateMs = apartMs - Math.min(seen.leastMs, seen.formerMs);
    if (Math.abs(arrivedMs - seen.sinceMs) >= WINDOW_MS && seen.samples >= SAMPLES_MIN) {
      seen.formerMs = seen.leastMs;
      seen.leastMs = Number.POSITIVE_INFINITY;
      seen.sinceMs = arrivedMs;
      seen.samples = 0;
    }
    return lateMs > LATE_MS_MAX ? undefined : arrivedMs - lateMs;
  }

  #forgetOne(): void {
    for (const node of this.#nodes.keys()) {
      this.#nodes.delete(node);
      return;
    }
  }
}
