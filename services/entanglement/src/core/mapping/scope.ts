/** Where a universe keeps an entity: its table, the tables that it looks up, and the columns of its fields. */
import type { Entity, EntityField, TableSide } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import {
  type Catalog,
  type Column,
  SUPPORTED_TYPES,
  type Table,
  tableId,
  tableName,
  type Universe,
} from './catalog.ts';
import type { CompiledFilter, CompiledLookup, CompiledSide } from './entity.ts';
import { nativeConversion } from './native.ts';
import { asText, identifier, literal } from './sql.ts';

/** The tables that a side's columns are looked for in. */
export interface Scope {
  readonly universe: Universe;
  readonly table: Table;
  readonly lookups: ReadonlyMap<string, Table>;
  readonly side: CompiledSide;
}

/**
 * @param catalog undefined: the database cannot be read, and nothing is said of it
 * @param areTablesNamed missing ones were told before
 */
export function scopeOf(
  entity: Entity,
  universe: Universe,
  catalog: Catalog | undefined,
  problems: string[],
  areTablesNamed: boolean,
): Scope | undefined {
  const declared = entity[universe];
  if (declared === undefined || catalog === undefined) return undefined;
  const place = `entity ${entity.name}, ${universe}`;
  const name = tableName(declared.table);
  const table = catalog.get(tableId(name));
  if (table === undefined) {
    if (!areTablesNamed) problems.push(`${place}: there is no table ${tableId(name)} that Chronos may read`);
    return undefined;
  }
  const lookups = new Map<string, Table>();
  for (const lookup of declared.lookups) {
    const remote = catalog.get(tableId(tableName(lookup.table)));
    if (remote === undefined) {
      if (!areTablesNamed)
        problems.push(
          `${place}, lookup ${lookup.name}: there is no table ${tableId(tableName(lookup.table))} that Chronos may read`,
        );
      continue;
    }
    lookups.set(lookup.name, remote);
    for (const [local, other] of Object.entries(lookup.on)) {
      if (!table.columns.has(local)) problems.push(missing(`${place}, lookup ${lookup.name}`, table, local));
      if (!remote.columns.has(other))
        problems.push(missing(`${place}, lookup ${lookup.name}`, remote, other));
      if (table.columns.get(local)?.computed) problems.push(untold(`${place}, lookup ${lookup.name}`, local));
      if (remote.columns.get(other)?.computed)
        problems.push(untold(`${place}, lookup ${lookup.name}`, other));
    }
  }
  for (const { column } of declared.fill)
    if (!table.columns.has(column)) problems.push(missing(`${place}, fill`, table, column));
  const filters = declared.where.map(({ column: columnName, values }): CompiledFilter | undefined => {
    const column = supported(table, columnName, `${place}, where`, problems);
    if (column === undefined) return undefined;
    if (column.computed) problems.push(untold(`${place}, where`, columnName));
    return { column: columnName, values, read: nativeConversion(column.kind, column.array) };
  });
  return {
    universe,
    table,
    lookups,
    side: sideOf(
      declared,
      name,
      filters.filter((filter) => filter !== undefined),
    ),
  };
}

function sideOf(
  declared: TableSide,
  name: { schema: string; table: string },
  filters: readonly CompiledFilter[],
): CompiledSide {
  const lookups = declared.lookups.map(
    (lookup): CompiledLookup => ({
      name: lookup.name,
      ...tableName(lookup.table),
      on: Object.entries(lookup.on),
    }),
  );
  const joins = lookups.map(
    ({ name: alias, schema, table, on }) =>
      ` LEFT JOIN ${identifier(schema)}.${identifier(table)} ${identifier(`l_${alias}`)} ON ` +
      on
        .map(
          ([local, remote]) => `${identifier(`l_${alias}`)}.${identifier(remote)} = t.${identifier(local)}`,
        )
        .join(' AND '),
  );
  const conditions = filters.map(
    ({ column, values, read }) =>
      `${asText(read.sql({ sql: `t.${identifier(column)}`, form: 'text' }))} IN (${values.map(literal).join(', ')})`,
  );
  return {
    ...name,
    lookups,
    filters,
    fills: declared.fill.map(({ column, value, field, values }) => ({
      column,
      value,
      when: field === '' ? undefined : { field, values },
    })),
    from: `${identifier(name.schema)}.${identifier(name.table)} t${joins.join('')}`,
    where: conditions.length === 0 ? 'true' : conditions.join(' AND '),
  };
}

export type KnownColumn = Column & { kind: NonNullable<Column['kind']> };

/** Where a field is kept. */
export interface Place {
  readonly column: KnownColumn;
  readonly lookup: string | undefined;
}

/** Undefined, and a problem, where it is not there or cannot be compared. */
export function placeOf(
  { name }: Entity,
  field: EntityField,
  scope: Scope,
  problems: string[],
): Place | undefined {
  const place = `entity ${name}, field ${field.name}`;
  return columnOf(field[scope.universe], scope, place, problems);
}

function columnOf(declared: string, scope: Scope, place: string, problems: string[]): Place | undefined {
  const dot = declared.indexOf('.');
  const lookup = dot < 0 ? undefined : declared.slice(0, dot);
  const table = lookup === undefined ? scope.table : scope.lookups.get(lookup);
  if (table === undefined) {
    // A lookup whose table is missing has been named already.
    if (!scope.side.lookups.some(({ name }) => name === lookup))
      problems.push(`${place}: ${scope.universe} has no lookup ${lookup}`);
    return undefined;
  }
  const column = supported(table, declared.slice(dot + 1), `${place}, ${scope.universe}`, problems);
  return column === undefined ? undefined : { column, lookup };
}

function supported(table: Table, name: string, place: string, problems: string[]): KnownColumn | undefined {
  const column = table.columns.get(name);
  if (column === undefined) {
    problems.push(missing(place, table, name));
    return undefined;
  }
  if (column.kind === undefined) {
    problems.push(
      `${place}: column ${table.schema}.${table.name}.${name} is of type ${column.type}, which Chronos cannot compare exactly (accepted: ${SUPPORTED_TYPES})`,
    );
    return undefined;
  }
  return { ...column, kind: column.kind };
}

function missing(place: string, table: Table, column: string): string {
  const known = [...table.columns.keys()].slice(0, 30).join(', ');
  return `${place}: table ${table.schema}.${table.name} has no column ${column} (it has ${known})`;
}

/** Which rows a change is about must stand in it. */
export function untold(place: string, column: string): string {
  return `${place}: ${column} is a generated column, which the change stream does not tell`;
}
