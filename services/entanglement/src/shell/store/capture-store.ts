import type { Queryable } from '@chronos/control-plane/shell/store/database.ts';
import type { UniverseName } from '../../core/change/declared.ts';
import { formatLsn, parseLsn } from '../../core/change/lsn.ts';
import type { Leaf } from '../../core/change/partitions.ts';
import type { Column } from '../../core/change/source-event.ts';

/** Where the entanglement keeps its own state: in Chronos' Postgres, in a schema of its own. */
export const entanglementSchema = {
  folder: new URL('./schema/', import.meta.url),
  schema: 'entanglement',
  // Any constant that no other part of Chronos locks in this database.
  lock: 4_770_011,
};

/** A slot that Chronos made: of no other may it ever be the one that drops it. */
export interface CaptureRecord {
  readonly slot: string;
  readonly completeSinceUs: bigint;
  /** It is yet to be made, or anew: whatever stands under its name holds nothing that is needed. What was lost has been told. */
  readonly isToBeMade?: boolean;
  /** The server and its timeline; undefined in a record of an earlier version. */
  readonly server?: string | undefined;
  /** The slot never confirmed more than this; undefined: not known, for others read it. */
  readonly acknowledgedLsn?: bigint | undefined;
  /** Made by Chronos, too: it is read once this one is read up to where that begins. */
  readonly next?: string | undefined;
}

/**
 * Before it everything was read; what is acknowledged was committed some while earlier. Of a file that is read by triggers (it has no server) nothing is
 * noted.
 */
const lostSince = `coalesce(captures.unread_since, captures.acknowledged_at - interval '60 seconds', CASE WHEN captures.server IS NOT NULL THEN captures.complete_since END)`;

/** What one capture must remember beyond its process. */
export class CaptureStore {
  readonly #db: Queryable;
  readonly #key: readonly [migration: string, universe: UniverseName];

  constructor(db: Queryable, migration: string, universe: UniverseName) {
    this.#db = db;
    this.#key = [migration, universe];
  }

