import pg from 'pg';
import type { Problem } from '../../core/change/preflight.ts';
import type { TableName } from '../../core/change/source-event.ts';
import { sqlName } from '../cdc/identity.ts';
import { inTransaction, onTable } from '../cdc/in-transaction.ts';

type Sql = Pick<pg.Client, 'query'>;

export const attributionSchema = 'chronos_attribution';
/** Of each table. */
export const attributionTrigger = 'chronos_attribution';
const attributionFunction = `${attributionSchema}.tell_trace`;

/**
 * A statement trigger runs once a statement, before it, and sees its text. OpenTelemetry's instrumentations (sqlcommenter) append
 * traceparent='00-…-…-01' in a comment; the last one counts, as an earlier one may stand in a literal. Said once a transaction: of several the reader takes
 * the first. It stands in the way of every statement of the service, so that those after the first are let pass by two settings, and the comment is found
 * without a regular expression over the whole text (bench:entanglement -- --only source). Nothing in it may fail the service's own statement: hence the
 * exception block. Not seen: statements within functions, and named prepared statements, whose text is the one they were prepared with.
 */
const functionSql = (prefix: string) => `
CREATE OR REPLACE FUNCTION ${attributionFunction}() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $chronos$
DECLARE
  query text;
  behind integer;
  trace text;
BEGIN
  IF current_setting('chronos.told', true) = txid_current_if_assigned()::text THEN RETURN NULL; END IF;
  query := current_query();
  behind := strpos(reverse(query), '''=tnerapecart') - 1;
  IF behind < 0 THEN RETURN NULL; END IF;
  trace := substr(query, length(query) - behind + 1, 55);
  IF trace ~ '^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$' THEN
    BEGIN
      PERFORM pg_logical_emit_message(true, '${prefix}', trace);
      PERFORM set_config('chronos.told', txid_current()::text, true);
    EXCEPTION WHEN OTHERS THEN
      NULL;
    END;
  END IF;
  RETURN NULL;
END $chronos$`;

/**
 * Installs the trigger on these tables; repeatable. In one transaction: all of it or nothing. `prefix` is that of comments, `migration` who needs them:
 * said in each trigger's comment.
 *
 * @throws where the schema, or a table's trigger of that name, is there already and not of our making.
 */
export async function installTriggers(
  sql: Sql,
  tables: readonly TableName[],
  prefix: string,
  migration = '',
): Promise<void> {
  await inTransaction(sql, () => makeTriggers(sql, tables, prefix, migration));
}

/** {@link installTriggers} within a transaction that is begun. */
export async function makeTriggers(
  sql: Sql,
  tables: readonly TableName[],
  prefix: string,
  migration: string,
): Promise<void> {
  if (!/^[-a-z0-9_]+$/.test(prefix)) throw new RangeError(`${prefix} is no prefix of messages`);
  // Ours has our function in it; another one's is refused by Postgres, as is a trigger of our name.
  if (!(await hasTriggers(sql))) await sql.query(`CREATE SCHEMA ${attributionSchema}`);
  await sql.query(functionSql(prefix));
  // Whoever writes the tables must be able to run what their trigger calls.
  await sql.query(`GRANT USAGE ON SCHEMA ${attributionSchema} TO PUBLIC`);
  const known = await needs(sql);
  for (const table of tables) {
    const former = known.find(({ name }) => name === sqlName(table));
    if (former !== undefined) await dropTrigger(sql, former.name);
    const create = `CREATE TRIGGER ${attributionTrigger} BEFORE INSERT OR UPDATE OR DELETE ON ${sqlName(table)} FOR EACH STATEMENT EXECUTE FUNCTION ${attributionFunction}()`;
    await onTable(sqlName(table), 'writers', () => sql.query(create));
    await sayNeeded(sql, sqlName(table), [...new Set([...(former?.migrations ?? []), migration])]);
  }
}

/** Tables with our trigger, as SQL names them, and the migrations that need it. */
async function needs(sql: Sql): Promise<{ readonly name: string; readonly migrations: readonly string[] }[]> {
  const { rows } = await sql.query<{ schema: string; table: string; comment: string | null }>(
    `SELECT n.nspname AS schema, c.relname AS table, obj_description(g.oid, 'pg_trigger') AS comment
     FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE g.tgname = '${attributionTrigger}' AND g.tgfoid = to_regproc('${attributionFunction}') AND g.tgparentid = 0`,
  );
  return rows.map(({ schema, table, comment }) => ({
    name: sqlName({ schema, name: table }),
    migrations: namesIn(comment ?? ''),
  }));
}

const needed = 'needed by ';

function namesIn(comment: string): readonly string[] {
  return comment.startsWith(needed) ? comment.slice(needed.length).split(', ') : [];
}

