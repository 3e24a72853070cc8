/** The statements that make a row of one universe what the other universe has. */
import type { Universe } from './catalog.ts';
import type { CompiledEntity, CompiledField, CompiledLookup, Values } from './entity.ts';
import { identifier } from './sql.ts';

export interface WriteStatement {
  readonly text: string;
  readonly values: readonly (string | null)[];
}

/** What becomes of a row that is there already. */
export type OnConflict = 'fail' | 'skip' | 'overwrite';

/** `INSERT` of one row or several, columns that only this universe has filled as declared. @throws UnwritableValueError */
export function insertRows(
  entity: CompiledEntity,
  universe: Universe,
  rows: readonly Values[],
  onConflict: OnConflict = 'fail',
): WriteStatement {
  const parameters = new Parameters();
  const lists = rows.map((values) => {
    const row = new Map(assignments(entity, universe, values, parameters));
    for (const [column, value] of Object.entries(entity.fills(universe, values)))
      row.set(column, parameters.add(value));
    return row;
  });
  const columns = [...new Set(lists.flatMap((row) => [...row.keys()]))];
  const tuples = lists.map((row) => `(${columns.map((column) => row.get(column) ?? 'DEFAULT').join(', ')})`);
  const overriding = entity.fields.some((field) => field[universe].column.identityAlways)
    ? ' OVERRIDING SYSTEM VALUE'
    : '';
  return {
    text: `INSERT INTO ${tableSql(entity, universe)} (${columns.map(identifier).join(', ')})${overriding} VALUES ${tuples.join(', ')}${conflictClause(
      entity,
      universe,
      columns,
      onConflict,
    )}`,
    values: parameters.values,
  };
}

/**
 * `UPDATE` of the named fields of the row with the key in `values`, and of columns that only this universe has and that are filled by a field that changes.
 * @param before the row as it is. @throws UnwritableValueError
 */
export function updateRow(
  entity: CompiledEntity,
  universe: Universe,
  { before, values }: { readonly before: Values; readonly values: Values },
  fields: readonly string[],
): WriteStatement {
  const parameters = new Parameters();
  const named = new Map([...values].filter(([name]) => fields.includes(name)));
  const columns = new Map(assignments(entity, universe, named, parameters));
  for (const [column, value] of entity.refills(universe, before, values))
    columns.set(column, value === undefined ? 'DEFAULT' : parameters.add(value));
  const sets = [...columns].map(([column, sql]) => `${identifier(column)} = ${sql}`);
  return {
    text: `UPDATE ${tableSql(entity, universe)} SET ${sets.join(', ')} WHERE ${keyCondition(entity, universe, values, parameters)}`,
    values: parameters.values,
  };
}

/** `DELETE` of the row with the key in `values`. @throws UnwritableValueError */
export function deleteRow(entity: CompiledEntity, universe: Universe, values: Values): WriteStatement {
  return deleteRows(entity, universe, [values]);
}

/** `DELETE` of the rows with these keys. @throws UnwritableValueError */
export function deleteRows(
  entity: CompiledEntity,
  universe: Universe,
  rows: readonly Values[],
): WriteStatement {
  const parameters = new Parameters();
  const conditions = rows.map((values) => keyCondition(entity, universe, values, parameters));
  const where = conditions.length === 1 ? conditions[0] : conditions.map((sql) => `(${sql})`).join(' OR ');
  return {
    text: `DELETE FROM ${tableSql(entity, universe)} WHERE ${where}`,
    values: parameters.values,
  };
}

class Parameters {
  readonly values: (string | null)[] = [];

  add(value: string | null): string {
    return `$${this.values.push(value)}`;
  }
}

/** Column and SQL of its value, for all that is known and may be written. */
function assignments(
  entity: CompiledEntity,
  universe: Universe,
  values: Values,
  parameters: Parameters,
): [string, string][] {
  const row = entity.row(universe, values);
  const direct = Object.entries(row).map(([column, value]): [string, string] => [
    column,
    parameters.add(value),
  ]);
  const through = entity.side(universe).lookups.flatMap((lookup) => {
    const [[local, remote] = ['', ''], ...others] = lookup.on;
    const fields = entity.fields.filter(
      (field) => field[universe].lookup === lookup.name && values.get(field.name) !== undefined,
    );
    // A column that has a field of its own is written by that; several columns together belong to the row itself, not to a code.
    if (fields.length === 0 || others.length > 0 || local in row) return [];
    return [
      [local, subselect(entity, universe, lookup, remote, fields, values, parameters)] as [string, string],
    ];
  });
  return [...direct, ...through];
}

/** The remote column of the lookup's row that has these values. */
function subselect(
  entity: CompiledEntity,
  universe: Universe,
  lookup: CompiledLookup,
  remote: string,
  fields: readonly CompiledField[],
  values: Values,
  parameters: Parameters,
): string {
  const conditions = fields.map((field) => {
    const written = entity.written(universe, field, values.get(field.name) ?? null);
    return `${identifier(field[universe].column.name)} IS NOT DISTINCT FROM ${parameters.add(written)}`;
  });
  return `(SELECT ${identifier(remote)} FROM ${identifier(lookup.schema)}.${identifier(lookup.table)} WHERE ${conditions.join(' AND ')})`;
}

function keyCondition(
  entity: CompiledEntity,
  universe: Universe,
  values: Values,
  parameters: Parameters,
): string {
  return entity.keyFields
    .map((name) => {
      const field = entity.field(name);
      if (field === undefined) throw new Error(`entity ${entity.name} has no field ${name}`);
      const written = entity.written(universe, field, values.get(name) ?? null);
      return `${identifier(field[universe].column.name)} = ${parameters.add(written)}`;
    })
    .join(' AND ');
}

function conflictClause(
  entity: CompiledEntity,
  universe: Universe,
  columns: readonly string[],
  onConflict: OnConflict,
): string {
  if (onConflict === 'fail') return '';
  if (onConflict === 'skip') return ' ON CONFLICT DO NOTHING';
  const key = entity.keyFields.map((name) => entity.field(name)?.[universe].column.name ?? name);
  const rest = columns.filter((column) => !key.includes(column));
  const sets = rest.flatMap((column) => overwritten(entity, universe, column));
  const target = ` ON CONFLICT (${key.map(identifier).join(', ')})`;
  return sets.length === 0 ? `${target} DO NOTHING` : `${target} DO UPDATE SET ${sets.join(', ')}`;
}

/** What only this universe has stays as it is there, unless the row stands for another thing than before: {@link CompiledEntity.refills}. */
function overwritten(entity: CompiledEntity, universe: Universe, column: string): string[] {
  const name = identifier(column);
  const fill = entity.side(universe).fills.find((each) => each.column === column);
  if (fill === undefined) return [`${name} = excluded.${name}`];
  const field = fill.when && entity.field(fill.when.field)?.[universe];
  if (field === undefined || field.lookup !== undefined) return [];
  const by = identifier(field.column.name);
  const table = identifier(entity.side(universe).table);
  return [
    `${name} = CASE WHEN ${table}.${by} IS NOT DISTINCT FROM excluded.${by} THEN ${table}.${name} ELSE excluded.${name} END`,
  ];
}

function tableSql(entity: CompiledEntity, universe: Universe): string {
  const { schema, table } = entity.side(universe);
  return `${identifier(schema)}.${identifier(table)}`;
}
