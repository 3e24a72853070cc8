import type { CompiledEntity, Values } from '../../core/mapping/entity.ts';
import type { Key } from '../../core/verify/statements.ts';
import type { Side } from '../verify/side.ts';
import {
  type ChunkTarget,
  insertAll,
  inTransaction,
  isAboutRows,
  messageOf,
  writeChunk,
  writeTogether,
} from './write-chunk.ts';

/** Keys that are remembered; what is left beyond is for comparison. */
const KEYS_MAX = 100_000;
/** Rows that are read and written at once. */
const ROWS_AT_ONCE = 200;
/** Of a chunk that a foreign key refuses. */
const PIECES = 8;
/** Each writes what only needed rows of the one before. */
const PASSES_MAX = 50;

export interface LeftWork {
  /** Before each chunk. */
  readonly before: () => Promise<void>;
  readonly written: (entity: CompiledEntity, rows: number) => void;
}

/**
 * Rows that modern refused when they were copied, for they refer to rows that come later: tried again when all entities were gone through. All of
 * entities that depend on each other in one transaction, for those that refer to each other in a circle; where that is refused, chunk by chunk, from the last one and from the first one in turn,
 * and in ever smaller pieces, down to the rows that are refused, where no chunk is taken whole any more.
 */
export class LeftRows {
  readonly #entities: readonly CompiledEntity[];
  readonly #legacy: Side;
  readonly #target: ChunkTarget;
  readonly #keys = new Map<CompiledEntity, Key[]>();
  #count = 0;
  #reason: string | undefined;

  /** @param entities in dependency order. */
  constructor(entities: readonly CompiledEntity[], legacy: Side, target: ChunkTarget) {
    this.#entities = entities;
    this.#legacy = legacy;
    this.#target = target;
  }

