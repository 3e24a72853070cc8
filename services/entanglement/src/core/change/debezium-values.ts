/** Values as Debezium's JSON writes them, back as Postgres does in a session with ISO dates in UTC. */
import type { NativeKind } from '../mapping/catalog.ts';
import type { TableName } from './source-event.ts';

export interface ColumnType {
  readonly kind: NativeKind | undefined;
  readonly array: boolean;
}

/** Undefined for columns that the catalogue does not know. */
export type TypeOf = (table: TableName, column: string) => ColumnType | undefined;

/** A value that cannot be brought back exactly. */
export class UnreadableValue extends Error {
  override readonly name = 'UnreadableValue';
}

/** What Debezium says where an unchanged large value was left out. */
const unavailable = '__debezium_unavailable_value';

/** Microseconds of the years 1 to 9999; beyond (infinity, BC) Debezium's numbers are no dates. */
const microsMin = -62_135_596_800_000_000n;
const microsMax = 253_402_300_799_999_999n;
const dayUs = 86_400_000_000n;

/**
 * @param cell JSON, its numbers as text.
 * @returns undefined when the value was left out.
 * @throws UnreadableValue
 */
export function debeziumText(
  type: ColumnType | undefined,
  cell: unknown,
  place: string,
): string | null | undefined {
  if (cell === null) return null;
  if (cell === unavailable) return undefined;
  if (type?.array === true) {
    if (!Array.isArray(cell)) throw new UnreadableValue(`${place}: an array that is none`);
    const items = cell.map((item) => debeziumText({ ...type, array: false }, item, place) ?? null);
    return `{${items.map((item) => (item === null ? 'NULL' : `"${item.replaceAll(/["\\]/g, '\\$&')}"`)).join(',')}}`;
  }
  if (typeof cell === 'boolean') return cell ? 't' : 'f';
  if (typeof cell !== 'string')
    throw new UnreadableValue(`${place}: a value of a type that Chronos does not know`);
  switch (type?.kind) {
    case 'date':
      return instant(BigInt(cell) * dayUs, place).slice(0, 10);
    case 'timestamp':
      return instant(BigInt(cell), place);
    case 'timestamptz':
      return cell.replace('T', ' ').replace('Z', '+00');
    case 'bytea':
      return `\\x${cell}`;
    default:
      return cell;
  }
}

function instant(us: bigint, place: string): string {
  if (us < microsMin || us > microsMax)
    throw new UnreadableValue(`${place}: a time beyond the years 1 to 9999, which Debezium cannot tell`);
  const micros = ((us % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = new Date(Number((us - micros) / 1000n)).toISOString().slice(0, 19).replace('T', ' ');
  return micros === 0n ? seconds : `${seconds}.${String(micros).padStart(6, '0')}`;
}
