/** From rows to entities: which entities a change concerns, and what it is to them. */
import { Operation, type Vector } from '@chronos/proto/events/v1/state_update_pb.js';
import type { NativeKind } from '../mapping/catalog.ts';
import type { ChangeMapper, EntityImage, RowChange } from './assemble.ts';
import { shortened } from './large-values.ts';
import { type Row, type TableName, tableText } from './source-event.ts';

/** A row of another table that says more about this one. */
export interface LookupSide {
  readonly name: string;
  readonly table: TableName;
  /** Columns of the entity's table, each with the column of the other one that it equals. */
  readonly on: readonly (readonly [local: string, remote: string])[];
}

/** One entity as one universe keeps it. */
export interface EntitySide {
  readonly entity: string;
  readonly table: TableName;
  readonly lookups: readonly LookupSide[];
  /** What a column of the table holds; undefined for one that no field has. */
  kindOf(column: string): NativeKind | undefined;
  /** False: the row is none of the entity's; undefined: it does not say. */
  covers(row: Row): boolean | undefined;
  canonical(row: Row, lookups: Readonly<Record<string, Row | null>>): Vector;
  /** The key as JSON array text; undefined when the row does not tell it. */
  key(vector: Vector): string | undefined;
}

/** Finds the row that a lookup means; null when there is none. Everything asked for was fetched before. */
export type FindRow = (lookup: LookupSide, row: Row) => Row | null;

export function entityMapper(
  sides: readonly EntitySide[],
  find: FindRow,
  digest: (text: string) => string,
): ChangeMapper {
  const byTable = new Map<string, EntitySide[]>();
  for (const side of sides) {
    const name = tableText(side.table);
    byTable.set(name, [...(byTable.get(name) ?? []), side]);
  }
  const at = (table: TableName) => byTable.get(tableText(table)) ?? [];
  return {
    entitiesOf: (table) => at(table).map(({ entity }) => entity),
    changes: (change) =>
      at(change.table).flatMap((side) => {
        const { before, after } = change;
        // Where the WAL has no whole row before, it is taken for what the row after is.
        const isAfter = after !== null && side.covers(after) !== false;
        const wasBefore = before !== null && (side.covers(before) ?? (after === null || isAfter));
        const image = (row: Row | null) => (row === null ? undefined : imageOf(side, row, find));
        return imagesOf(
          side,
          wasBefore ? image(before) : undefined,
          isAfter ? image(after) : undefined,
          change,
        ).map((found) => shortened(found, digest));
      }),
  };
}

interface Image {
  readonly vector: Vector;
  readonly key: string | undefined;
}

function imageOf(side: EntitySide, row: Row, find: FindRow): Image {
  const lookups = Object.fromEntries(side.lookups.map((lookup) => [lookup.name, find(lookup, row)]));
  const vector = side.canonical(row, lookups);
  return { vector, key: side.key(vector) };
}

/** A row that leaves or enters what an entity covers, or changes its key, is a row deleted or inserted to that entity. */
function imagesOf(
  { entity }: EntitySide,
  before: Image | undefined,
  after: Image | undefined,
  { table }: RowChange,
): EntityImage[] {
  const keyOf = (image: Image, other: Image | undefined) => {
    const key = image.key ?? other?.key;
    if (key === undefined)
      throw new UnknownKey(`a row of ${tableText(table)} does not tell the key of entity ${entity}`);
    return key;
  };
  if (before === undefined && after === undefined) return [];
  if (before === undefined)
    return [
      {
        entity,
        key: keyOf(after as Image, undefined),
        op: Operation.INSERT,
        before: undefined,
        after: after?.vector,
      },
    ];
  if (after === undefined)
    return [
      {
        entity,
        key: keyOf(before, undefined),
        op: Operation.DELETE,
        before: before.vector,
        after: undefined,
      },
    ];
  const [oldKey, newKey] = [keyOf(before, after), keyOf(after, before)];
  if (oldKey === newKey)
    return [{ entity, key: newKey, op: Operation.UPDATE, before: before.vector, after: after.vector }];
  return [
    { entity, key: oldKey, op: Operation.DELETE, before: before.vector, after: undefined },
    { entity, key: newKey, op: Operation.INSERT, before: undefined, after: after.vector },
  ];
}

/** The WAL has only the primary key of a deleted or changed row, and the entity's key is another: replica identity FULL helps. */
export class UnknownKey extends Error {
  override readonly name = 'UnknownKey';
}
