/** From rows of the change log to what every source tells. */
import type { Row, SourceEvent } from '../source-event.ts';
import { type KindOf, type LogOperation, readRowText } from './log-schema.ts';

export interface LogRow {
  readonly seq: number;
  /** Milliseconds since 1970, of the statement. */
  readonly at: number;
  readonly tab: string;
  readonly op: LogOperation;
  readonly old: string | null;
  readonly new: string | null;
}

/** Columns of the tables, as the triggers wrote them where the log begins. */
export type LoggedColumns = ReadonlyMap<string, readonly string[]>;

/** What the columns of a table hold, as far as entities name them. */
export type KindsOf = (table: string) => KindOf;

/** A row of the log does not say what its columns should. */
export class UnreadableRow extends Error {
  override readonly name = 'UnreadableRow';
}

type Change = Extract<SourceEvent, { kind: 'change' }>;

/** The id that SQLite is about to make, as a trigger before it says (https://sqlite.org/lang_createtrigger.html). */
const madeId = '-1';

/**
 * Tells rows of the log in their order. Of a table it remembers what was noted to be in the way of the row that is about to come: where that row comes, what was
 * noted is gone, for a key is unique; where it does not (INSERT OR IGNORE, ON CONFLICT), nothing has happened.
 */
export class LogTelling {
  readonly #columns: Map<string, readonly string[]>;
  readonly #kindsOf: KindsOf;
  readonly #noted = new Map<string, readonly LogRow[]>();

  constructor(columns: LoggedColumns, kindsOf: KindsOf) {
    this.#columns = new Map(columns);
    this.#kindsOf = kindsOf;
  }

  /** Nothing that was noted holds beyond its transaction. */
  begin(): void {
    this.#noted.clear();
  }

  /** @throws UnreadableRow when the row's values are not those of its table's columns */
  take(row: LogRow): SourceEvent[] {
    const lsn = BigInt(row.seq);
    switch (row.op) {
      case 'm':
        return [
          {
            kind: 'message',
            transactional: true,
            prefix: row.tab,
            content: row.new ?? '',
            lsn,
            position: lsn,
          },
        ];
      case 'c':
        this.#columns.set(row.tab, (row.new ?? '').split('\n'));
        return [];
      case 'r':
      case 'x':
        this.#note(row);
        return [];
      default:
        return this.#columns.has(row.tab) ? this.#changes(row) : [];
    }
  }

  #note(row: LogRow): void {
    const noted = this.#noted.get(row.tab) ?? [];
    const others = noted[0]?.new === row.new ? noted.filter(({ old }) => old !== row.old) : [];
    this.#noted.set(row.tab, [...others, row]);
  }

  #changes(row: LogRow): Change[] {
    const noted = this.#noted.get(row.tab) ?? [];
    const gone = row.op === 'd' ? [] : noted.filter((each) => this.#isFollowed(each, row));
    // Whatever else was noted stands as it was, but for what this row is told of itself.
    if (gone.length > 0) this.#noted.delete(row.tab);
    else if (noted.length > 0)
      this.#noted.set(
        row.tab,
        noted.filter(({ old }) => old !== row.old),
      );
    const replaced = gone.find(({ op }) => op === 'r' && row.op === 'i');
    const removed = gone.filter((each) => each !== replaced && each.old !== row.old);
    const before = this.#read(row, replaced === undefined ? row.old : replaced.old);
    const op = row.op === 'd' ? 'delete' : before === null ? 'insert' : 'update';
    return [
      ...removed.map((each) => change(each, 'delete', this.#read(each, each.old), null)),
      change(row, op, before, this.#read(row, row.new)),
    ];
  }

  /** Whether `row` is the one that was about to come; its id may have been made by SQLite meanwhile, but one in whose way a row with that id was. */
  #isFollowed(noted: LogRow, row: LogRow): boolean {
    if (noted.new === row.new) return true;
    if (noted.op === 'r' || row.op !== 'i') return false;
    const [expected, come] = [Object.entries(this.#read(noted, noted.new) ?? {}), this.#read(row, row.new)];
    const others = expected.filter(([column, value]) => come?.[column] !== value);
    return others.length === 1 && others[0]?.[1] === madeId;
  }

  #read({ tab }: LogRow, text: string | null): Row | null {
    if (text === null) return null;
    try {
      return readRowText(text, this.#columns.get(tab) ?? [], this.#kindsOf(tab));
    } catch (error) {
      throw new UnreadableRow(`a row of ${tab}: ${(error as Error).message}`);
    }
  }
}

function change({ tab, seq }: LogRow, op: Change['op'], before: Row | null, after: Row | null): Change {
  return { kind: 'change', table: { schema: 'public', name: tab }, op, before, after, lsn: BigInt(seq) };
}
