import type { Catalog, Universe } from '../../core/mapping/catalog.ts';
import { catalogOf } from '../catalog-of.ts';
import { sqlitePath } from '../cdc/sqlite/database.ts';
import type { PairSource } from '../identifiers/pair-source.ts';
import { CommonNames } from '../verify/common-names.ts';
import { entityPool, PostgresSide } from '../verify/postgres-side.ts';
import type { Side } from '../verify/side.ts';
import { SqliteSide } from '../verify/sqlite-side.ts';
import { fateOf, type TransactionFate, type WriteJob, type WriteOutcome, writeRows } from './write-rows.ts';
import { sqliteFateOf, writeSqliteRows } from './write-sqlite-rows.ts';

/** A universe's database as repairs read and write it. */
export interface RepairDatabase {
  catalog(tables: readonly string[]): Promise<Catalog>;
  /** @param pairs by which ids are matched */
  side(pairs: PairSource): Side;
  write(job: WriteJob): Promise<WriteOutcome>;
  /** What became of the transaction that `intend` was told of. */
  fateOf(xid: string): Promise<TransactionFate>;
  close(): Promise<void>;
}

export function repairDatabase(url: string, universe: Universe): RepairDatabase {
  const catalog = (tables: readonly string[]) => catalogOf(url, tables);
  const path = sqlitePath(url);
  if (path !== undefined)
    return {
      catalog,
      side: (pairs) => new CommonNames(new SqliteSide(path, universe), universe, pairs),
      write: (job) => writeSqliteRows(path, job),
      fateOf: async (xid) => sqliteFateOf(path, xid),
      close: async () => undefined,
    };
  const pool = entityPool(url);
  return {
    catalog,
    side: (pairs) => new PostgresSide(pool, universe, pairs),
    write: (job) => writeRows(pool, job),
    fateOf: (xid) => fateOf(pool, xid),
    close: () => pool.end(),
  };
}