  async read(): Promise<CaptureRecord | undefined> {
    const { rows } = await this.#db.query<{
      slot: string;
      since_us: string;
      to_be_made: boolean;
      server: string | null;
      acknowledged: string | null;
      next_slot: string | null;
    }>(
      `SELECT slot, (extract(epoch FROM complete_since) * 1000000)::bigint::text AS since_us, to_be_made, server,
         acknowledged::text AS acknowledged, next_slot
       FROM entanglement.captures WHERE migration = $1 AND universe = $2`,
      this.#key,
    );
    const [row] = rows;
    return (
      row && {
        slot: row.slot,
        completeSinceUs: BigInt(row.since_us),
        isToBeMade: row.to_be_made,
        server: row.server ?? undefined,
        acknowledgedLsn: row.acknowledged === null ? undefined : parseLsn(row.acknowledged),
        next: row.next_slot ?? undefined,
      }
    );
  }

  async write(record: CaptureRecord): Promise<void> {
    const { slot, completeSinceUs, isToBeMade = false, server, acknowledgedLsn, next } = record;
    await this.#db.query(
      `INSERT INTO entanglement.captures (migration, universe, slot, complete_since, to_be_made, server, acknowledged, topic_offset, next_slot)
       VALUES ($1, $2, $3, to_timestamp($4::bigint / 1000000.0), $5, $6, $7, 0, $8)
       ON CONFLICT (migration, universe) DO UPDATE SET slot = excluded.slot, complete_since = excluded.complete_since,
         to_be_made = excluded.to_be_made, server = excluded.server, acknowledged = excluded.acknowledged, next_slot = excluded.next_slot,
         topic_offset = CASE WHEN captures.complete_since = excluded.complete_since THEN captures.topic_offset ELSE 0 END,
         unread_since = CASE WHEN captures.complete_since = excluded.complete_since OR captures.to_be_made THEN captures.unread_since ELSE ${lostSince} END`,
      [
        ...this.#key,
        slot,
        String(completeSinceUs),
        isToBeMade,
        server,
        acknowledgedLsn === undefined ? undefined : formatLsn(acknowledgedLsn),
        next,
      ],
    );
  }

  /** Before the slot is told of it: so the slot itself never stands further than what is remembered. */
  async acknowledge(lsn: bigint): Promise<void> {
    await this.#db.query(
      `UPDATE entanglement.captures SET acknowledged = greatest(acknowledged, $3::pg_lsn),
         acknowledged_at = CASE WHEN $3::pg_lsn <= acknowledged THEN acknowledged_at ELSE now() END
       WHERE migration = $1 AND universe = $2`,
      [...this.#key, formatLsn(lsn)],
    );
  }

  /** The same of a topic in which others tell what they read from the slot; a new slot has a new one. */
  async acknowledgeOffset(offset: bigint): Promise<void> {
    await this.#db.query(
      `UPDATE entanglement.captures SET topic_offset = greatest(topic_offset, $3),
         acknowledged_at = CASE WHEN $3 <= topic_offset THEN acknowledged_at ELSE now() END
       WHERE migration = $1 AND universe = $2`,
      [...this.#key, String(offset)],
    );
  }

  /** Undefined: not known. */
  async topicOffset(): Promise<bigint | undefined> {
    const { rows } = await this.#db.query<{ next: string | null }>(
      'SELECT topic_offset::text AS next FROM entanglement.captures WHERE migration = $1 AND universe = $2',
      this.#key,
    );
    const next = rows[0]?.next ?? undefined;
    return next === undefined ? undefined : BigInt(next);
  }

  /** What was lost with the slot is told: the next one is a new beginning. */
  async toBeMade(): Promise<void> {
    await this.#db.query(
      `UPDATE entanglement.captures SET to_be_made = true, unread_since = CASE WHEN to_be_made THEN unread_since ELSE ${lostSince} END
       WHERE migration = $1 AND universe = $2`,
      this.#key,
    );
  }

  async columns(): Promise<Map<string, readonly Column[]>> {
    const { rows } = await this.#db.query<{ table_name: string; columns: Column[] }>(
      'SELECT table_name, columns FROM entanglement.captured_columns WHERE migration = $1 AND universe = $2',
      this.#key,
    );
    return new Map(rows.map(({ table_name, columns }) => [table_name, columns]));
  }

  async writeColumns(table: string, columns: readonly Column[]): Promise<void> {
    await this.#db.query(
      `INSERT INTO entanglement.captured_columns VALUES ($1, $2, $3, $4)
       ON CONFLICT (migration, universe, table_name) DO UPDATE SET columns = excluded.columns`,
      [...this.#key, table, JSON.stringify(columns)],
    );
  }

  async partitions(): Promise<readonly Leaf[] | undefined> {
    const { rows } = await this.#db.query<{ partitions: Leaf[] | null }>(
      'SELECT partitions FROM entanglement.captures WHERE migration = $1 AND universe = $2',
      this.#key,
    );
    return rows[0]?.partitions ?? undefined;
  }

  async writePartitions(leaves: readonly Leaf[]): Promise<void> {
    await this.#db.query(
      'UPDATE entanglement.captures SET partitions = $3 WHERE migration = $1 AND universe = $2',
      [...this.#key, JSON.stringify(leaves)],
    );
  }

  /** The mapping is to be checked against the tables as they are now. */
  async forgetColumns(): Promise<void> {
    await this.#db.query(
      'DELETE FROM entanglement.captured_columns WHERE migration = $1 AND universe = $2',
      this.#key,
    );
  }

  async forget(): Promise<void> {
    await this.forgetColumns();
    await this.#db.query(
      'DELETE FROM entanglement.captures WHERE migration = $1 AND universe = $2',
      this.#key,
    );
  }
}
