import type { RepairTotals } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import type { Queryable } from './database.ts';

export type Totals = Pick<RepairTotals, 'open' | 'outstanding' | 'reported' | 'repairs'>;

export const noRepairs: Totals = { open: 0n, outstanding: 0n, reported: 0n, repairs: 0n };

/** What services/entanglement keeps in its schema of the same database, by migration; read only here. Nothing, as long as it has not made its tables. */
export async function repairTotals(db: Queryable): Promise<ReadonlyMap<string, Totals>> {
  const made = await db.query<{ made: boolean }>(
    `SELECT to_regclass('entanglement.repairs') IS NOT NULL AS made`,
  );
  if (made.rows[0]?.made !== true) return new Map();
  const { rows } = await db.query<{ migration: string; state: keyof Totals; count: string }>(
    `SELECT migration, state, count(*)::text AS count FROM entanglement.repair_cases
     WHERE state IN ('open', 'outstanding', 'reported') GROUP BY migration, state
     UNION ALL SELECT migration, 'repairs', count(*)::text FROM entanglement.repairs WHERE state = 'done' GROUP BY migration`,
  );
  const totals = new Map<string, Totals>();
  for (const { migration, state, count } of rows) {
    const before = totals.get(migration) ?? noRepairs;
    totals.set(migration, { ...before, [state]: BigInt(count) });
  }
  return totals;
}
