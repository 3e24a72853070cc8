/** The statements that make a row of one universe what the other universe has. */
import type { Universe } from './catalog.ts';
import type { CompiledEntity, CompiledField, CompiledLookup, Values } from './entity.ts';
import { identifier, literal } from './sql.ts';

export interface WriteStatement {
  readonly text: string;
  readonly values: readonly (string | null | readonly (string | null)[])[];
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
  return { text: insertText(entity, universe, rows, onConflict, parameters), values: parameters.values };
}

function insertText(
  entity: CompiledEntity,
  universe: Universe,
  rows: readonly Values[],
  onConflict: OnConflict,
  parameters: Places,
): string {
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
  const conflict = conflictClause(entity, universe, columns, onConflict);
  return `INSERT INTO ${tableSql(entity, universe)} (${columns.map(identifier).join(', ')})${overriding} VALUES ${tuples.join(', ')}${conflict}`;
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
  return {
    text: updateText(entity, universe, { before, values, fields }, parameters),
    values: parameters.values,
  };
}

/** A row as it is, and the fields that become others. */
export interface RowUpdate {
  readonly before: Values;
  readonly values: Values;
  readonly fields: readonly string[];
}

/** The same of many rows, to be sent at once: a statement each, so that each value is taken as its column's type takes it. @throws UnwritableValueError */
export function updateRows(
  entity: CompiledEntity,
  universe: Universe,
  rows: readonly RowUpdate[],
): WriteStatement {
  const literals = new Literals();
  return { text: rows.map((row) => updateText(entity, universe, row, literals)).join(';\n'), values: [] };
}

function updateText(
  entity: CompiledEntity,
  universe: Universe,
  { before, values, fields }: RowUpdate,
  parameters: Places,
): string {
  const named = new Map([...values].filter(([name]) => fields.includes(name)));
  const columns = new Map(assignments(entity, universe, named, parameters));
  for (const [column, value] of entity.refills(universe, before, values))
    columns.set(column, value === undefined ? 'DEFAULT' : parameters.add(value));
  const sets = [...columns].map(([column, sql]) => `${identifier(column)} = ${sql}`);
  return `UPDATE ${tableSql(entity, universe)} SET ${sets.join(', ')} WHERE ${keyCondition(entity, universe, values, parameters)}`;
}

/** A row that gets another key, and nothing else; what refers to it may follow by itself. */
export interface RowRename {
  readonly before: Values;
  readonly after: Values;
}

export interface RowsAtOnce {
  readonly entity: CompiledEntity;
  readonly renames: readonly RowRename[];
  readonly updates: readonly RowUpdate[];
  readonly inserts: readonly Values[];
  readonly deletes: readonly Values[];
}

/**
 * All of it in one statement, at whose end foreign keys are checked that cannot be deferred (manual, SQL: CREATE TABLE, "NOT DEFERRABLE"). In which order
 * its parts run is not said (manual, 7.8.4). @throws UnwritableValueError
 */
export function writeAtOnce(universe: Universe, entities: readonly RowsAtOnce[]): WriteStatement {
  const literals = new Literals();
  const parts = entities.flatMap(({ entity, renames, updates, inserts, deletes }) => [
    ...renames.map((rename) => renameText(entity, universe, rename, literals)),
    ...updates.map((row) => updateText(entity, universe, row, literals)),
    ...(inserts.length === 0 ? [] : [insertText(entity, universe, inserts, 'fail', literals)]),
    ...deletes.map(
      (values) =>
        `DELETE FROM ${tableSql(entity, universe)} WHERE ${keyCondition(entity, universe, values, literals)}`,
    ),
  ]);
  return { text: `WITH ${parts.map((sql, at) => `p${at} AS (${sql})`).join(',\n')}\nSELECT`, values: [] };
}

function renameText(
  entity: CompiledEntity,
  universe: Universe,
  { before, after }: RowRename,
  places: Places,
): string {
  const key = new Map([...after].filter(([name]) => entity.keyFields.includes(name)));
  const sets = Object.entries(entity.row(universe, key)).map(
    ([column, value]) => `${identifier(column)} = ${places.add(value)}`,
  );
  return `UPDATE ${tableSql(entity, universe)} SET ${sets.join(', ')} WHERE ${keyCondition(entity, universe, before, places)}`;
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
  const [name, ...others] = entity.keyFields;
  const field = name === undefined ? undefined : entity.field(name);
  if (name !== undefined && field !== undefined && others.length === 0 && rows.length > 1) {
    const keys = rows.map((values) => entity.written(universe, field, values.get(name) ?? null));
    const column = identifier(field[universe].column.name);
    return { text: `DELETE FROM ${tableSql(entity, universe)} WHERE ${column} = ANY($1)`, values: [keys] };
  }
  const parameters = new Parameters();
  const conditions = rows.map((values) => keyCondition(entity, universe, values, parameters));
  const where = conditions.length === 1 ? conditions[0] : conditions.map((sql) => `(${sql})`).join(' OR ');
  return {
    text: `DELETE FROM ${tableSql(entity, universe)} WHERE ${where}`,
    values: parameters.values,
  };
}

/** Where values stand in a statement. */
interface Places {
  add(value: string | null): string;
}

/** In the statement itself. */
class Literals implements Places {
  add(value: string | null): string {
    return value === null ? 'NULL' : literal(value);
  }
}

class Parameters implements Places {
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
  parameters: Places,
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
  parameters: Places,
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
  parameters: Places,
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
