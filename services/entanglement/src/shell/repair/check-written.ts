/** Whether a repair's rows are as they were meant once all is written: the database's own triggers may have changed them, or rows beside them. */
import type pg from 'pg';
import { namedNow } from '../../core/identifiers/matched-rows.ts';
import type { Partners } from '../../core/identifiers/partners.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import type { CompiledEntity, Values } from '../../core/mapping/entity.ts';
import { differingFields } from '../verify/postgres-side.ts';
import { readRows } from '../verify/read-rows.ts';
import { RepairRefusedError } from '../verify/repair-row.ts';
import { keyOf, keyText } from '../verify/side.ts';

/** A row of the case that is not written, as it was read. */
export interface Untouched {
  readonly entity: string;
  readonly key: string;
  readonly values: Values | undefined;
}

interface Checking {
  readonly universe: Universe;
  readonly entities: readonly CompiledEntity[];
  readonly untouched?: readonly Untouched[];
}

interface WrittenRow {
  readonly entity: CompiledEntity;
  readonly after: Values | undefined;
  /** `add`: what is generated from a number is not what was added to it (rounding). */
  readonly write: { readonly kind: 'row' | 'add'; readonly key: string };
}

/**
 * After the last write, for the database's own triggers may change what was written before. False: somebody else has changed a row that was not to
 * be written.
 *
 * @throws RepairRefusedError for what cannot be held as written (digits, a trigger): it would differ for ever.
 */
export async function isKept(
  client: pg.ClientBase,
  { universe, entities, untouched = [] }: Checking,
  rows: readonly WrittenRow[],
  partners: Partners,
): Promise<boolean> {
  for (const entity of new Set(rows.map((row) => row.entity))) {
    const gone: string[] = [];
    const wanted = new Map<string, { readonly values: Values; readonly isSum: boolean }>();
    for (const row of rows) {
      if (row.entity !== entity) continue;
      if (row.after === undefined) {
        gone.push(row.write.key);
        continue;
      }
      const values = namedNow(entity, universe, row.after, partners);
      const key = keyText(entity.keyFields.map((name) => values.get(name) ?? ''));
      wanted.set(key, { values, isSum: row.write.kind === 'add' });
    }
    const keys = [...wanted.keys(), ...gone];
    const kept = await readRows(client, entity, universe, keys.map(keyOf), partners);
    for (const key of gone) if (!wanted.has(key)) refuseKept(entity, key, kept.get(key)?.values, universe);
    for (const [key, { values, isSum }] of wanted) {
      const found = kept.get(key)?.values;
      refuseOther(entity, key, isSum ? asMade(entity, universe, values, found) : values, found, universe);
    }
  }
  const { rows: own } = await client.query<{ xid: string }>(`SELECT pg_current_xact_id()::xid::text AS xid`);
  const xid = own[0]?.xid ?? '';
  for (const entity of entities) {
    const still = untouched.filter((each) => each.entity === entity.name);
    if (still.length === 0) continue;
    const now = await readRows(
      client,
      entity,
      universe,
      still.map(({ key }) => keyOf(key)),
      partners,
    );
    for (const each of still) {
      const row = now.get(each.key);
      const isOurs = row === undefined || row.version.startsWith(`${xid}(`);
      if (!isOurs && !isSame(entity, each.values, row.values)) return false;
      refuseTouched(entity, each, row?.values, universe);
    }
  }
  return true;
}

/** With what the database itself makes as it is there. */
function asMade(
  entity: CompiledEntity,
  universe: Universe,
  values: Values,
  found: Values | undefined,
): Values {
  const made = entity.fields.filter((field) => field[universe].column.computed).map(({ name }) => name);
  return new Map([...values, ...made.map((name) => [name, found?.get(name)] as const)]);
}

/** Equal in what is compared. */
export function isSame(
  entity: CompiledEntity,
  wanted: Values | undefined,
  found: Values | undefined,
): boolean {
  if (wanted === undefined || found === undefined) return wanted === found;
  return differingFields(entity, found, wanted).length === 0;
}

/** @throws RepairRefusedError unless the row is as it was written. */
export function refuseOther(
  entity: CompiledEntity,
  key: string,
  wanted: Values,
  found: Values | undefined,
  universe: Universe,
): void {
  if (isSame(entity, wanted, found)) return;
  throw new RepairRefusedError(
    `${entity.name} ${key}: ${universe} does not keep ${differing(entity, wanted, found)} as written (digits, length, or a trigger of its own: chronos entangle check names those)`,
  );
}

/** @throws RepairRefusedError if a row that was removed is there still: a DELETE may do nothing, and say so to nobody. */
export function refuseKept(
  entity: CompiledEntity,
  key: string,
  found: Values | undefined,
  universe: Universe,
): void {
  if (found === undefined) return;
  throw new RepairRefusedError(
    `${entity.name} ${key}: ${universe} does not let the row go (a trigger or a rule of its own: chronos entangle check names triggers)`,
  );
}

/** @throws RepairRefusedError unless the row is as it was, though others were written. */
export function refuseTouched(
  entity: CompiledEntity,
  { key, values }: Untouched,
  found: Values | undefined,
  universe: Universe,
): void {
  if (isSame(entity, values, found)) return;
  throw new RepairRefusedError(
    `${entity.name} ${key}: a trigger of ${universe}'s own changes ${differing(entity, values, found)} when the rows beside it are written (chronos entangle check names it)`,
  );
}

function differing(entity: CompiledEntity, wanted: Values | undefined, found: Values | undefined): string {
  return wanted && found ? differingFields(entity, found, wanted).join(', ') : 'the row';
}
