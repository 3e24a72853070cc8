import type { Database, Queryable } from '@chronos/control-plane/shell/store/database.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import { type CaseJson, fromJson, toJson } from '../../core/repair/case-json.ts';
import type { RepairCase } from '../../core/repair/repair-case.ts';

export type CaseState = 'open' | 'outstanding' | 'settled' | 'reported';

export interface StoredCase {
  readonly case: RepairCase;
  readonly state: CaseState;
  readonly reason: string;
}

/** One row as a repair changed it: fields by name, sensitive ones left out; null where the row did not exist. */
export interface RowChange {
  readonly entity: string;
  readonly key: string;
  readonly kind: 'row' | 'add';
  readonly before: Readonly<Record<string, string | null>> | null;
  readonly after: Readonly<Record<string, string | null>> | null;
  /** How many sensitive fields changed; journals of earlier versions do not say. */
  readonly hidden?: number;
}

export interface Intent {
  readonly id: string;
  readonly universe: Universe;
  readonly xid: string;
  readonly changes: readonly RowChange[];
  /** The cases as they are once it is committed. */
  readonly progress: readonly RepairCase[];
}

export interface Offsets {
  readonly next: ReadonlyMap<number, bigint>;
  readonly savedAtMs: number | undefined;
}

/** Settled cases are kept so long, in case a later verdict of their request says more. */
const settledFor = '1 day';

/** Cases as they are when it is their turn to be written: what was read off earlier must not overwrite what was written since. */
export type Current = () => readonly StoredCase[];

/** One migration's cases and its journal of repairs. Cases are written one call after the other. */
export class RepairStore {
  readonly #database: Database;
  readonly #migration: string;
  #last: Promise<unknown> = Promise.resolve();
  /** Intents that were asked for and not concluded; true: the answer, whatever it was, has come. */
  readonly #asked = new Map<string, boolean>();

  constructor(database: Database, migration: string) {
    this.#database = database;
    this.#migration = migration;
  }

  /** What is not settled, and what was settled of late: a later verdict may say more of it. */
  async recent(): Promise<StoredCase[]> {
    const { rows } = await this.#database.query<{ state: CaseState; reason: string; content: CaseJson }>(
      `SELECT state, reason, content FROM entanglement.repair_cases WHERE migration = $1 AND (state IN ('open', 'outstanding')
         OR state = 'settled' AND changed_at > now() - interval '10 minutes')
       ORDER BY opened_at`,
      [this.#migration],
    );
    return rows.map(({ content, state, reason }) => ({ case: fromJson(content), state, reason }));
  }

  async case(id: string): Promise<StoredCase | undefined> {
    const { rows } = await this.#database.query<{ state: CaseState; reason: string; content: CaseJson }>(
      'SELECT state, reason, content FROM entanglement.repair_cases WHERE migration = $1 AND id = $2',
      [this.#migration, id],
    );
    const [row] = rows;
    return row && { case: fromJson(row.content), state: row.state, reason: row.reason };
  }

  /** @param tx transaction to be part of */
  saveCases(current: Current, tx: Queryable = this.#database): Promise<void> {
    return this.#inTurn(() => this.#upsert(current(), tx));
  }

  /** An intent of this process that was not concluded may stand in the journal, or may still come to it: whoever asked for it waits no more. */
  get isInDoubt(): boolean {
    return this.#asked.size > 0;
  }

  async intend(intent: Intent): Promise<void> {
    this.#asked.set(intent.id, false);
    try {
      await this.#intend(intent);
    } finally {
      if (this.#asked.has(intent.id)) this.#asked.set(intent.id, true);
    }
  }

  async #intend({ id, universe, xid, changes, progress }: Intent): Promise<void> {
    await this.#database.query(
      `INSERT INTO entanglement.repairs (id, migration, universe, state, xid, cases, changes, progress)
       VALUES ($1, $2, $3, 'intended', $4, $5, $6, $7)`,
      [
        id,
        this.#migration,
        universe,
        xid,
        progress.map((each) => each.id),
        JSON.stringify(changes),
        JSON.stringify(progress.map(toJson)),
      ],
    );
  }

  /** Repairs of which nobody knows whether they were committed. */
  async intents(): Promise<Intent[]> {
    const answered = [...this.#asked].filter(([, isAnswered]) => isAnswered).map(([id]) => id);
    const { rows } = await this.#database.query<
      Omit<Intent, 'progress'> & { readonly progress: readonly CaseJson[] }
    >(
      `SELECT id::text, universe, xid, changes, progress FROM entanglement.repairs WHERE migration = $1 AND state = 'intended'`,
      [this.#migration],
    );
    const there = new Set(rows.map(({ id }) => id));
    // It never came to the journal.
    for (const id of answered) if (!there.has(id)) this.#asked.delete(id);
    return rows.map((row) => ({ ...row, progress: row.progress.map(fromJson) }));
  }

  /** What became of it, and of its cases, in one breath. */
  async conclude(id: string, state: 'done' | 'void', current: Current): Promise<void> {
    await this.#inTurn(() =>
      this.#database.transaction(async (tx) => {
        await tx.query('UPDATE entanglement.repairs SET state = $2, done_at = now() WHERE id = $1', [
          id,
          state,
        ]);
        await this.#upsert(current(), tx);
      }),
    );
    this.#asked.delete(id);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #upsert(cases: readonly StoredCase[], tx: Queryable): Promise<void> {
    // A statement may touch a row once; the last word counts.
    const unique = [...new Map(cases.map((each) => [each.case.id, each])).values()];
    if (unique.length === 0) return;
    await tx.query(
      `INSERT INTO entanglement.repair_cases (migration, id, state, reason, content)
       SELECT $1, c.content ->> 'id', c.state, c.reason, c.content FROM jsonb_to_recordset($2) AS c (state text, reason text, content jsonb)
       ON CONFLICT (migration, id) DO UPDATE
       SET state = excluded.state, reason = excluded.reason, content = excluded.content, changed_at = now()`,
      [
        this.#migration,
        JSON.stringify(
          unique.map(({ state, reason, case: each }) => ({ state, reason, content: toJson(each) })),
        ),
      ],
    );
  }

  async prune(): Promise<void> {
    await this.#database.query(
      `DELETE FROM entanglement.repair_cases WHERE migration = $1 AND state = 'settled' AND changed_at < now() - $2::interval`,
      [this.#migration, settledFor],
    );
  }
}

/** Where topics are to be read on, and when that was stored. */
export async function readOffsets(database: Queryable, topic: string): Promise<Offsets> {
  const { rows } = await database.query<{ partition: number; next_offset: string; saved_ms: string }>(
    `SELECT partition, next_offset::text, (extract(epoch FROM saved_at) * 1000)::bigint::text AS saved_ms
     FROM entanglement.repair_offsets WHERE topic = $1`,
    [topic],
  );
  const saved = rows.map(({ saved_ms }) => Number(saved_ms));
  return {
    next: new Map(rows.map(({ partition, next_offset }) => [partition, BigInt(next_offset)])),
    savedAtMs: saved.length === 0 ? undefined : Math.min(...saved),
  };
}

export async function saveOffset(
  tx: Queryable,
  topic: string,
  partition: number,
  next: bigint,
): Promise<void> {
  await tx.query(
    `INSERT INTO entanglement.repair_offsets (topic, partition, next_offset) VALUES ($1, $2, $3)
     ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset, saved_at = now()`,
    [topic, partition, String(next)],
  );
}
