import { timestampMs } from '@bufbuild/protobuf/wkt';
import {
  Attribution,
  type EntityChange,
  Operation,
  type TransactionPart,
  type Watermark,
} from '@chronos/proto/events/v1/state_update_pb.js';
import { fillBefore } from './before-images.ts';
import { stateOf } from './cell.ts';
import type { Span } from './in-flight.ts';
import type { Version } from './timeline.ts';
import { type Change, rowId, type Transaction, type UniverseName } from './transaction.ts';

/** Changes of one transaction that are kept; a batch job of a million rows must not need a million rows' memory. */
const CHANGES_MAX = 5_000;

/** Rows of a larger one that are counted; who knows fewer of them does not know all. */
const ROWS_COUNTED_MAX = 20_000;

/** Transactions of which not all parts have come. */
const OPEN_MAX = 1_000;

/** A database that is there takes a heartbeat each second. */
const SILENCE_MS = 2_500;
/** Services may need so long to find out that their database is back. */
const RECOVERY_MS = 2_000;
const SILENCES_MAX = 64;
const NO_FIELDS: ReadonlySet<string> = new Set();

interface Open {
  readonly parts: Set<number>;
  last: number | undefined;
  changes: Change[];
  tooLarge: boolean;
  /** Rows of one that is too large, while there are not too many even for that. */
  readonly rows: Set<string>;
  readonly entities: Set<string>;
}

/** What one universe's database of one migration did lately, by request and by row. Bounded by whoever calls {@link forget}. */
export class UniverseWindow {
  readonly #migration: string;
  readonly #universe: UniverseName;
  readonly #lasting: (entity: string) => ReadonlySet<string>;
  readonly #transactions = new Map<bigint, Transaction>();
  readonly #byRequest = new Map<string, Transaction[]>();
  readonly #rows = new Map<string, Version[]>();
  /** In the order of commits. */
  readonly #all: Transaction[] = [];
  /** Those that nobody tagged, in the order of commits. */
  readonly #loose: Transaction[] = [];
  readonly #open = new Map<bigint, Open>();
  /** By partition: when the newest watermark was emitted, and where it stands in the WAL. */
  readonly #marks = new Map<number, { readonly ms: number; readonly lsn: bigint }>();
  /** When no heartbeat could be written: the database was away. */
  readonly #silences: Span[] = [];
  #newestMarkMs = Number.POSITIVE_INFINITY;
  #completeSinceMs = 0;
  #forgottenLsn = 0n;
  /** Of the forgotten, the newest; and by entity, of those that changed more rows than are kept. */
  #newestForgottenLsn = 0n;
  readonly #largeLsn = new Map<string, bigint>();
  /** Of the forgotten, the newest times of commit: by our clocks, and by the database's. */
  #forgottenMs = Number.NEGATIVE_INFINITY;
  #forgottenDatabaseMs = Number.NEGATIVE_INFINITY;
  #changes = 0;
  #tags = false;

  /** @param lasting of an entity, the fields that stay as a change has left them until the next one that is told */
  constructor(
    migration: string,
    universe: UniverseName,
    lasting: (entity: string) => ReadonlySet<string> = () => NO_FIELDS,
  ) {
    this.#migration = migration;
    this.#universe = universe;
    this.#lasting = lasting;
  }

  /** Changes kept. */
  get changes(): number {
    return this.#changes;
  }

