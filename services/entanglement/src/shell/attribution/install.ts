import pg from 'pg';
import type { TableName } from '../../core/change/source-event.ts';
import { sqlName } from '../cdc/identity.ts';

type Sql = Pick<pg.Client, 'query'>;

export const attributionSchema = 'chronos_attribution';
/** Of each table. */
export const attributionTrigger = 'chronos_attribution';

/**
 * A statement trigger runs once a statement, before it, and sees its text. OpenTelemetry's instrumentations (sqlcommenter) append
 * traceparent='00-…-…-01' in a comment; the last one counts, as an earlier one may stand in a literal. Said once a transaction: of several the reader takes
 * the first. It stands in the way of every statement of the service, so that those after the first are let pass by two settings, and the comment is found
 * without a regular expression over the whole text (bench:entanglement -- --only source). Nothing in it may fail the service's own statement: hence the
 * exception block. Not seen: statements within functions, and named prepared statements, whose text is the one they were prepared with.
 */
const functionSql = (prefix: string) => `
CREATE OR REPLACE FUNCTION ${attributionSchema}.tell_trace() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $chronos$
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
 */
export async function installTriggers(
  sql: Sql,
  tables: readonly TableName[],
  prefix: string,
  migration = '',
): Promise<void> {
  if (!/^[-a-z0-9_]+$/.test(prefix)) throw new RangeError(`${prefix} is no prefix of messages`);
  await inTransaction(sql, async () => {
    await sql.query(`CREATE SCHEMA IF NOT EXISTS ${attributionSchema}`);
    await sql.query(functionSql(prefix));
    // Whoever writes the tables must be able to run what their trigger calls.
    await sql.query(`GRANT USAGE ON SCHEMA ${attributionSchema} TO PUBLIC`);
    const known = await needs(sql);
    for (const table of tables) {
      const needed = known.find(({ name }) => name === sqlName(table))?.migrations ?? [];
      await sql.query(`DROP TRIGGER IF EXISTS ${attributionTrigger} ON ${sqlName(table)}`);
      await sql.query(
        `CREATE TRIGGER ${attributionTrigger} BEFORE INSERT OR UPDATE OR DELETE ON ${sqlName(table)} FOR EACH STATEMENT EXECUTE FUNCTION ${attributionSchema}.tell_trace()`,
      );
      await sayNeeded(sql, sqlName(table), [...new Set([...needed, migration])]);
    }
  });
}

/** Tables with the trigger, as SQL names them, and the migrations that need it. */
async function needs(sql: Sql): Promise<{ readonly name: string; readonly migrations: readonly string[] }[]> {
  const { rows } = await sql.query<{ name: string; comment: string | null }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name, obj_description(g.oid, 'pg_trigger') AS comment
     FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE g.tgname = '${attributionTrigger}' AND g.tgparentid = 0`,
  );
  return rows.map(({ name, comment }) => ({ name, migrations: namesIn(comment ?? '') }));
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

/** Removes the triggers that only this migration needs, or nobody says he does; with the last one the function. Returns who still needs some. */
export async function removeTriggersOf(
  sql: Sql,
  migration: string,
): Promise<{ readonly removed: boolean; readonly others: readonly string[] }> {
  if (!(await hasTriggers(sql))) return { removed: false, others: [] };
  const left = (await needs(sql)).map(({ name, migrations }) => ({
    name,
    others: migrations.filter((each) => each !== migration),
  }));
  if (left.every(({ others }) => others.length === 0))
    return { removed: await removeTriggers(sql), others: [] };
  await inTransaction(sql, async () => {
    for (const { name, others } of left)
      if (others.length > 0) await sayNeeded(sql, name, others);
      else await sql.query(`DROP TRIGGER ${attributionTrigger} ON ${name}`);
  });
  return {
    removed: left.some(({ others }) => others.length === 0),
    others: [...new Set(left.flatMap(({ others }) => others))],
  };
}

/** Removes every trigger and the function, wherever they are; true when there was something. */
export async function removeTriggers(sql: Sql): Promise<boolean> {
  if (!(await hasTriggers(sql))) return false;
  await sql.query(`DROP SCHEMA ${attributionSchema} CASCADE`);
  return true;
}

/** Whether the database tells traces. */
export async function hasTriggers(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query<{ found: boolean }>(
    `SELECT to_regproc('${attributionSchema}.tell_trace') IS NOT NULL AS found`,
  );
  return rows[0]?.found === true;
}

async function inTransaction(sql: Sql, work: () => Promise<void>): Promise<void> {
  await sql.query('BEGIN');
  try {
    await sql.query(`SET LOCAL lock_timeout = '3s'`);
    await work();
    await sql.query('COMMIT');
  } catch (error) {
    await sql.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
