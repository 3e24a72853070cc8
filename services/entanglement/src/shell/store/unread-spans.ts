import type { Queryable } from '@chronos/control-plane/shell/store/database.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import type { UnreadSpan } from '../../core/repair/unread.ts';

/** What each universe committed that was lost unread, and that no verification has found equal since. */
export async function readUnreadSpans(db: Queryable, migration: string): Promise<UnreadSpan[]> {
  const { rows } = await db.query<{ universe: Universe; from_ms: string; to_ms: string | null }>(
    `SELECT universe, (extract(epoch FROM unread_since) * 1000)::bigint::text AS from_ms,
       CASE WHEN NOT to_be_made THEN (extract(epoch FROM complete_since) * 1000)::bigint::text END AS to_ms
     FROM entanglement.captures WHERE migration = $1 AND unread_since IS NOT NULL`,
    [migration],
  );
  return rows.map(({ universe, from_ms, to_ms }) => ({
    universe,
    fromMs: Number(from_ms),
    toMs: to_ms === null ? undefined : Number(to_ms),
  }));
}

/** All entities were found equal by a verification that began then: what was lost before it is lost to nobody. */
export async function provenEqual(db: Queryable, migration: string, startedMs: number): Promise<void> {
  await db.query(
    `UPDATE entanglement.captures SET unread_since = CASE
       WHEN to_be_made OR complete_since > to_timestamp($2::bigint / 1000.0) THEN greatest(unread_since, to_timestamp($2::bigint / 1000.0)) END
     WHERE migration = $1 AND unread_since IS NOT NULL`,
    [migration, String(startedMs)],
  );
}
