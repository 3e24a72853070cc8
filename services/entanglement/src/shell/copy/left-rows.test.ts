import { expect, test } from '@jest/globals';
import type pg from 'pg';
import { ownedAccount } from '../../core/mapping/testing.ts';
import type { Side } from '../verify/side.ts';
import { LeftRows } from './left-rows.ts';

/** A database that has no parent for some rows. */
function refusing(isOrphan: (id: string) => boolean) {
  let transactions = 0;
  const query = async (text: string, values: readonly string[] = []) => {
    if (text.startsWith('INSERT') && values.filter((_, at) => at % 2 === 0).some(isOrphan))
      throw Object.assign(new Error('no such parent'), { code: '23503' });
    return { rows: [], rowCount: values.length / 2 };
  };
  const pool = {
    async connect() {
      transactions += 1;
      return { query, release: () => undefined };
    },
  } as unknown as pg.Pool;
  const target = { pool, universe: 'modern', prefix: 'p', id: '1', onConflict: 'skip' } as const;
  const entity = ownedAccount();
  const rows = Array.from(
    { length: 2_000 },
    (_, at) => new Map(Object.entries({ id: String(at), owner: 'x' })),
  );
  return {
    chunk: () => new LeftRows([entity], {} as Side, target).chunk(entity, rows),
    transactions: () => transactions,
  };
}

test('a few rows without a parent leave out no others; where all refer to later rows, none is looked for', async () => {
  const few = refusing((id) => Number(id) % 700 === 1);
  expect(await few.chunk()).toBe(1_997);
  expect(few.transactions()).toBeLessThan(100);
  const throughout = refusing((id) => Number(id) % 10 === 1);
  expect(await throughout.chunk()).toBe(0);
  expect(throughout.transactions()).toBe(9);
});
