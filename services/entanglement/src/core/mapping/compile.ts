import type { Entanglement, Entity, EntityField } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { ValueType } from '@chronos/proto/events/v1/state_update_pb.js';
import { type Catalog, tableId, tableName, type Universe } from './catalog.ts';
import { CompiledEntity, type CompiledField, type FieldSide } from './entity.ts';
import { nativeType, stepsOf } from './field-steps.ts';
import { type KnownColumn, type Place, placeOf, type Scope, scopeOf, untold } from './scope.ts';
import { asText, identifier } from './sql.ts';
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
  const compiled = entanglement.entities.map((entity) =>
    compileEntity(entity, catalogs, { ...options, areTablesNamed: false }, problems),
  );
  if (problems.length > 0) throw new MappingError(problems);
  return compiled.filter((entity): entity is CompiledEntity => entity !== undefined);
}

/** What does not fit, as far as the databases can be read: of one that cannot be, and of missing tables, which were told before, nothing is said. */
export function entityProblems(entanglement: Entanglement, catalogs: Partial<Catalogs>): string[] {
  const problems: string[] = [];
  const options = { mask: (text: string) => text, areTablesNamed: true };
  for (const entity of entanglement.entities) compileEntity(entity, catalogs, options, problems);
  return problems;
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

/** A universe's side of an entity, with the places of those of its fields that are there. */
interface Side {
  readonly scope: Scope;
  readonly places: Map<string, Place>;
}

function compileEntity(
  entity: Entity,
  catalogs: Partial<Catalogs>,
  { mask, areTablesNamed }: MappingOptions & { readonly areTablesNamed: boolean },
  problems: string[],
): CompiledEntity | undefined {
  const before = problems.length;
  const sideOf = (universe: Universe): Side | undefined => {
    const scope = scopeOf(entity, universe, catalogs[universe], problems, areTablesNamed);
    return scope && { scope, places: new Map() };
  };
  const [legacy, modern] = [sideOf('legacy'), sideOf('modern')];
  const known = [legacy, modern].filter((side) => side !== undefined);
  const fields = entity.fields.flatMap((field): CompiledField[] => {
    for (const { scope, places } of known) {
      const place = placeOf(entity, field, scope, problems);
      if (place !== undefined) places.set(field.name, place);
    }
    const places = { legacy: legacy?.places.get(field.name), modern: modern?.places.get(field.name) };
    const compiled = compileField(entity, field, places, problems);
    return compiled === undefined ? [] : [compiled];
  });
  for (const side of known) checkKey(entity, side, problems);
  if (legacy === undefined || modern === undefined || problems.length > before) return undefined;
  return new CompiledEntity({
    name: entity.name,
    key: entity.key,
    dependsOn: entity.dependsOn,
    fields,
    legacy: legacy.scope.side,
    modern: modern.scope.side,
    mask,
  });
}

function compileField(
  entity: Entity,
  field: EntityField,
  columns: Readonly<Record<Universe, Place | undefined>>,
  problems: string[],
): CompiledField | undefined {
  const place = `entity ${entity.name}, field ${field.name}`;
  if (columns.legacy === undefined || columns.modern === undefined) return undefined;
  const type =
    field.type === ValueType.UNSPECIFIED ? nativeTypeWith(field, columns.modern.column) : field.type;
  const sideOfField = (universe: Universe): FieldSide | undefined => {
    const found = columns[universe];
    if (found === undefined) return undefined;
    const { column, lookup } = found;
    const steps = stepsOf(
      field,
      universe,
      column,
      type,
      columns[universe === 'legacy' ? 'modern' : 'legacy']?.column,
    );
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

/** A key must find one row, quickly, in either database. */
function checkKey(entity: Entity, { scope: { universe, table }, places }: Side, problems: string[]): void {
  const columns = entity.key.map((name) => places.get(name)).filter((column) => column !== undefined);
  // What is missing was named.
  if (columns.length !== entity.key.length) return;
  const place = `entity ${entity.name}, key, ${universe}`;
  if (columns.some(({ lookup }) => lookup !== undefined)) {
    problems.push(
      `${place}: its fields must be columns of ${tableId({ schema: table.schema, table: table.name })} itself`,
    );
    return;
  }
  const names = columns.map(({ column }) => column.name);
  for (const { column } of columns) {
    if (column.nullable) problems.push(`${place}: column ${column.name} may be null, a key may not`);
    if (column.computed) problems.push(untold(place, column.name));
  }
  const isUnique = table.uniqueKeys.some(
    (unique) => unique.length > 0 && unique.every((column) => names.includes(column)),
  );
  if (!isUnique)
    problems.push(
      `${place}: ${table.schema}.${table.name} has no unique index over ${names.join(', ')}, so that a key could find two rows`,
    );
}
