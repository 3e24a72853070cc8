/** `chronos entangle remove`: takes out of a database what Chronos made, and says what stays and why. */
import type { Client } from 'pg';
import type { Wanted } from '../core/change/preflight.ts';
import { tableText } from '../core/change/source-event.ts';
import { attributionSchema, removeTriggersOf } from './attribution/install.ts';
import { fullIdentities, sqlName } from './cdc/identity.ts';
import { databaseOfSlot, dropPublication, dropSlot, hasPublication, slotOfPublication } from './cdc/slot.ts';
import { removeSqlite } from './cdc/sqlite/by-hand.ts';
import { sqlitePath } from './cdc/sqlite/database.ts';
import { withSql } from './cdc/with-sql.ts';

/** A line each. */
export interface Removal {
  readonly removed: readonly string[];
  /** What stays, why, and what to do if it is to go, too. */
  readonly left: readonly string[];
}

/**
 * Triggers, slot and publication, or the change log. The replica identity stays: others may rely on it by now. So does what Chronos did not make: a
 * publication without its mark, a slot that no such publication tells of or that is another database's.
 */
export async function removeFrom(url: string, wanted: Wanted): Promise<Removal> {
  const path = sqlitePath(url);
  if (path !== undefined) return { removed: removeSqlite(path), left: [] };
  return await withSql(url, async (sql) => {
    const { migration, slot, publication } = wanted;
    const triggers = await removeTriggersOf(sql, migration);
    const isOurs = (await slotOfPublication(sql, publication)) === slot;
    const hadSlot = isOurs && (await dropSlot(sql, slot));
    const hadPublication = await dropPublication(sql, publication);
    return {
      removed: [
        ...(triggers.removed ? ['statement triggers'] : []),
        ...(hadSlot ? [`slot ${slot}`] : []),
        ...(hadPublication ? [`publication ${publication}`] : []),
      ],
      left: [
        ...(triggers.others.length > 0
          ? [`the statement triggers that ${triggers.others.join(', ')} needs stay`]
          : []),
        ...(triggers.isSchemaLeft
          ? [`schema ${attributionSchema} stays: it holds what Chronos did not make`]
          : []),
        ...(await leftSlot(sql, slot)),
        ...(!hadPublication && (await hasPublication(sql, publication))
          ? [`publication ${publication} stays: Chronos did not make it`]
          : []),
        ...(await leftIdentities(sql, wanted)),
      ],
    };
  });
}

async function leftSlot(sql: Client, slot: string): Promise<string[]> {
  const left = await databaseOfSlot(sql, slot);
  if (left === undefined) return [];
  if (left.isHere)
    return [
      `slot ${slot} stays: nothing says that Chronos made it; if you know it did: SELECT pg_drop_replication_slot('${slot}')`,
    ];
  return left.database === undefined
    ? [`slot ${slot} stays: it is no database's, but a standby's`]
    : [
        `slot ${slot} stays: it is of database ${left.database} on the same server; if that is meant: chronos entangle remove with a file that names it`,
      ];
}

/** Whoever had them set before, or reads the WAL with them now, is not known. */
async function leftIdentities(sql: Client, { tables }: Wanted): Promise<string[]> {
  const full = await fullIdentities(sql, tables);
  if (full.length === 0) return [];
  const undo = full.map((table) => `ALTER TABLE ${sqlName(table)} REPLICA IDENTITY DEFAULT`);
  return [
    `REPLICA IDENTITY FULL stays on ${full.map(tableText).join(', ')}, for others may rely on it; if nobody does: ${undo.join('; ')}`,
  ];
}