  /** Of requests that began before this, not everything is known any more, or never was. */
  get knownSinceMs(): number {
    return Math.max(this.#completeSinceMs, this.#forgottenMs);
  }

  /** Every transaction that committed before this has been read, in all of `partitions`. */
  passedMs(partitions: number): number {
    if (this.#marks.size < partitions) return Number.NEGATIVE_INFINITY;
    return Math.min(...[...this.#marks.values()].map(({ ms }) => ms));
  }

  watermark(mark: Watermark, partition: number): void {
    const completeSinceMs = mark.completeSince ? timestampMs(mark.completeSince) : 0;
    if (completeSinceMs > this.#completeSinceMs) {
      this.#completeSinceMs = completeSinceMs;
      this.#fillAgain();
    }
    if (mark.paused || mark.emittedAt === undefined) return;
    const ms = timestampMs(mark.emittedAt);
    const known = this.#marks.get(partition);
    if (ms - this.#newestMarkMs > SILENCE_MS) this.#silences.push({ fromMs: this.#newestMarkMs, toMs: ms });
    if (this.#silences.length > SILENCES_MAX) this.#silences.shift();
    if (ms > this.#newestMarkMs || this.#newestMarkMs === Number.POSITIVE_INFINITY) this.#newestMarkMs = ms;
    if (known === undefined || ms > known.ms) this.#marks.set(partition, { ms, lsn: mark.lsn });
  }

  /**
   * Adds a part; returns the transaction once all of its parts are there. What was there before is passed over.
   *
   * @param toldMs when it was published; undefined: not known, the database's clock is believed
   */
  part(part: TransactionPart, partition: number, toldMs?: number): Transaction | undefined {
    const { commitLsn: lsn } = part;
    const databaseMs = part.committedAt ? timestampMs(part.committedAt) : 0;
    if (this.#isRepeated(lsn, databaseMs)) return undefined;
    const open = this.#open.get(lsn) ?? {
      parts: new Set<number>(),
      last: undefined,
      changes: [],
      tooLarge: false,
      rows: new Set<string>(),
      entities: new Set<string>(),
    };
    if (open.parts.has(part.part)) return undefined;
    open.parts.add(part.part);
    if (part.last) open.last = part.part;
    open.tooLarge ||= open.changes.length + part.changes.length > CHANGES_MAX;
    if (open.tooLarge) measure(open, [...open.changes, ...part.changes]);
    // Parts of one transaction stand one after another in one partition, so they come in order.
    open.changes = open.tooLarge ? [] : [...open.changes, ...part.changes.map(changeOf)];
    if (open.last === undefined || open.parts.size <= open.last) {
      this.#open.set(lsn, open);
      this.#boundOpen();
      return undefined;
    }
    this.#open.delete(lsn);
    return this.#add({
      migration: this.#migration,
      universe: this.#universe,
      lsn,
      xid: part.xid,
      committedMs: this.#committedMs({ lsn, databaseMs, toldMs, partition }),
      databaseMs,
      toldMs: toldMs ?? databaseMs,
      requestId: part.requestId,
      attribution: part.attribution,
      traceparent: part.traceparent,
      partition,
      changes: open.changes,
      tooLarge: open.tooLarge,
      ...(open.tooLarge && { extent: { rows: open.rows.size, entities: open.entities } }),
    });
  }

  /** Known or forgotten; not what a database tells that was restored, or is another server, and counts its WAL from less. */
  #isRepeated(lsn: bigint, databaseMs: number): boolean {
    const known = this.#transactions.get(lsn);
    if (known !== undefined) return known.databaseMs === databaseMs;
    return lsn <= this.#forgottenLsn && databaseMs <= this.#forgottenDatabaseMs + OUT_OF_ORDER_MS;
  }

  /** A database's clock may be anywhere: what stands behind a watermark was committed after it was emitted, and nothing is told before it is done. */
  #committedMs(told: {
    lsn: bigint;
    databaseMs: number;
    toldMs: number | undefined;
    partition: number;
  }): number {
    const mark = this.#marks.get(told.partition);
    const fromMs = mark !== undefined && mark.lsn < told.lsn ? mark.ms : Number.NEGATIVE_INFINITY;
    return Math.max(Math.min(told.databaseMs, told.toldMs ?? Number.POSITIVE_INFINITY), fromMs);
  }

  /** The database took no heartbeat for seconds then. Of what is not read yet, nothing is known. */
  wasSilent({ fromMs, toMs }: Span): boolean {
    return this.#silences.some((silence) => fromMs <= silence.toMs + RECOVERY_MS && toMs >= silence.fromMs);
  }

  /** A service of this universe says by itself which request a transaction belongs to. */
  get tags(): boolean {
    return this.#tags;
  }

  of(requestId: string): readonly Transaction[] {
    return this.#byRequest.get(requestId) ?? [];
  }

  row(entity: string, key: string): readonly Version[] {
    return this.#rows.get(rowId(entity, key)) ?? [];
  }

  /** Transactions that nobody tagged or claimed, committed within the time. */
  loose(fromMs: number, toMs: number): Transaction[] {
    return within(this.#loose, fromMs, toMs);
  }

  /** Transactions committed within the time, tagged or not. */
  committed(fromMs: number, toMs: number): Transaction[] {
    return within(this.#all, fromMs, toMs);
  }

  /** A transaction that nobody tagged belongs to this request, as far as can be told. */
  claim(transaction: Transaction): void {
    this.#remove(transaction);
    this.#add(transaction);
  }

  /** Forgets what was told before `beforeMs` (whatever the database's clock says of it), and the oldest until at most `max` changes are left. */
  forget(beforeMs: number, max = Number.POSITIVE_INFINITY): void {
    const readTo = [...this.#marks.values()].reduce<bigint | undefined>(
      (least, { lsn }) => (least === undefined || lsn < least ? lsn : least),
      undefined,
    );
    for (const transaction of this.#transactions.values()) {
      if (transaction.toldMs >= beforeMs && this.#changes <= max) return;
      this.#remove(transaction);
      if (transaction.lsn > this.#newestForgottenLsn) this.#newestForgottenLsn = transaction.lsn;
      this.#forgottenMs = Math.max(this.#forgottenMs, transaction.committedMs);
      this.#forgottenDatabaseMs = Math.max(this.#forgottenDatabaseMs, transaction.databaseMs);
      // What comes again from before the watermark of every partition is a repetition.
      if (readTo !== undefined && transaction.lsn <= readTo && transaction.lsn > this.#forgottenLsn)
        this.#forgottenLsn = transaction.lsn;
    }
  }

  #add(transaction: Transaction): Transaction {
    this.#tags ||= transaction.attribution === Attribution.TAGGED;
    this.#remove(transaction);
    this.#transactions.set(transaction.lsn, transaction);
    this.#changes += sizeOf(transaction);
    insert(this.#all, transaction, ({ lsn }) => lsn);
    if (transaction.requestId === '') insert(this.#loose, transaction, ({ lsn }) => lsn);
    else {
      const own = this.#byRequest.get(transaction.requestId) ?? [];
      this.#byRequest.set(transaction.requestId, [...own, transaction]);
    }
    for (const [id, changes] of Map.groupBy(transaction.changes, (c) => rowId(c.entity, c.key))) {
      const versions = this.#rows.get(id) ?? [];
      this.#rows.set(id, versions);
      const at = insert(versions, { transaction, changes }, (version) => version.transaction.lsn);
      this.#fill(versions, at);
    }
    for (const entity of transaction.extent?.entities ?? []) {
      if (transaction.lsn > (this.#largeLsn.get(entity) ?? 0n)) this.#largeLsn.set(entity, transaction.lsn);
      this.#fillAgain();
    }
    return transaction;
  }

  /** The rows before the changes from `at` on, as far as the changes before tell them. */
  #fill(versions: readonly Version[], at: number): void {
    const [{ entity = '' } = {}] = versions[0]?.changes ?? [];
    const holeLsn = this.#largeLsn.get(entity) ?? 0n;
    fillBefore(
      versions,
      at,
      this.#lasting(entity),
      ({ transaction: { lsn, committedMs } }) =>
        lsn > holeLsn && lsn > this.#newestForgottenLsn && committedMs >= this.#completeSinceMs,
    );
  }

  #fillAgain(): void {
    for (const versions of this.#rows.values())
      for (let at = 0; at < versions.length; at += 1) this.#fill(versions, at);
  }

  #remove(transaction: Transaction): void {
    const known = this.#transactions.get(transaction.lsn);
    if (known === undefined) return;
    this.#transactions.delete(known.lsn);
    this.#changes -= sizeOf(known);
    drop(this.#all, ({ lsn }) => lsn === known.lsn);
    drop(this.#loose, ({ lsn }) => lsn === known.lsn);
    const own = this.of(known.requestId).filter(({ lsn }) => lsn !== known.lsn);
    if (own.length > 0) this.#byRequest.set(known.requestId, own);
    else this.#byRequest.delete(known.requestId);
    for (const id of new Set(known.changes.map((c) => rowId(c.entity, c.key)))) {
      const versions = this.#rows.get(id) ?? [];
      drop(versions, (version) => version.transaction.lsn === known.lsn);
      if (versions.length === 0) this.#rows.delete(id);
    }
  }

  #boundOpen(): void {
    if (this.#open.size <= OPEN_MAX) return;
    const oldest = this.#open.keys().next();
    if (!oldest.done) this.#open.delete(oldest.value);
  }
}

function measure({ rows, entities }: Open, changes: readonly Pick<Change, 'entity' | 'key'>[]): void {
  for (const { entity, key } of changes) {
    entities.add(entity);
    if (rows.size < ROWS_COUNTED_MAX) rows.add(rowId(entity, key));
  }
}

function changeOf({ entity, key, op, before, after }: EntityChange): Change {
  return {
    entity,
    key: op === Operation.TRUNCATE ? '' : key,
    op,
    before: stateOf(before),
    after: stateOf(after),
  };
}

/** A transaction costs something even where it changes nothing. */
function sizeOf({ changes }: Transaction): number {
  return changes.length + 1;
}

/** Into its place by position in the WAL, which is returned; nearly always the end. */
function insert<T>(list: T[], item: T, lsnOf: (item: T) => bigint): number {
  let at = list.length;
  while (at > 0 && lsnOf(list[at - 1] as T) > lsnOf(item)) at -= 1;
  list.splice(at, 0, item);
  return at;
}

function drop<T>(list: T[], isIt: (item: T) => boolean): void {
  const at = list.findIndex(isIt);
  if (at >= 0) list.splice(at, 1);
}

/** Times of commits may be this much out of the order of their positions in the WAL. */
const OUT_OF_ORDER_MS = 1_000;

/** Of a list in the order of commits, those within the time; what is far from it is not looked at. */
function within(list: readonly Transaction[], fromMs: number, toMs: number): Transaction[] {
  let low = 0;
  for (let high = list.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.committedMs ?? 0) < fromMs - OUT_OF_ORDER_MS) low = middle + 1;
    else high = middle;
  }
  const found: Transaction[] = [];
  for (let at = low; at < list.length; at++) {
    const transaction = list[at];
    if (transaction === undefined || transaction.committedMs > toMs + OUT_OF_ORDER_MS) break;
    if (transaction.committedMs >= fromMs && transaction.committedMs <= toMs) found.push(transaction);
  }
  return found;
}
