import type { Universe } from '../mapping/catalog.ts';
import { rowId } from './repair-case.ts';

/** A committed transaction of a universe, as far as it matters for who is still to come. */
export interface SeenTransaction {
  readonly universe: Universe;
  readonly lsn: bigint;
  /** Large transactions come in parts. */
  readonly part: number;
  readonly committedMs: number;
  /** Empty: nobody said. */
  readonly requestId: string;
  readonly rows: readonly { readonly entity: string; readonly key: string }[];
  /** Where it stands in the log, so that it is read again after a crash as long as it is open. */
  readonly place?: { readonly partition: number; readonly offset: bigint };
}

/** Transactions of one request, or one that belongs to none, without a verdict yet. */
export interface OpenWork {
  /** The request's id, or `tx:<universe>:<lsn>`. */
  readonly id: string;
  readonly transactions: SeenTransaction[];
  readonly sinceMs: number;
  /** Kept of all its transactions. */
  rowCount: number;
}

/** A row, and its keys in either database where they are others. */
export interface RowNames {
  readonly entity: { readonly name: string };
  readonly key: string;
  readonly aliases?: readonly string[];
}

export interface OpenRowsOptions {
  /** Without a verdict for so long, a transaction is no longer waited for: its rows are looked at for themselves. */
  readonly expiresAfterMs: number;
  /** Transactions kept open; the oldest leave first, as expired. */
  readonly openMax?: number;
  /** Rows of one work that are kept one by one; of more, the whole entity counts as touched (key ''). */
  readonly workRowsMax?: number;
}

const openMaxDefault = 100_000;
const workRowsMaxDefault = 10_000;
const settledMax = 200_000;
const closedMax = 200_000;

/**
 * Which rows somebody is still at work on: a request that has committed in one universe may yet commit in the other. A row that no open request has
 * touched is the same story in both, told to the end.
 */
export class OpenRows {
  readonly #options: Required<OpenRowsOptions>;
  readonly #open = new Map<string, OpenWork>();
  /** Ids of open work by row. */
  readonly #byRow = new Map<string, Set<string>>();
  /** When requests were judged, the oldest first. */
  readonly #settled = new Map<string, number>();
  /** When the last work on a row was closed, in steps of {@link now}; the oldest first. */
  readonly #closed = new Map<string, number>();
  #now = 0;

  constructor(options: OpenRowsOptions) {
    this.#options = { openMax: openMaxDefault, workRowsMax: workRowsMaxDefault, ...options };
  }

