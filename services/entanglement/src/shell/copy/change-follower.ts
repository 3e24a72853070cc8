import type pg from 'pg';
import { ownKey, wantsOfKeys } from '../../core/identifiers/matched-rows.ts';
import type { CompiledEntity, Values } from '../../core/mapping/entity.ts';
import { deleteRows } from '../../core/mapping/write-statements.ts';
import type { ChangedRow } from '../capture/change-feed.ts';
import { keepSequencesAhead } from '../identifiers/keep-sequences-ahead.ts';
import { noPairs } from '../identifiers/pair-source.ts';
import { beginMarked } from '../repair/marked.ts';
import { keyOf, type Side } from '../verify/side.ts';
import { type ChunkTarget, isAboutRows, writeChunk } from './write-chunk.ts';

/** More rows than this are not remembered: comparison finds what was not followed. */
const pendingMax = 200_000;
/** Rows that are read and written at once: they may be large. */
const atOnce = 200;
/** Rows of one DELETE. */
const rowsAStatement = 100;

/**
 * Keeps modern's rows what legacy's are while legacy is written to: each row that the change stream tells of is read anew and written. A row was thus
 * read after its last change that was told, so that once everything told is written, modern's rows are legacy's as of that place in the WAL.
 *
 * Only for a modern that gets no requests: the copy of a request that is on its way would be added to what the row already has.
 */
export class ChangeFollower {
  readonly #entities: readonly CompiledEntity[];
  readonly #legacy: Side;
  readonly #target: Omit<ChunkTarget, 'onConflict'>;
  #pending = new Map<string, Set<string>>();
  #count = 0;

  /** @param entities in dependency order. */
  constructor(entities: readonly CompiledEntity[], legacy: Side, target: Omit<ChunkTarget, 'onConflict'>) {
    this.#entities = entities;
    this.#legacy = legacy;
    this.#target = target;
  }

  readonly take = (changes: readonly ChangedRow[]): void => {
    for (const { entity, key } of changes) {
      if (key === '' || this.#count >= pendingMax) continue;
      const keys = this.#pending.get(entity) ?? new Set();
      const before = keys.size;
      keys.add(key);
      this.#count += keys.size - before;
      this.#pending.set(entity, keys);
    }
  };

  /** Forgets what was told until now. */
  forget(): void {
    this.#pending = new Map();
    this.#count = 0;
  }

  /** Writes all rows that were told of until now: parents first, gone ones children first. Rows that modern refuses are left to comparison. */
  async drain(): Promise<void> {
    const pending = this.#pending;
    this.forget();
    const gone: (readonly [CompiledEntity, readonly string[]])[] = [];
    for (const entity of this.#entities) {
      const keys = [...(pending.get(entity.name) ?? [])];
      for (let from = 0; from < keys.length; from += atOnce)
        gone.unshift([entity, await this.#write(entity, keys.slice(from, from + atOnce))]);
    }
    for (const [entity, keys] of gone) await this.#remove(entity, keys);
  }

  /** Returns the keys that legacy has no longer. */
  async #write(entity: CompiledEntity, keys: readonly string[]): Promise<string[]> {
    const rows = await this.#legacy.rows(entity, keys.map(keyOf));
    const there = keys.flatMap((key) => rows.get(key)?.values ?? []);
    const { pool, universe } = this.#target;
    const { written } = await writeChunk({ ...this.#target, onConflict: 'overwrite' }, entity, there);
    if (written > 0) await keepSequencesAhead(pool, entity, universe);
    return keys.filter((key) => !rows.has(key));
  }

  /** A row that modern has no id for that is known is not there. */
  async #remove(entity: CompiledEntity, keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    const { pool, universe, pairs = noPairs } = this.#target;
    const partners = await pairs.partners(wantsOfKeys(entity, keys.map(keyOf)));
    const own = keys.flatMap((key): Values[] => {
      const parts = ownKey(entity, universe, keyOf(key), partners);
      return parts === undefined
        ? []
        : [new Map(entity.keyFields.map((name, at) => [name, parts[at] ?? null]))];
    });
    const client = await pool.connect();
    try {
      await this.#delete(client, entity, own);
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  /** All in one transaction, for they may refer to each other; where modern refuses one, each by itself. */
  async #delete(client: pg.ClientBase, entity: CompiledEntity, rows: readonly Values[]): Promise<void> {
    if (rows.length === 0) return;
    await beginMarked(client, this.#target);
    try {
      for (let at = 0; at < rows.length; at += rowsAStatement) {
        const { text, values } = deleteRows(
          entity,
          this.#target.universe,
          rows.slice(at, at + rowsAStatement),
        );
        await client.query(text, [...values]);
      }
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      if (!isAboutRows(error)) throw error;
      if (rows.length > 1) for (const row of rows) await this.#delete(client, entity, [row]);
    }
  }
}
