import type {
  Entanglement,
  Entity,
  EntityField,
  TableSide,
} from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { ValueType } from '@chronos/proto/events/v1/state_update_pb.js';
import {
  type Catalog,
  type Column,
  SUPPORTED_TYPES,
  type Table,
  tableId,
  tableName,
  type Universe,
} from './catalog.ts';
import {
  CompiledEntity,
  type CompiledField,
  type CompiledFilter,
  type CompiledLookup,
  type CompiledSide,
  type FieldSide,
} from './entity.ts';
import { nativeType, stepsOf } from './field-steps.ts';
import { nativeConversion } from './native.ts';
import { asText, identifier, literal } from './sql.ts';
import { sqlThrough } from './step.ts';

export type Catalogs = Readonly<Record<Universe, Catalog>>;

export interface MappingOptions {
  /** Keyed hash of a sensitive field's canonical text. */
  readonly mask: (text: string) => string;
}

/** The mapping does not fit the databases; every problem, each with its place. */
export class MappingError extends Error {
  override readonly name = 'MappingError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the entities do not fit the databases:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** @throws MappingError with everything that is missing or does not fit. */
export function compileEntities(
  entanglement: Entanglement,
  catalogs: Catalogs,
  options: MappingOptions,
): CompiledEntity[] {
  const problems: string[] = [];
  const compiled = entanglement.entities.map((entity) => compileEntity(entity, catalogs, options, problems));
  if (problems.length > 0) throw new MappingError(problems);
  return compiled.filter((entity): entity is CompiledEntity => entity !== undefined);
}

/** Tables that the entities name in a universe, lookups included, each once. */
export function tablesOf(entanglement: Entanglement, universe: Universe): string[] {
  const sides = entanglement.entities.map((entity) => entity[universe]);
  const names = sides.flatMap((side) =>
    side === undefined ? [] : [side.table, ...side.lookups.map(({ table }) => table)],
  );
  return [...new Set(names.map((name) => tableId(tableName(name))))];
}

/** Entities in an order in which each stands behind those that it depends on; cycles are broken where they close. */
export function inDependencyOrder<E extends { readonly name: string; readonly dependsOn: readonly string[] }>(
  entities: readonly E[],
): E[] {
  const ordered = new Set<E>();
  const visit = (entity: E, path: readonly E[]): void => {
    if (ordered.has(entity) || path.includes(entity)) return;
    for (const name of entity.dependsOn) {
      const parent = entities.find((candidate) => candidate.name === name);
      if (parent !== undefined) visit(parent, [...path, entity]);
    }
    ordered.add(entity);
  };
  for (const entity of entities) visit(entity, []);
  return [...ordered];
}

function compileEntity(
  entity: Entity,
  catalogs: Catalogs,
  options: MappingOptions,
  problems: string[],
): CompiledEntity | undefined {
  const before = problems.length;
  const scopes = {
    legacy: scopeOf(entity, 'legacy', catalogs.legacy, problems),
    modern: scopeOf(entity, 'modern', catalogs.modern, problems),
  };
  if (scopes.legacy === undefined || scopes.modern === undefined) return undefined;
  const { legacy, modern } = scopes;
  const fields = entity.fields
    .map((field) => compileField(entity, field, legacy, modern, problems))
    .filter((field): field is CompiledField => field !== undefined);
  checkKey(entity, fields, legacy, modern, problems);
  if (problems.length > before) return undefined;
  return new CompiledEntity({
    name: entity.name,
    key: entity.key,
    dependsOn: entity.dependsOn,
    fields,
    legacy: legacy.side,
    modern: modern.side,
    mask: options.mask,
  });
}

/** The tables that a side's columns are looked for in. */
interface Scope {
  readonly universe: Universe;
  readonly table: Table;
  readonly lookups: ReadonlyMap<string, Table>;
  readonly side: CompiledSide;
}

function scopeOf(
  entity: Entity,
  universe: Universe,
  catalog: Catalog,
  problems: string[],
): Scope | undefined {
  const declared = entity[universe];
  if (declared === undefined) return undefined;
  const place = `entity ${entity.name}, ${universe}`;
  const name = tableName(declared.table);
  const table = catalog.get(tableId(name));
  if (table === undefined) {
    problems.push(`${place}: there is no table ${tableId(name)} that Chronos may read`);
    return undefined;
  }
  const lookups = new Map<string, Table>();
  for (const lookup of declared.lookups) {
    const remote = catalog.get(tableId(tableName(lookup.table)));
    if (remote === undefined) {
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

function compileField(
  entity: Entity,
  field: EntityField,
  legacy: Scope,
  modern: Scope,
  problems: string[],
): CompiledField | undefined {
  const place = `entity ${entity.name}, field ${field.name}`;
  const columns = {
    legacy: columnOf(field.legacy, legacy, place, problems),
    modern: columnOf(field.modern, modern, place, problems),
  };
  if (columns.legacy === undefined || columns.modern === undefined) return undefined;
  const type =
    field.type === ValueType.UNSPECIFIED ? nativeTypeWith(field, columns.modern.column) : field.type;
  const sideOfField = (universe: Universe): FieldSide | undefined => {
    const found = columns[universe];
    if (found === undefined) return undefined;
    const { column, lookup } = found;
    const steps = stepsOf(field, universe, column, type);
    if (!steps.ok) {
      problems.push(`${place}: ${steps.problem}`);
      return undefined;
    }
    const owner = lookup === undefined ? 't' : identifier(`l_${lookup}`);
    const sql = asText(sqlThrough(steps.steps, { sql: `${owner}.${identifier(column.name)}`, form: 'text' }));
    return { column, lookup, steps: steps.steps, sql };
  };
  const sides = { legacy: sideOfField('legacy'), modern: sideOfField('modern') };
  if (sides.legacy === undefined || sides.modern === undefined) return undefined;
  return {
    name: field.name,
    type,
    compared: !field.ignore && field.identifiers === '',
    sensitive: field.sensitive,
    generated: field.generated,
    identifiers: field.identifiers,
    matched: field.identifiers !== '' && !field.ignore,
    legacy: sides.legacy,
    modern: sides.modern,
  };
}

/** A date that modern keeps as text or number is a date all the same. */
function nativeTypeWith(field: EntityField, column: KnownColumn): ValueType {
  const native = nativeType(column);
  if (field.date === undefined || native === ValueType.DATE || native === ValueType.INSTANT) return native;
  return /hh/.test(field.date.modern) ? ValueType.INSTANT : ValueType.DATE;
}

type KnownColumn = Column & { kind: NonNullable<Column['kind']> };

function columnOf(
  declared: string,
  scope: Scope,
  place: string,
  problems: string[],
): { column: KnownColumn; lookup: string | undefined } | undefined {
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
function untold(place: string, column: string): string {
  return `${place}: ${column} is a generated column, which the change stream does not tell`;
}

/** A key must find one row, quickly, in either database. */
function checkKey(
  entity: Entity,
  fields: readonly CompiledField[],
  legacy: Scope,
  modern: Scope,
  problems: string[],
): void {
  const key = fields.filter(({ name }) => entity.key.includes(name));
  if (key.length !== entity.key.length) return;
  for (const { universe, table } of [legacy, modern]) {
    const columns = key.map((field) => field[universe]);
    const place = `entity ${entity.name}, key, ${universe}`;
    if (columns.some(({ lookup }) => lookup !== undefined)) {
      problems.push(
        `${place}: its fields must be columns of ${tableId({ schema: table.schema, table: table.name })} itself`,
      );
      continue;
    }
    const names = columns.map(({ column }) => column.name);
    for (const { column } of columns) {
      if (column.nullable) problems.push(`${place}: column ${column.name} may be null, a key may not`);
      if (column.computed) problems.push(untold(place, column.name));
    }
    if (
      !table.uniqueKeys.some(
        (unique) => unique.length > 0 && unique.every((column) => names.includes(column)),
      )
    )
      problems.push(
        `${place}: ${table.schema}.${table.name} has no unique index over ${names.join(', ')}, so that a key could find two rows`,
      );
  }
}