  /** To be remembered before rows are read: what is closed after it was open then. */
  get now(): number {
    return this.#now;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Takes a transaction in; what was judged after it is not open. A later one of a judged request opens it again until the next verdict. */
  seen(transaction: SeenTransaction, nowMs: number): void {
    const id = workId(transaction);
    const judgedMs = this.#settled.get(id);
    if (judgedMs !== undefined && transaction.committedMs <= judgedMs) {
      this.#note(transaction.rows);
      return;
    }
    const work = this.#open.get(id) ?? { id, transactions: [], sinceMs: nowMs, rowCount: 0 };
    if (work.transactions.some((known) => same(known, transaction))) return;
    const rows = this.#kept(transaction.rows, work.rowCount);
    work.transactions.push({ ...transaction, rows });
    work.rowCount += rows.length;
    this.#open.set(id, work);
    for (const { entity, key } of rows) {
      const row = rowId(entity, key);
      const ids = this.#byRow.get(row) ?? new Set();
      this.#byRow.set(row, ids.add(id));
    }
  }

  /** Names alone: the changes that came with them hold rows before and after. */
  #kept(rows: SeenTransaction['rows'], before: number): SeenTransaction['rows'] {
    if (before + rows.length <= this.#options.workRowsMax)
      return rows.map(({ entity, key }) => ({ entity, key }));
    return [...new Set(rows.map(({ entity }) => entity))].map((entity) => ({ entity, key: '' }));
  }

  /** The request was judged with all that it did until then. Returns what was open of it. */
  judged(id: string, judgedMs: number): OpenWork | undefined {
    const work = this.#close(id);
    this.#settled.delete(id);
    this.#settled.set(id, judgedMs);
    if (this.#settled.size > settledMax) {
      const [oldest] = this.#settled.keys();
      if (oldest !== undefined) this.#settled.delete(oldest);
    }
    return work;
  }

  /**
   * Somebody who has touched the row is still to be judged, or was when the row was read (`since`). A row of a table that was emptied, or of which more
   * was changed at once than is kept, counts as touched.
   */
  isOpen(entity: string, key: string, since: number): boolean {
    return [rowId(entity, key), rowId(entity, '')].some(
      (row) => this.#byRow.has(row) || (this.#closed.get(row) ?? 0) > since,
    );
  }

  /** The same of a row by all of its keys. */
  isOpenPair({ entity, key, aliases = [] }: RowNames, since: number): boolean {
    return [key, ...aliases].some((own) => this.isOpen(entity.name, own, since));
  }

  /** A transaction that no request is known of is among those who have touched the row and are still to be judged. */
  isUnasked(entity: string, key: string): boolean {
    return [rowId(entity, key), rowId(entity, '')].some((row) =>
      [...(this.#byRow.get(row) ?? [])].some((id) =>
        this.#open.get(id)?.transactions.some(({ requestId }) => requestId === ''),
      ),
    );
  }

  /** Somebody who committed on the row in this universe before the position is still to be judged. */
  isOpenBefore(entity: string, key: string, universe: Universe, lsn: bigint): boolean {
    const ids = [rowId(entity, key), rowId(entity, '')].flatMap((row) => [...(this.#byRow.get(row) ?? [])]);
    for (const id of ids) {
      const earlier = this.#open
        .get(id)
        ?.transactions.some((transaction) => transaction.universe === universe && transaction.lsn < lsn);
      if (earlier === true) return true;
    }
    return false;
  }

  /** Work that nobody judged in time; it is open no longer. */
  expired(nowMs: number): OpenWork[] {
    const gone: OpenWork[] = [];
    for (const work of this.#open.values()) {
      const late = nowMs - work.sinceMs >= this.#options.expiresAfterMs;
      if (!late && this.#open.size - gone.length <= this.#options.openMax) break;
      gone.push(work);
    }
    for (const { id } of gone) this.#close(id);
    return gone;
  }

  /** The first record of the partition that is still needed; undefined: none. */
  lowestOffset(partition: number): bigint | undefined {
    let lowest: bigint | undefined;
    for (const { transactions } of this.#open.values()) {
      for (const { place } of transactions) {
        if (place?.partition !== partition) continue;
        if (lowest === undefined || place.offset < lowest) lowest = place.offset;
      }
    }
    return lowest;
  }

  #close(id: string): OpenWork | undefined {
    const work = this.#open.get(id);
    if (work === undefined) return undefined;
    this.#open.delete(id);
    for (const { entity, key } of work.transactions.flatMap(({ rows }) => rows)) {
      const row = rowId(entity, key);
      const ids = this.#byRow.get(row);
      ids?.delete(id);
      if (ids?.size === 0) this.#byRow.delete(row);
    }
    this.#note(work.transactions.flatMap(({ rows }) => rows));
    return work;
  }

  #note(rows: SeenTransaction['rows']): void {
    this.#now += 1;
    for (const { entity, key } of rows) {
      const row = rowId(entity, key);
      this.#closed.delete(row);
      this.#closed.set(row, this.#now);
    }
    for (const row of this.#closed.keys()) {
      if (this.#closed.size <= closedMax) break;
      this.#closed.delete(row);
    }
  }
}

export function workId({ requestId, universe, lsn }: SeenTransaction): string {
  return requestId === '' ? `tx:${universe}:${lsn}` : requestId;
}

function same(a: SeenTransaction, b: SeenTransaction): boolean {
  return a.universe === b.universe && a.lsn === b.lsn && a.part === b.part;
}
