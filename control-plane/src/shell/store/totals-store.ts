import { type StoredTotals, Totals } from '../../core/totals.ts';
import type { Queryable } from './database.ts';

/** What the proxies counted up to the last time it was stored; empty at the very first start. */
export async function loadTotals(db: Queryable): Promise<Totals> {
  const { rows } = await db.query<{ state: StoredTotals }>('SELECT state FROM proxy_totals');
  return rows[0] === undefined ? new Totals() : Totals.from(rows[0].state);
}

export async function saveTotals(db: Queryable, totals: Totals): Promise<void> {
  await db.query(
    'INSERT INTO proxy_totals (state) VALUES ($1) ON CONFLICT (id) DO UPDATE SET state = excluded.state',
    [JSON.stringify(totals)],
  );
}
