import { expect, test } from '@jest/globals';
import type { Column } from '../../core/change/source-event.ts';
import { SerialSql, type Sql } from '../cdc/serial-sql.ts';
import type { CaptureStore } from '../store/capture-store.ts';
import { ColumnBaseline } from './column-baseline.ts';

const table = { schema: 'public', name: 'konto' };
const wanted = { migration: 'books', universe: 'legacy', slot: 's', publication: 'p', tables: [table] };
const plain: Column[] = [
  { name: 'nr', typeId: 23 },
  { name: 'saldo', typeId: 23 },
];

/** As an earlier version has stored it, of a table whose column `twice` is generated. */
async function baseline() {
  const sql = {
    query: async () => ({ rows: [{ table_name: 'public.konto', names: ['twice'] }] }),
  } as unknown as Sql;
  const store = { columns: async () => new Map([['public.konto', plain]]) } as unknown as CaptureStore;
  const made = new ColumnBaseline(wanted, store);
  await made.read(new SerialSql(sql));
  return (columns: readonly Column[]) => made.check({ kind: 'relation', table, columns }, 1n);
}

test('a generated column is told or not, as the publication says: neither is a change of the table', async () => {
  const check = await baseline();
  check(plain);
  check([...plain, { name: 'twice', typeId: 23 }]);
});

test('a generated column that came while the table was captured is one', async () => {
  const check = await baseline();
  expect(() => check([...plain, { name: 'thrice', typeId: 23 }])).toThrow(/new: thrice/);
});
