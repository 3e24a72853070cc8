/** What people do to a database before and after: look whether it can be captured, install what helps, take it away. */
import type { Entanglement } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import {
  defaultSlot,
  publishedTables,
  retainedLimitBytes,
  type UniverseName,
} from '../core/change/declared.ts';
import { type Problem, problemsOf, type Wanted, warningsOf } from '../core/change/preflight.ts';
import { type TableName, tableText } from '../core/change/source-event.ts';
import { prefixesOf } from '../core/change/tags.ts';
import { unmadeIds } from '../core/identifiers/made-ids.ts';
import { compileEntities, MappingError, tablesOf } from '../core/mapping/compile.ts';
import { untoldColumns } from '../core/mapping/generated-columns.ts';
import { hasTriggers, installTriggers, removeTriggersOf } from './attribution/install.ts';
import { tagPrefixDefault } from './capture/capture-options.ts';
import { catalogOf } from './catalog-of.ts';
import { readFacts } from './cdc/database-facts.ts';
import { setFullIdentity } from './cdc/identity.ts';
import { openSql } from './cdc/open-sql.ts';
import { dropPublication, dropSlot, measureSlot, slotOfPublication } from './cdc/slot.ts';
import { checkSqlite, installSqlite, removeSqlite } from './cdc/sqlite/by-hand.ts';
import { sqlitePath } from './cdc/sqlite/database.ts';
import { mappingProblems } from './mapping-problems.ts';

export interface Checked {
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
  readonly hasTriggers: boolean;
}

/** Reads only. A slot that a running Chronos reads is no problem here. */
export async function checkDatabase(
  url: string,
  universe: UniverseName,
  wanted: Wanted,
  entanglement: Entanglement,
): Promise<Checked> {
  const path = sqlitePath(url);
  const checked =
    path === undefined ? await checkPostgres(url, wanted, entanglement) : checkSqlite(path, wanted);
  if (checked.problems.length > 0) return checked;
  const catalog = await catalogOf(url, tablesOf(entanglement, universe));
  return {
    ...checked,
    warnings: [
      ...checked.warnings,
      ...unmadeIds(entanglement, universe, catalog),
      ...untoldColumns(entanglement, universe, catalog),
    ],
  };
}

/** What of the entities does not fit both databases: columns, types, keys. Reads only. */
export async function checkEntities(
  urls: Readonly<Record<UniverseName, string>>,
  entanglement: Entanglement,
): Promise<readonly Problem[]> {
  const [legacy, modern] = await Promise.all([
    catalogOf(urls.legacy, tablesOf(entanglement, 'legacy')),
    catalogOf(urls.modern, tablesOf(entanglement, 'modern')),
  ]);
  try {
    compileEntities(entanglement, { legacy, modern }, { mask: (text) => text });
    return [];
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    return mappingProblems(error);
  }
}

async function checkPostgres(url: string, wanted: Wanted, entanglement: Entanglement): Promise<Checked> {
  return await withSql(url, async (sql) => {
    const facts = await readFacts(sql, wanted);
    return {
      problems: problemsOf(facts, wanted).filter(({ code }) => code !== 'slot-in-use'),
      warnings: warningsOf(facts, retainedLimitBytes(entanglement) / 2 ** 20),
      hasTriggers: await hasTriggers(sql),
    };
  });
}

export interface Install {
  readonly triggers: boolean;
  readonly fullIdentity: boolean;
  /** Of a SQLite file. */
  readonly changeLog: boolean;
}

/** Does what was asked for and says what it did, a line each. */
export async function installInto(
  url: string,
  universe: UniverseName,
  entanglement: Entanglement,
  { triggers, fullIdentity, changeLog }: Install,
  migration: string,
): Promise<string[]> {
  const tables = publishedTables(entanglement, universe);
  const path = sqlitePath(url);
  if (path !== undefined)
    return changeLog ? installSqlite(path, tables, retainedLimitBytes(entanglement)) : [];
  if (!triggers && !fullIdentity) return [];
  return await withSql(url, async (sql) => {
    const done: string[] = [];
    if (fullIdentity) {
      for (const table of tables) await setFullIdentity(sql, table);
      done.push(`REPLICA IDENTITY FULL: ${list(tables)}`);
    }
    if (triggers) {
      const { comment } = prefixesOf(entanglement.tagPrefix || tagPrefixDefault);
      await installTriggers(sql, tables, comment, migration);
      done.push(`statement triggers that read the SQL comment: ${list(tables)}`);
    }
    return done;
  });
}

/**
 * Triggers, slot and publication, or the change log. The replica identity stays: others may rely on it by now. So does what Chronos did not make: a
 * publication without its mark, a slot of a name of their choice that no such publication tells of.
 */
export async function removeFrom(
  url: string,
  { migration, universe, slot, publication }: Wanted,
): Promise<string[]> {
  const path = sqlitePath(url);
  if (path !== undefined) return removeSqlite(path);
  return await withSql(url, async (sql) => {
    const triggers = await removeTriggersOf(sql, migration);
    const isOurs =
      slot === defaultSlot(migration, universe) || (await slotOfPublication(sql, publication)) === slot;
    const hadSlot = isOurs && (await dropSlot(sql, slot));
    const isLeft = !isOurs && (await measureSlot(sql, slot)) !== undefined;
    const hadPublication = await dropPublication(sql, publication);
    return [
      ...(triggers.removed ? ['statement triggers'] : []),
      ...(triggers.others.length > 0
        ? [`without the statement triggers that ${triggers.others.join(', ')} needs`]
        : []),
      ...(hadSlot ? [`slot ${slot}`] : []),
      ...(isLeft
        ? [
            `nothing to slot ${slot}, for nothing says that Chronos made it; if you know it did: SELECT pg_drop_replication_slot('${slot}')`,
          ]
        : []),
      hadPublication
        ? `publication ${publication}`
        : `without publication ${publication}: none that Chronos made`,
    ];
  });
}

async function withSql<T>(
  url: string,
  work: (sql: Awaited<ReturnType<typeof openSql>>) => Promise<T>,
): Promise<T> {
  const sql = await openSql(url);
  try {
    return await work(sql);
  } finally {
    await sql.end().catch(() => undefined);
  }
}

function list(tables: readonly TableName[]): string {
  return tables.map(tableText).join(', ');
}
