/** What people do to a database before and after: look whether it can be captured, install what helps, take it away. */
import type { Entanglement } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { publishedTables, retainedLimitBytes, type UniverseName } from '../core/change/declared.ts';
import { problemsOfInstall } from '../core/change/install-problems.ts';
import { type Problem, problemsOf, type Wanted, warningsOf } from '../core/change/preflight.ts';
import { type TableName, tableText } from '../core/change/source-event.ts';
import { prefixesOf, tagPrefixDefault } from '../core/change/tags.ts';
import { unmadeIds } from '../core/identifiers/made-ids.ts';
import { entityProblems, tablesOf } from '../core/mapping/compile.ts';
import { untoldColumns } from '../core/mapping/generated-columns.ts';
import { attributionSchema, hasTriggers, makeTriggers, removeTriggersOf } from './attribution/install.ts';
import { catalogOf } from './catalog-of.ts';
import { readFacts } from './cdc/database-facts.ts';
import { makeFullIdentity } from './cdc/identity.ts';
import { inTransaction } from './cdc/in-transaction.ts';
import { openSql } from './cdc/open-sql.ts';
import { databaseOfSlot, dropPublication, dropSlot, slotOfPublication } from './cdc/slot.ts';
import { checkSqlite, installSqlite, removeSqlite } from './cdc/sqlite/by-hand.ts';
import { sqlitePath } from './cdc/sqlite/database.ts';
import { mappingProblems } from './mapping-problems.ts';

export interface Checked {
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
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

/**
 * What of the entities does not fit the databases: columns, types, keys. Of one that is not given nothing is said, nor of missing tables, which
 * {@link checkDatabase} names. Reads only.
 */
export async function checkEntities(
  urls: Readonly<Partial<Record<UniverseName, string>>>,
  entanglement: Entanglement,
): Promise<readonly Problem[]> {
  const [legacy, modern] = await Promise.all(
    (['legacy', 'modern'] as const).map(async (universe) => {
      const url = urls[universe];
      return url === undefined ? undefined : await catalogOf(url, tablesOf(entanglement, universe));
    }),
  );
  return mappingProblems({
    problems: entityProblems(entanglement, { ...(legacy && { legacy }), ...(modern && { modern }) }),
  });
}

async function checkPostgres(url: string, wanted: Wanted, entanglement: Entanglement): Promise<Checked> {
  return await withSql(url, async (sql) => {
    const facts = await readFacts(sql, wanted);
    return {
      problems: problemsOf(facts, wanted).filter(({ code }) => code !== 'slot-in-use'),
      warnings: [
        ...warningsOf(facts, retainedLimitBytes(entanglement) / 2 ** 20),
        ...((await hasTriggers(sql)) ? [] : [onlyTags]),
      ],
    };
  });
}

/** Whether the services tag is known only when they run. */
const onlyTags =
  "nothing but the services' own tags says which request a transaction is of: without a tag it is inferred from rows and time, which is sure only while requests on the same rows do not overlap, and of several transactions of one request takes only what the other universe bears out; tag each transaction, or chronos entangle install -f FILE --comment-triggers";

export interface Install {
  readonly triggers: boolean;
  readonly fullIdentity: boolean;
  /** Of a SQLite file. */
  readonly changeLog: boolean;
}

/** What {@link installInto} would fail at. Reads only, so that both databases can be asked before either is altered. */
export async function checkInstall(
  url: string,
  wanted: Wanted,
  { triggers, fullIdentity, changeLog }: Install,
): Promise<readonly Problem[]> {
  const path = sqlitePath(url);
  if (path !== undefined)
    return changeLog ? checkSqlite(path, wanted).problems.filter(({ code }) => code !== 'log-missing') : [];
  if (!triggers && !fullIdentity) return [];
  return await withSql(url, async (sql) =>
    problemsOfInstall(await readFacts(sql, wanted), wanted, triggers && !(await hasTriggers(sql))),
  );
}

/** Does what was asked for, all of it or nothing, and says what it did, a line each. */
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
  const work = async (sql: Awaited<ReturnType<typeof openSql>>) => {
    const done: string[] = [];
    if (fullIdentity) {
      for (const table of tables) await makeFullIdentity(sql, table);
      done.push(`REPLICA IDENTITY FULL: ${list(tables)}`);
    }
    if (triggers) {
      const { comment } = prefixesOf(entanglement.tagPrefix || tagPrefixDefault);
      await makeTriggers(sql, tables, comment, migration);
      done.push(`statement triggers that read the SQL comment: ${list(tables)}`);
    }
    return done;
  };
  return await withSql(url, (sql) => inTransaction(sql, () => work(sql)));
}

/**
 * Triggers, slot and publication, or the change log. The replica identity stays: others may rely on it by now. So does what Chronos did not make: a
 * publication without its mark, a slot that no such publication tells of or that is another database's.
 */
export async function removeFrom(url: string, { migration, slot, publication }: Wanted): Promise<string[]> {
  const path = sqlitePath(url);
  if (path !== undefined) return removeSqlite(path);
  return await withSql(url, async (sql) => {
    const triggers = await removeTriggersOf(sql, migration);
    const isOurs = (await slotOfPublication(sql, publication)) === slot;
    const hadSlot = isOurs && (await dropSlot(sql, slot));
    const left = await databaseOfSlot(sql, slot);
    const hadPublication = await dropPublication(sql, publication);
    return [
      ...(triggers.removed ? ['statement triggers'] : []),
      ...(triggers.others.length > 0
        ? [`without the statement triggers that ${triggers.others.join(', ')} needs`]
        : []),
      ...(triggers.isSchemaLeft
        ? [`without schema ${attributionSchema}: it holds what Chronos did not make`]
        : []),
      ...(hadSlot ? [`slot ${slot}`] : []),
      ...(left === undefined ? [] : [leftSlot(slot, left)]),
      hadPublication
        ? `publication ${publication}`
        : `without publication ${publication}: none that Chronos made`,
    ];
  });
}

function leftSlot(
  slot: string,
  { database, isHere }: { database: string | undefined; isHere: boolean },
): string {
  if (isHere)
    return `nothing to slot ${slot}, for nothing says that Chronos made it; if you know it did: SELECT pg_drop_replication_slot('${slot}')`;
  return database === undefined
    ? `nothing to slot ${slot}: it is no database's, but a standby's`
    : `nothing to slot ${slot}: it is of database ${database} on the same server; if that is meant: chronos entangle remove with a file that names it`;
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
