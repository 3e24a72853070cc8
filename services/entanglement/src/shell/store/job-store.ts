import { type DescMessage, fromBinary, type MessageShape, toBinary } from '@bufbuild/protobuf';
import type { Queryable } from '@chronos/control-plane/shell/store/database.ts';
import { CopySchema, VerificationSchema } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';

/** From where a job goes on: all before it is done and settled. */
export interface JobPosition {
  /** Place in the list of the job's entities. */
  readonly entity: number;
  /** Canonical key; null: from the entity's beginning. */
  readonly from: readonly string[] | null;
}

/** What a job stands on when it is stored; what is resumed later must stand on the same. */
export interface JobBase {
  /** Changes with what the migration file says of the entities. */
  readonly mapping: string;
  /** When it was stored last. */
  readonly savedAtMs: number;
}

/** A verification or a copy as stored. */
export interface StoredJob<M extends DescMessage> {
  readonly id: string;
  readonly message: MessageShape<M>;
  readonly position: JobPosition & JobBase;
  readonly ended: boolean;
}

type Schema = typeof VerificationSchema | typeof CopySchema;

/** Jobs of one kind: the newest of a migration is the one that counts. */
export class JobStore<M extends Schema> {
  readonly #db: Queryable;
  readonly #schema: M;
  readonly #kind: 'verification' | 'copy';

  private constructor(db: Queryable, schema: M, kind: 'verification' | 'copy') {
    this.#db = db;
    this.#schema = schema;
    this.#kind = kind;
  }

  static verifications(db: Queryable): JobStore<typeof VerificationSchema> {
    return new JobStore(db, VerificationSchema, 'verification');
  }

  static copies(db: Queryable): JobStore<typeof CopySchema> {
    return new JobStore(db, CopySchema, 'copy');
  }

  /** Stores the job as it is now. */
  async write(message: MessageShape<M>, position: JobPosition & JobBase, ended: boolean): Promise<void> {
    const { id, migration } = named(message);
    await this.#db.query(
      `INSERT INTO entanglement.jobs (id, kind, migration, ended_at, message, position)
       VALUES ($1, $2, $3, CASE WHEN $4 THEN now() END, $5, $6)
       ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at, message = excluded.message, position = excluded.position`,
      [
        id,
        this.#kind,
        migration,
        ended,
        Buffer.from(toBinary(this.#schema, message)),
        JSON.stringify(position),
      ],
    );
  }

  /** The migration's newest job; with `ended`, of those that came to their end. */
  async newest(migration: string, which: 'any' | 'ended' = 'any'): Promise<StoredJob<M> | undefined> {
    const { rows } = await this.#db.query<{
      id: string;
      message: Buffer;
      position: JobPosition & JobBase;
      ended: boolean;
    }>(
      `SELECT id, message, position, ended_at IS NOT NULL AS ended FROM entanglement.jobs
       WHERE migration = $1 AND kind = $2 ${which === 'ended' ? 'AND ended_at IS NOT NULL' : ''}
       ORDER BY started_at DESC LIMIT 1`,
      [migration, this.#kind],
    );
    const [row] = rows;
    return row && { ...row, message: fromBinary(this.#schema, row.message) };
  }

  /** Those that came to their end, the newest first. */
  async ended(migration: string, limit: number): Promise<MessageShape<M>[]> {
    const { rows } = await this.#db.query<{ message: Buffer }>(
      `SELECT message FROM entanglement.jobs WHERE migration = $1 AND kind = $2 AND ended_at IS NOT NULL
       ORDER BY started_at DESC LIMIT $3`,
      [migration, this.#kind, limit],
    );
    return rows.map(({ message }) => fromBinary(this.#schema, message));
  }
}

function named(message: { readonly id?: unknown; readonly migration?: unknown }): {
  id: string;
  migration: string;
} {
  return { id: String(message.id), migration: String(message.migration) };
}
