import { closeSync, openSync, readSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { SourceEvent } from '../../../core/change/source-event.ts';
import { type KindsOf, LogTelling } from '../../../core/change/sqlite/log-events.ts';
import { logTable, markTable } from '../../../core/change/sqlite/log-schema.ts';
import { markOf } from '../../../core/change/sqlite/mark-page.ts';
import { type ReadAt, WalCommits } from '../../../core/change/sqlite/wal-commits.ts';
import { isBusy, openSqlite, writing } from './database.ts';
import { rowBytes } from './install.ts';
import { checkpoint, LogRows, View } from './log-reading.ts';

/** Events handed out at once, however large a transaction is. */
const batchMax = 500;
/** Rows removed in one transaction: the application's writers wait for it. */
const prunedAtOnce = 2_000;
/** Beyond this SQLite is helped to begin its write-ahead log anew; twice what it would do by itself with pages of 4 KiB (wal_autocheckpoint). */
const walMax = 8 * 2 ** 20;
/** When others wrote just then, it is tried again after so much more, and beyond so often `walMax` without holding them up. */
const triesAtEach = 1 / 2;
const letGoAt = 4;

/** Rows that triggers should have written are not there. */
export class LogGap extends Error {
  override readonly name = 'LogGap';
}

/**
 * Reads a SQLite database's change log in the order of its commits. Where transactions end is told by the write-ahead log's own file. Some read transaction
 * is always open, the next begun before the last ends: SQLite then does not begin its log anew over frames that were not seen; nor, for the same reason,
 * ever by itself, so that {@link note} lets it once the log is large. What was committed while nobody looked (this process was away, and the log has begun
 * anew since) is handed out as one transaction.
 */
export class ChangeLog {
  readonly #views: readonly [View, View];
  /** Reads what is handed out, which takes as long as Kafka takes: no read transaction may. */
  readonly #reader: LogRows;
  readonly #writer: DatabaseSync;
  readonly #walPath: string;
  readonly #walMax: number;
  readonly #telling: LogTelling;
  readonly #commits = new WalCommits();
  /** Counts at which transactions ended that are not handed out yet, ascending. */
  #ends: number[] = [];
  #last: number;
  #open: View | undefined;
  #anewAt: number;
  #waiting = 0;

  constructor(path: string, kindsOf: KindsOf, walBytesMax = walMax) {
    this.#views = [new View(path), new View(path)];
    this.#reader = new LogRows(path);
    this.#writer = openSqlite(path);
    this.#walPath = `${path}-wal`;
    this.#walMax = walBytesMax;
    this.#anewAt = walBytesMax;
    this.#telling = new LogTelling(this.#reader.columns(), kindsOf);
    this.#last = this.#views[0].mark().pruned;
  }

  /** What the file keeps for us, as of the last {@link note}: changes that were not removed, and what the write-ahead log has beyond its usual size. */
  get retainedBytes(): number {
    return this.#waiting * rowBytes + Math.max(0, this.#commits.bytes - this.#walMax);
  }

  /**
   * Hands out the transactions up to `seen`, which is all that was committed before the call of {@link note} that returned it; whole, in batches. {@link note}
   * may be called meanwhile.
   *
   * @throws LogGap when changes were not logged, or are gone; UnreadableRow
   */
  *look(seen = this.note()): Generator<SourceEvent[]> {
    for (let end = this.#ends[0]; end !== undefined && end <= seen; end = this.#ends[0])
      yield* this.#transaction(end);
  }

  /**
   * Notes where transactions ended since the last call, however long their handing out takes; to be called in short intervals. Returns the count of changes
   * up to which all can be read.
   */
  note(): number {
    const seen = this.#noteEnds();
    if (this.#commits.bytes > this.#anewAt) this.#letBeginAnew();
    return seen;
  }

  /** Schema as of the last view; changes with each change of it. */
  schemaVersion(): number {
    return (this.#open ?? this.#views[0]).schemaVersion();
  }

  /** Removes rows up to this count; false when somebody else writes just now, or there are more: ask again. */
  prune(upTo: number): boolean {
    try {
      return writing(this.#writer, () => {
        const from = Number(this.#writer.prepare(`SELECT pruned FROM ${markTable}`).get()?.pruned ?? 0);
        const to = Math.min(upTo, from + prunedAtOnce);
        if (to <= from) return true;
        this.#writer.prepare(`DELETE FROM ${logTable} WHERE seq <= ?`).run(to);
        this.#writer.prepare(`UPDATE ${markTable} SET pruned = ?`).run(to);
        return to === upTo;
      });
    } catch (error) {
      if (isBusy(error)) return false;
      throw error;
    }
  }

  close(): void {
    for (const view of this.#views) view.close();
    this.#reader.close();
    this.#writer.close();
  }

  /** A view shows whole transactions only, so its own mark is an end, too. */
  #noteEnds(): number {
    const before = this.#open;
    const view = before === this.#views[0] ? this.#views[1] : this.#views[0];
    view.begin();
    this.#open = view;
    const { seq, page, pruned, most } = view.mark();
    this.#waiting = seq - pruned;
    const { generations } = this.#commits;
    const marks = this.#marks(page).filter((mark) => mark !== undefined);
    if (this.#commits.generations > generations) this.#anewAt = this.#walMax;
    before?.end();
    // What is beyond was not logged: one end is enough to notice.
    if ((this.#ends.at(-1) ?? 0) > pruned + most) this.#ends.pop();
    for (const end of [...marks, seq].sort((a, b) => a - b))
      if (end > (this.#ends.at(-1) ?? this.#last) && (end <= pruned + most || end === seq))
        this.#ends.push(end);
    return seq;
  }

  #marks(page: number): (number | undefined)[] {
    const file = openSync(this.#walPath, 'r');
    try {
      const readAt: ReadAt = (offset, length) => {
        const bytes = new Uint8Array(length);
        return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
      };
      return this.#commits.read(readAt, page).map(markOf);
    } finally {
      closeSync(file);
    }
  }

  /**
   * Whoever writes next begins the log anew once all of it stands in the database and nobody reads from it. While the right to write is ours nothing is
   * committed, so that all ends are known; the view that is begun then reads the database itself, and holds on to the new log from its first frame
   * (https://sqlite.org/walformat.html, section 2.3.1: WAL_READ_LOCK(0)). Another reader's old view may stand in the way: then later.
   */
  #letBeginAnew(): void {
    const bytes = this.#commits.bytes;
    this.#anewAt = bytes + this.#walMax;
    // Most of it while everybody may write.
    checkpoint(this.#writer);
    try {
      writing(this.#writer, () => {
        this.#noteEnds();
        this.#open?.end();
        this.#open?.checkpoint();
        this.#open?.begin();
        this.#open?.mark();
      });
    } catch (error) {
      if (!isBusy(error)) throw error;
      this.#anewAt = bytes + this.#walMax * triesAtEach;
      // Transactions may be taken for one then; a full disk is worse.
      if (bytes > this.#walMax * letGoAt) this.#letGo();
    }
  }

  #letGo(): void {
    this.#open?.end();
    this.#open = undefined;
  }

  *#transaction(end: number): Generator<SourceEvent[]> {
    let last = this.#last;
    this.#telling.begin();
    let events: SourceEvent[] = [
      {
        kind: 'begin',
        xid: end,
        commitLsn: BigInt(end),
        committedAtUs: BigInt(this.#reader.atMs(end)) * 1_000n,
      },
    ];
    while (last < end) {
      const read = last;
      for (const row of this.#reader.rows(last, end, batchMax)) {
        if (row.seq !== last + 1) break;
        events.push(...this.#telling.take(row));
        last = row.seq;
      }
      if (last === read) throw new LogGap(`changes ${last + 1} to ${end} were not logged, or are gone`);
      while (events.length >= batchMax) {
        yield events.slice(0, batchMax);
        events = events.slice(batchMax);
      }
    }
    this.#last = end;
    this.#ends.shift();
    yield [...events, { kind: 'commit', position: BigInt(end) }];
  }
}
