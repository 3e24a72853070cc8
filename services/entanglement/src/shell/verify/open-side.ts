import { Code, ConnectError } from '@connectrpc/connect';
import type pg from 'pg';
import type { Universe } from '../../core/mapping/catalog.ts';
import { sqlitePath } from '../cdc/sqlite/database.ts';
import { noPairs, type PairSource } from '../identifiers/pair-source.ts';
import { CancelQueries } from './cancel-queries.ts';
import { CommonNames } from './common-names.ts';
import { entityPool, PostgresSide } from './postgres-side.ts';
import type { Side } from './side.ts';
import { SqliteSide } from './sqlite-side.ts';

/** A universe's database, open for one job. */
export interface OpenSide {
  readonly side: Side;
  /** For those who write. @throws ConnectError `failed_precondition` for a file of SQLite's */
  readonly pool: () => pg.Pool;
  /** Ends the queries that run now: they fail. */
  cancel(): Promise<void>;
  close(): Promise<void>;
}

export function openSide(url: string, universe: Universe, pairs: PairSource = noPairs): OpenSide {
  const path = sqlitePath(url);
  if (path !== undefined) {
    const file = new SqliteSide(path, universe);
    return {
      side: new CommonNames(file, universe, pairs),
      pool: () => {
        throw new ConnectError(
          `${universe}'s database is a SQLite file, which only the journalled repairs write: chronos verify --repair without --authority`,
          Code.FailedPrecondition,
        );
      },
      cancel: async () => file.cancel(),
      close: async () => undefined,
    };
  }
  const pool = entityPool(url);
  const queries = new CancelQueries(pool, url);
  return {
    side: new PostgresSide(pool, universe, pairs),
    pool: () => pool,
    cancel: () => queries.cancel(),
    close: () => pool.end(),
  };
}