  /** Why some were refused; undefined: none was. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** Writes a chunk, and keeps the rows that a foreign key refuses; returns how many rows are written. */
  async chunk(entity: CompiledEntity, rows: readonly Values[]): Promise<number> {
    try {
      await writeTogether(this.#target, entity, rows);
      return rows.length;
    } catch (error) {
      if (!isAboutRows(error)) throw error;
      this.#reason ??= messageOf(error);
      if (isForeignKey(error)) return this.#inPieces(entity, rows);
    }
    const { refused, reason } = await writeChunk(this.#target, entity, rows);
    this.#reason = reason ?? this.#reason;
    return rows.length - refused.length;
  }

  /**
   * A few rows without a parent must not leave out all others, and with them what refers to those. Where no piece is taken, the rows refer to later ones
   * throughout, and none is looked for.
   */
  async #inPieces(entity: CompiledEntity, rows: readonly Values[]): Promise<number> {
    const size = Math.max(1, Math.ceil(rows.length / PIECES));
    const refused: (readonly Values[])[] = [];
    for (let at = 0; at < rows.length; at += size) {
      const piece = rows.slice(at, at + size);
      if ((await this.#try(entity, piece, true)).length > 0) refused.push(piece);
    }
    const isThroughout = refused.length * size >= rows.length;
    const left: Values[] = [];
    for (const piece of refused) left.push(...(isThroughout ? piece : await this.#try(entity, piece, false)));
    // What is more is for comparison.
    if (this.#count + left.length <= KEYS_MAX) this.#keep(entity, left);
    return rows.length - left.length;
  }

  async write(signal: AbortSignal, work: LeftWork): Promise<void> {
    await this.#together(signal, work);
    let isWhole = true;
    for (let pass = 0; pass < PASSES_MAX && this.#count > 0; pass += 1) {
      const before = this.#count;
      await this.#pass(signal, work, { isWhole, isReversed: pass % 2 === 0 });
      const isStuck = this.#count === before;
      if (isStuck && !isWhole) break;
      // A pass in either direction, before rows are tried one by one.
      if (isStuck && pass % 2 === 1) isWhole = false;
    }
    await this.#together(signal, work);
  }

  #keep(entity: CompiledEntity, rows: readonly Values[]): void {
    const keys = rows.map((values) => entity.keyFields.map((name) => values.get(name) ?? ''));
    this.#keys.set(entity, [...(this.#keys.get(entity) ?? []), ...keys]);
    this.#count += keys.length;
  }

  /** Of entities that depend on each other all in one transaction, read as they are by now; those are kept that modern refuses still. */
  async #together(signal: AbortSignal, { before, written }: LeftWork): Promise<void> {
    for (const entities of dependentGroups(this.#inOrder().map(([entity]) => entity))) {
      await before();
      const counts: (readonly [CompiledEntity, number])[] = [];
      try {
        await inTransaction(this.#target, async (client) => {
          for (const entity of entities)
            for (const keys of pieces(this.#keys.get(entity) ?? [])) {
              signal.throwIfAborted();
              const rows = await this.#read(entity, keys);
              await insertAll(client, this.#target, entity, rows);
              counts.push([entity, rows.length]);
            }
        });
      } catch (error) {
        if (!isAboutRows(error)) throw error;
        this.#reason = messageOf(error);
        continue;
      }
      for (const [entity, rows] of counts) written(entity, rows);
      for (const entity of entities) this.#forget(entity);
    }
  }

  #forget(entity: CompiledEntity): void {
    this.#count -= this.#keys.get(entity)?.length ?? 0;
    this.#keys.delete(entity);
  }

  async #pass(
    signal: AbortSignal,
    { before, written }: LeftWork,
    { isWhole, isReversed }: { readonly isWhole: boolean; readonly isReversed: boolean },
  ): Promise<void> {
    for (const [entity, keys] of this.#inOrder()) {
      this.#forget(entity);
      const left: Key[] = [];
      for (const some of pieces(isReversed ? keys.toReversed() : keys)) {
        signal.throwIfAborted();
        await before();
        const rows = await this.#read(entity, some);
        const refused = await this.#try(entity, rows, isWhole);
        written(entity, rows.length - refused.length);
        left.push(...refused.map((values) => entity.keyFields.map((name) => values.get(name) ?? '')));
      }
      if (left.length === 0) continue;
      this.#keys.set(entity, isReversed ? left.toReversed() : left);
      this.#count += left.length;
    }
  }

  /** Returns the rows that are refused. */
  async #try(entity: CompiledEntity, rows: readonly Values[], isWhole: boolean): Promise<readonly Values[]> {
    if (!isWhole) {
      const { refused, reason } = await writeChunk(this.#target, entity, rows);
      this.#reason = reason ?? this.#reason;
      return refused;
    }
    try {
      await writeTogether(this.#target, entity, rows);
      return [];
    } catch (error) {
      if (!isAboutRows(error)) throw error;
      this.#reason = messageOf(error);
      return rows;
    }
  }

  #inOrder(): (readonly [CompiledEntity, readonly Key[]])[] {
    return this.#entities.flatMap((entity) => {
      const keys = this.#keys.get(entity);
      return keys === undefined ? [] : [[entity, keys] as const];
    });
  }

  /** Those that are still there. */
  async #read(entity: CompiledEntity, keys: readonly Key[]): Promise<Values[]> {
    return [...(await this.#legacy.rows(entity, keys)).values()].map(({ values }) => values);
  }
}

/** Entities of which none depends on one of another group, each group in the order that was given. */
function dependentGroups(entities: readonly CompiledEntity[]): CompiledEntity[][] {
  let groups: CompiledEntity[][] = [];
  for (const entity of entities) {
    const isNear = (other: CompiledEntity) =>
      entity.dependsOn.includes(other.name) || other.dependsOn.includes(entity.name);
    const near = groups.filter((group) => group.some(isNear));
    groups = [...groups.filter((group) => !near.includes(group)), [...near.flat(), entity]];
  }
  return groups;
}

/** foreign_key_violation */
function isForeignKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '23503';
}

function* pieces(keys: readonly Key[]): Generator<readonly Key[]> {
  for (let at = 0; at < keys.length; at += ROWS_AT_ONCE) yield keys.slice(at, at + ROWS_AT_ONCE);
}