async function sayNeeded(sql: Sql, table: string, migrations: readonly string[]): Promise<void> {
  const names = migrations.filter((name) => name !== '');
  const comment = names.length === 0 ? 'NULL' : pg.escapeLiteral(`${needed}${names.join(', ')}`);
  await sql.query(`COMMENT ON TRIGGER ${attributionTrigger} ON ${table} IS ${comment}`);
}

export interface Removed {
  readonly removed: boolean;
  /** Migrations that still need some. */
  readonly others: readonly string[];
  /** The schema holds what others have put there, and stays with it. */
  readonly isSchemaLeft: boolean;
}

/** Removes the triggers that only this migration needs, or nobody says he does; with the last one the function and its schema. */
export async function removeTriggersOf(sql: Sql, migration: string): Promise<Removed> {
  return await inTransaction(sql, async () => {
    if (!(await hasTriggers(sql))) return { removed: false, others: [], isSchemaLeft: false };
    const left = (await needs(sql)).map(({ name, migrations }) => ({
      name,
      others: migrations.filter((each) => each !== migration),
    }));
    for (const { name, others } of left)
      if (others.length > 0) await sayNeeded(sql, name, others);
      else await dropTrigger(sql, name);
    const others = [...new Set(left.flatMap((table) => table.others))];
    if (others.length > 0)
      return { removed: left.some((table) => table.others.length === 0), others, isSchemaLeft: false };
    return { removed: true, others, isSchemaLeft: !(await dropFunction(sql)) };
  });
}

/** Removes every trigger and the function, whoever needs them; true when there was something. */
export async function removeTriggers(sql: Sql): Promise<boolean> {
  return await inTransaction(sql, async () => {
    if (!(await hasTriggers(sql))) return false;
    for (const { name } of await needs(sql)) await dropTrigger(sql, name);
    await dropFunction(sql);
    return true;
  });
}

async function dropTrigger(sql: Sql, table: string): Promise<void> {
  await onTable(table, 'all', () => sql.query(`DROP TRIGGER ${attributionTrigger} ON ${table}`));
}

/** The function, and its schema unless others have put something there: true when both went. Never CASCADE: what is not ours must not go with it. */
async function dropFunction(sql: Sql): Promise<boolean> {
  await sql.query(`DROP FUNCTION ${attributionFunction}()`);
  const { rows } = await sql.query<{ used: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_depend WHERE refclassid = 'pg_namespace'::regclass AND refobjid = '${attributionSchema}'::regnamespace) AS used`,
  );
  if (rows[0]?.used !== false) return false;
  await sql.query(`DROP SCHEMA ${attributionSchema}`);
  return true;
}

/** What of others stands under the names that {@link makeTriggers} needs. */
export async function takenNames(sql: Sql, tables: readonly TableName[]): Promise<Problem[]> {
  const taken = (message: string, remedy: string): Problem => ({
    code: 'name-taken',
    message,
    remedy,
    passing: false,
  });
  const { rows: schemas } = await sql.query<{ owner: string; ours: boolean }>(
    `SELECT pg_get_userbyid(coalesce(p.proowner, n.nspowner)) AS owner, p.oid IS NOT NULL AND pg_has_role(p.proowner, 'USAGE') AS ours
     FROM pg_namespace n LEFT JOIN pg_proc p ON p.oid = to_regproc('${attributionFunction}') WHERE n.nspname = '${attributionSchema}'`,
  );
  const isThere = await hasTriggers(sql);
  const { rows: triggers } = await sql.query<{ table: string }>(
    `SELECT c.oid::regclass::text AS table FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
     WHERE g.tgname = '${attributionTrigger}' AND g.tgfoid IS DISTINCT FROM to_regproc('${attributionFunction}') AND c.oid = ANY($1::regclass[]) ORDER BY 1`,
    [tables.map(sqlName)],
  );
  return [
    ...schemas.flatMap(({ owner, ours }) => {
      if (!isThere)
        return [
          taken(
            `there is a schema ${attributionSchema} that Chronos did not make`,
            `give it another name (ALTER SCHEMA ${attributionSchema} RENAME TO …), or drop it if nobody needs it`,
          ),
        ];
      const remedy = `install as role ${owner}, or GRANT ${pg.escapeIdentifier(owner)} TO the role that installs`;
      return ours ? [] : [taken(`the triggers' function was installed by role ${owner}`, remedy)];
    }),
    ...triggers.map(({ table }) =>
      taken(
        `${table} has a trigger ${attributionTrigger} that Chronos did not make`,
        `give it another name: ALTER TRIGGER ${attributionTrigger} ON ${table} RENAME TO …`,
      ),
    ),
  ];
}

/** Whether the database tells traces. */
export async function hasTriggers(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query<{ found: boolean }>(
    `SELECT to_regproc('${attributionFunction}') IS NOT NULL AS found`,
  );
  return rows[0]?.found === true;
}
