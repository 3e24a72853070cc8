import { randomUUID } from 'node:crypto';
import type { Universe } from '../../core/mapping/catalog.ts';
import { noPairs, type PairSource } from '../identifiers/pair-source.ts';
import { writeRows } from '../repair/write-rows.ts';
import { PostgresSide } from './postgres-side.ts';
import type { RowDatabase } from './repair-row.ts';
import { RepairRefusedError } from './repair-row.ts';
import type { RereadRow, WriteTogether } from './repair-together.ts';
import { keyText } from './side.ts';

export interface TogetherTarget {
  /** Whose rows are right. */
  readonly authority: RowDatabase;
  readonly target: RowDatabase;
  /** Of the mark in the WAL. */
  readonly prefix: string;
  readonly pairs?: PairSource;
}

/** The row of the authority is not what the repair was computed from. */
class AuthorityChangedError extends Error {
  override readonly name = 'AuthorityChangedError';
}

/** Makes the target's rows what the authority's are, in one transaction, unless either has changed. */
export function writeTogether({ authority, target, prefix, pairs = noPairs }: TogetherTarget): WriteTogether {
  const side = new PostgresSide(authority.pool, authority.universe, pairs);
  return async (rows) => {
    try {
      const outcome = await writeRows(target.pool, {
        universe: target.universe,
        entities: [...new Set(rows.map(({ entity }) => entity))],
        writes: rows.map((row) => ({
          kind: 'row',
          entity: row.entity.name,
          key: keyText(row.key),
          version: row[target.universe]?.version,
          before: row[target.universe]?.values,
          after: row[authority.universe]?.values,
        })),
        pairs,
        id: randomUUID(),
        prefix,
        intend: () => expectUnchanged(side, authority.universe, rows),
      });
      if (outcome.type === 'refused') throw new RepairRefusedError(outcome.reason);
      return outcome.type === 'done';
    } catch (error) {
      if (error instanceof AuthorityChangedError) return false;
      throw error;
    }
  };
}

async function expectUnchanged(
  side: PostgresSide,
  universe: Universe,
  rows: readonly RereadRow[],
): Promise<void> {
  for (const [entity, own] of Map.groupBy(rows, (row) => row.entity)) {
    const now = await side.rows(
      entity,
      own.map(({ key }) => key),
    );
    if (own.some((row) => now.get(keyText(row.key))?.version !== row[universe]?.version))
      throw new AuthorityChangedError(entity.name);
  }
}
