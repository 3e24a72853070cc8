/** What people do to a database before: look whether it can be captured, install what helps. */
import type { Entanglement } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import type { Client } from 'pg';
import { publishedTables, retainedLimitBytes, type UniverseName } from '../core/change/declared.ts';
import { problemsOfInstall } from '../core/change/install-problems.ts';
import {
  type DatabaseFacts,
  type Problem,
  problemsOf,
  type Wanted,
  warningsOf,
} from '../core/change/preflight.ts';
import { type TableName, tableText } from '../core/change/source-event.ts';
import { prefixesOf, tagPrefixDefault } from '../core/change/tags.ts';
import { unmadeIds } from '../core/identifiers/made-ids.ts';
import { entityProblems, tablesOf } from '../core/mapping/compile.ts';
import { untoldColumns } from '../core/mapping/generated-columns.ts';
import { hasTriggers, makeTriggers, takenNames } from './attribution/install.ts';
import { catalogOf } from './catalog-of.ts';
import { readFacts } from './cdc/database-facts.ts';
import { publishGenerated } from './cdc/generated-columns.ts';
import { makeFullIdentity } from './cdc/identity.ts';
import { inTransaction } from './cdc/in-transaction.ts';
import { checkSqlite, installSqlite } from './cdc/sqlite/by-hand.ts';
import { sqlitePath } from './cdc/sqlite/database.ts';
import { withSql } from './cdc/with-sql.ts';
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
  return await withSql(url, async (sql) => {
    const facts = await readFacts(sql, wanted);
    const names = triggers ? await takenNames(sql, there(facts)) : [];
    const needsSchema = triggers && names.length === 0 && !(await hasTriggers(sql));
    return [...problemsOfInstall(facts, wanted, { needsSchema, fullIdentity }), ...names];
  });
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
  const work = async (sql: Client) => {
    const done: string[] = [];
    if (fullIdentity) {
      // First: a publication of an earlier version does not tell generated columns.
      await publishGenerated(sql);
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

function there({ tables }: DatabaseFacts): TableName[] {
  return tables.filter(({ exists }) => exists).map(({ table }) => table);
}

function list(tables: readonly TableName[]): string {
  return tables.map(tableText).join(', ');
}
