/**
 * Totals of requests from the absolute counters that proxies report, each since its own process began.
 *
 * R1. A total never falls, and equals what all processes of all nodes counted up to their last reports.
 * R2. A report of an earlier process of a node counts once: the same report twice adds nothing.
 * R3. A counter that is smaller than before means that the proxy restarted: all of that node's counters began again at zero.
 *     (A restart whose every counter already passed the old values within one report interval is seen only by `startedAtMs`.)
 */
export interface TotalsReport {
  readonly nodeId: string;
  /** When the proxy's process began, where it is known. */
  readonly startedAtMs?: number;
  /** Counter name → value since the process began. */
  readonly counters: ReadonlyMap<string, bigint>;
}

/** The ledger as JSON, counters in decimal. */
export interface StoredTotals {
  readonly totals: Readonly<Record<string, string>>;
  readonly nodes: Readonly<
    Record<string, { readonly startedAtMs?: number; readonly last: Readonly<Record<string, string>> }>
  >;
}

interface NodeCounters {
  startedAtMs: number | undefined;
  last: Map<string, bigint>;
}

/** Nodes remembered; beyond it the one that reported longest ago is forgotten (its counts stay in the totals). */
const NODES_MAX = 10_000;

/** Accumulates reports. Synchronous and without I/O; the control plane stores `toJSON()` with its other state. */
export class Totals {
  readonly #totals = new Map<string, bigint>();
  /** In the order of their last report. */
  readonly #nodes = new Map<string, NodeCounters>();

  static from(stored: StoredTotals): Totals {
    const totals = new Totals();
    for (const [key, value] of Object.entries(stored.totals)) totals.#totals.set(key, BigInt(value));
    for (const [nodeId, node] of Object.entries(stored.nodes)) {
      const last = new Map(Object.entries(node.last).map(([key, value]) => [key, BigInt(value)]));
      totals.#nodes.set(nodeId, { startedAtMs: node.startedAtMs, last });
    }
    return totals;
  }

  /** Adds what a report brings; returns the increments, without the counters that did not move. */
  add(report: TotalsReport): ReadonlyMap<string, bigint> {
    const known = this.#nodes.get(report.nodeId);
    const last = known === undefined || restarted(known, report) ? new Map<string, bigint>() : known.last;
    const increments = new Map<string, bigint>();
    for (const [key, value] of report.counters) {
      const increment = value - (last.get(key) ?? 0n);
      last.set(key, value);
      if (increment === 0n) continue;
      increments.set(key, increment);
      this.#totals.set(key, this.total(key) + increment);
    }
    this.#remember(report.nodeId, { startedAtMs: report.startedAtMs ?? known?.startedAtMs, last });
    return increments;
  }

  /** All requests counted under this key so far. */
  total(key: string): bigint {
    return this.#totals.get(key) ?? 0n;
  }

  toJSON(): StoredTotals {
    const text = (counters: ReadonlyMap<string, bigint>) =>
      Object.fromEntries([...counters].map(([key, value]) => [key, value.toString()]));
    const nodes = [...this.#nodes].map(([nodeId, { startedAtMs, last }]) => [
      nodeId,
      { ...(startedAtMs === undefined ? {} : { startedAtMs }), last: text(last) },
    ]);
    return { totals: text(this.#totals), nodes: Object.fromEntries(nodes) };
  }

  #remember(nodeId: string, node: NodeCounters): void {
    this.#nodes.delete(nodeId);
    this.#nodes.set(nodeId, node);
    const [oldest] = this.#nodes.keys();
    if (this.#nodes.size > NODES_MAX && oldest !== undefined) this.#nodes.delete(oldest);
  }
}

function restarted(known: NodeCounters, report: TotalsReport): boolean {
  if (known.startedAtMs !== undefined && report.startedAtMs !== undefined) {
    return known.startedAtMs !== report.startedAtMs;
  }
  for (const [key, value] of report.counters) if (value < (known.last.get(key) ?? 0n)) return true;
  return false;
}
