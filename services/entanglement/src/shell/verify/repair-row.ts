import type pg from 'pg';
import {
  isRewritten,
  namedNow,
  toOwn,
  wantsOfCommon,
  wantsOfKeys,
} from '../../core/identifiers/matched-rows.ts';
import type { IdPair, Partners } from '../../core/identifiers/partners.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import type { CompiledEntity, Values } from '../../core/mapping/entity.ts';
import {
  deleteRow,
  insertRows,
  updateRow,
  type WriteStatement,
} from '../../core/mapping/write-statements.ts';
import type { Key } from '../../core/verify/statements.ts';
import { keepSequencesAhead } from '../identifiers/keep-sequences-ahead.ts';
import { makeIds } from '../identifiers/make-ids.ts';
import { noPairs, type PairSource } from '../identifiers/pair-source.ts';
import { beginMarked, type Mark } from '../repair/marked.ts';
import { differingFields, PostgresSide } from './postgres-side.ts';
import { readRows } from './read-rows.ts';
import { keyText, type SideRow } from './side.ts';

/** A database that rows are read from or written to. */
export interface RowDatabase {
  readonly universe: Universe;
  readonly pool: pg.Pool;
}

export interface RowRepair extends Mark {
  readonly entity: CompiledEntity;
  readonly key: Key;
  /** Whose row is right. */
  readonly authority: RowDatabase;
  readonly target: RowDatabase;
  /** Version of the target's row that the repair was decided on; undefined: there was none. A newer row is never overwritten. */
  readonly targetVersion: string | undefined;
  /** By which ids are matched. */
  readonly pairs?: PairSource;
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

/** A row that somebody else's transaction holds is left to a later try. */
const LOCK_TIMEOUT_MS = 2_000;
const STATEMENT_TIMEOUT_MS = 30_000;

/**
 * Makes the target's row what the authority's is, in one transaction with a mark that change capture recognises.
 *
 * @throws UnwritableValueError, RepairRefusedError, and the database's error (a foreign key, a check) when it cannot be done.
 */
export async function repairRow(repair: RowRepair): Promise<RepairOutcome> {
  const { entity, key, authority, target, pairs = noPairs } = repair;
  const [source, current] = await Promise.all(
    [authority, target].map(async ({ pool, universe }) =>
      (await new PostgresSide(pool, universe, pairs).rows(entity, [key])).get(keyText(key)),
    ),
  );
  const partners = await partnersOf(repair, [source, current]);
  const client = await target.pool.connect();
  let broken = false;
  try {
    await beginMarked(client, repair);
    await client.query(
      `SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}; SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT_MS}`,
    );
    const read = await readRows(client, entity, target.universe, [key], partners, 'lock');
    const before = read.get(keyText(key));
    const written = { entity, universe: target.universe, before, source, partners };
    const { outcome, made } =
      before?.version === repair.targetVersion
        ? await write(client, written)
        : ({ outcome: 'changed', made: [] } as const);
    const now =
      outcome === 'repaired'
        ? (await readRows(authority.pool, entity, authority.universe, [key], partners)).get(keyText(key))
        : source;
    // Pairs are learned before the commit: whatever becomes of it, the next attempt writes the same row, and never a second one.
    const isCurrent =
      outcome === 'repaired' &&
      now?.version === source?.version &&
      (await pairs.learn(made, `repair:${repair.id}`));
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

interface Writing {
  readonly entity: CompiledEntity;
  readonly universe: Universe;
  readonly before: SideRow | undefined;
  readonly source: SideRow | undefined;
  readonly partners: Partners;
}

/** `made`: ids that a new row got. */
interface Written {
  readonly outcome: 'repaired' | 'equal';
  readonly made: readonly IdPair[];
}

async function write(client: pg.ClientBase, writing: Writing): Promise<Written> {
  const { entity, universe, before, source, partners } = writing;
  const own = (values: Values) => toOwn(entity, universe, values, partners);
  if (source === undefined) {
    if (before === undefined) return { outcome: 'equal', made: [] };
    await run(client, deleteRow(entity, universe, own(before.values)));
    const gone = entity.keyFields.map((name) => before.values.get(name) ?? '');
    // A DELETE may do nothing, and say so to nobody.
    if ((await readRows(client, entity, universe, [gone], partners)).size > 0)
      throw new RepairRefusedError(
        `${entity.name} ${keyText(gone)}: ${universe} does not let the row go (a trigger or a rule of its own)`,
      );
    return { outcome: 'repaired', made: [] };
  }
  let made: readonly IdPair[] = [];
  if (before === undefined) {
    made = await makeIds(client, entity, universe, [source.values], partners);
    await run(client, insertRows(entity, universe, [own(source.values)]));
    await keepSequencesAhead(client, entity, universe);
  } else {
    const fields = entity.fields
      .filter(
        (field) =>
          isRewritten(entity, field) && before.values.get(field.name) !== source.values.get(field.name),
      )
      .map(({ name }) => name);
    if (fields.length === 0) return { outcome: 'equal', made };
    const row = { before: before.values, values: own(source.values) };
    // What the database makes itself is never written, only looked at below.
    const written = fields.filter((name) => entity.field(name)?.[universe].column.computed !== true);
    if (written.length > 0) await run(client, updateRow(entity, universe, row, written));
  }
  const wanted = namedNow(entity, universe, source.values, partners);
  const key = entity.keyFields.map((name) => wanted.get(name) ?? '');
  const after = (await readRows(client, entity, universe, [key], partners)).get(keyText(key));
  const wrong = after === undefined ? ['the row'] : differingFields(entity, after.values, wanted);
  if (wrong.length > 0)
    throw new RepairRefusedError(
      `${entity.name} ${JSON.stringify(key)}: ${universe} does not keep ${wrong.join(', ')} as written`,
    );
  return { outcome: 'repaired', made };
}

/** What is known of the ids in these rows. */
function partnersOf(
  { entity, key, pairs = noPairs }: RowRepair,
  rows: readonly (SideRow | undefined)[],
): Promise<Partners> {
  const values = rows.flatMap((row) => (row === undefined ? [] : [row.values]));
  return pairs.partners([...wantsOfKeys(entity, [key]), ...wantsOfCommon(entity, values)]);
}

async function run(client: pg.ClientBase, { text, values }: WriteStatement): Promise<void> {
  await client.query(text, [...values]);
}
