import type pg from 'pg';
import type { Universe } from '../../core/mapping/catalog.ts';
import type { CompiledEntity, Values } from '../../core/mapping/entity.ts';
import { deleteRow, insertRows, updateRow } from '../../core/mapping/write-statements.ts';
import { keyOrders } from '../../core/verify/key-order.ts';
import { type Key, VerifyStatements } from '../../core/verify/statements.ts';
import { differingFields, type RowAnswer, sideRow } from './postgres-side.ts';
import type { SideRow } from './side.ts';

/** Prefixes of the WAL messages by which change capture knows our own writes. */
export const REPAIR_PREFIX = 'chronos-repair';
export const COPY_PREFIX = 'chronos-copy';

/** A database that rows are read from or written to. */
export interface RowDatabase {
  readonly universe: Universe;
  readonly pool: pg.Pool;
}

export interface RowRepair {
  readonly entity: CompiledEntity;
  readonly key: Key;
  /** Whose row is right. */
  readonly authority: RowDatabase;
  readonly target: RowDatabase;
  /** Id of the repair, which stands in the WAL with it. */
  readonly id: string;
  /** Version of the target's row that the repair was decided on; undefined: there was none. A newer row is never overwritten. */
  readonly targetVersion: string | undefined;
}

export interface RepairOutcome {
  /** `changed`: either row is not what it was; look again. `equal`: nothing to do. */
  readonly outcome: 'repaired' | 'equal' | 'changed';
  readonly before: Values | undefined;
  readonly after: Values | undefined;
}

/** The row is written, but does not read as what it should be: the target cannot hold it (digits, length, a trigger). */
export class RepairRefusedError extends Error {
  override readonly name = 'RepairRefusedError';
}

/**
 * Makes the target's row what the authority's is, in one transaction with a mark that change capture recognises.
 *
 * @throws UnwritableValueError, RepairRefusedError, and the database's error (a foreign key, a check) when it cannot be done.
 */
export async function repairRow(repair: RowRepair): Promise<RepairOutcome> {
  const { entity, key, authority, target } = repair;
  const source = await readRow(authority.pool, entity, authority.universe, key);
  const client = await target.pool.connect();
  let broken = false;
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_logical_emit_message(true, $1, $2)', [REPAIR_PREFIX, repair.id]);
    const before = await readRow(client, entity, target.universe, key, 'lock');
    const outcome =
      before?.version === repair.targetVersion
        ? await write(client, entity, target.universe, before, source)
        : 'changed';
    const now =
      outcome === 'repaired' ? await readRow(authority.pool, entity, authority.universe, key) : source;
    const isCurrent = outcome === 'repaired' && now?.version === source?.version;
    await client.query(isCurrent ? 'COMMIT' : 'ROLLBACK');
    return {
      outcome: outcome === 'repaired' && !isCurrent ? 'changed' : outcome,
      before: before?.values,
      after: source?.values,
    };
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function write(
  client: pg.ClientBase,
  entity: CompiledEntity,
  universe: Universe,
  before: SideRow | undefined,
  source: SideRow | undefined,
): Promise<'repaired' | 'equal'> {
  if (source === undefined) {
    if (before === undefined) return 'equal';
    await run(client, deleteRow(entity, universe, before.values));
    return 'repaired';
  }
  if (before === undefined) {
    await run(client, insertRows(entity, universe, [source.values]));
    await keepSequencesAhead(client, entity, universe);
  } else {
    const fields = entity.fields
      .filter(
        ({ name, identifiers }) => identifiers === '' && before.values.get(name) !== source.values.get(name),
      )
      .map(({ name }) => name);
    if (fields.length === 0) return 'equal';
    await run(client, updateRow(entity, universe, source.values, fields));
  }
  const key = entity.keyFields.map((name) => source.values.get(name) ?? '');
  const after = await readRow(client, entity, universe, key);
  const wrong = after === undefined ? ['the row'] : differingFields(entity, after.values, source.values);
  if (wrong.length > 0)
    throw new RepairRefusedError(
      `${entity.name} ${JSON.stringify(key)}: ${universe} does not keep ${wrong.join(', ')} as written`,
    );
  return 'repaired';
}

async function run(
  client: pg.ClientBase,
  { text, values }: { readonly text: string; readonly values: readonly (string | null)[] },
): Promise<void> {
  await client.query(text, [...values]);
}

/** Sequences behind the entity's columns stand at their largest value or beyond, so that the service's next insert does not collide. */
export async function keepSequencesAhead(
  client: Pick<pg.ClientBase, 'query'>,
  entity: CompiledEntity,
  universe: Universe,
): Promise<void> {
  const { schema, table } = entity.side(universe);
  const name = `"${schema.replaceAll('"', '""')}"."${table.replaceAll('"', '""')}"`;
  for (const { [universe]: side } of entity.fields) {
    const { sequence, name: column } = side.column;
    if (side.lookup !== undefined || sequence === undefined) continue;
    await client.query(
      `SELECT setval('${sequence.replaceAll("'", "''")}', m.max) FROM (SELECT max("${column.replaceAll('"', '""')}") FROM ${name}) m
       WHERE m.max > (SELECT last_value FROM ${sequence})`,
    );
  }
}

async function readRow(
  client: Pick<pg.ClientBase, 'query'>,
  entity: CompiledEntity,
  universe: Universe,
  key: Key,
  lock: 'lock' | 'free' = 'free',
): Promise<SideRow | undefined> {
  const statement = new VerifyStatements(entity, universe, keyOrders(entity)).rows([key], lock);
  if (statement === undefined) return undefined;
  const { rows } = await client.query<RowAnswer>(statement.text, [...statement.values]);
  return rows[0] === undefined ? undefined : sideRow(entity, rows[0]);
}
