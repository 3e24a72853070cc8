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

const dayUs = 86_400_000_000n;
/** Of JavaScript's dates, 100 million days around 1970: all that Postgres has before, and the years to 275760. */
const instantMaxUs = 100_000_000n * dayUs;

/**
 * What Debezium has for dates without end, in days (its `PostgresValueConverter`): 21 June 5877611, which some versions write with a minus, and 22 June
 * -5877611. No date of Postgres is as far from 1970.
 */
const endlessDays: ReadonlyMap<string, string> = new Map([
  ['2146033979', 'infinity'],
  ['-2147472692', 'infinity'],
  ['-2147472691', '-infinity'],
]);
/** And for timestamps, in microseconds: the ends of 64 bits, beyond the years that Postgres and we have. */
const endlessMicros: ReadonlyMap<string, string> = new Map([
  ['9223372036854775807', 'infinity'],
  ['-9223372036854775808', '-infinity'],
]);
const specialNumbers: ReadonlyMap<string, string> = new Map([
  ['NAN', 'NaN'],
  ['POSITIVE_INFINITY', 'Infinity'],
  ['NEGATIVE_INFINITY', '-Infinity'],
]);

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
      return endlessDays.get(cell) ?? dateOf(BigInt(cell) * dayUs, place);
    case 'timestamp':
      return endlessMicros.get(cell) ?? timestampOf(BigInt(cell), place);
    case 'timestamptz':
      return zonedText(cell);
    case 'numeric':
      return specialNumbers.get(cell) ?? cell;
    case 'bytea':
      return `\\x${cell}`;
    default:
      return cell;
  }
}

function dateOf(us: bigint, place: string): string {
  const { date, era } = moment(us, place);
  return `${date}${era}`;
}

function timestampOf(us: bigint, place: string): string {
  const { date, time, era } = moment(us, place);
  const micros = ((us % 1_000_000n) + 1_000_000n) % 1_000_000n;
  return `${date} ${time}${micros === 0n ? '' : `.${String(micros).padStart(6, '0')}`}${era}`;
}

function moment(us: bigint, place: string): { date: string; time: string; era: string } {
  if (us < -instantMaxUs || us > instantMaxUs)
    throw new UnreadableValue(
      `${place}: a time beyond the year 275760 as Debezium tells it (${us} microseconds from 1970)`,
    );
  const seconds = (us - (((us % 1_000_000n) + 1_000_000n) % 1_000_000n)) / 1_000_000n;
  const [date = '', rest = ''] = new Date(Number(seconds) * 1_000).toISOString().split('T');
  return { ...ofEra(date), time: rest.slice(0, 8) };
}

/** `2020-01-02T02:04:05.123456Z`, or `infinity`. */
function zonedText(cell: string): string {
  const [date = '', rest] = cell.split('T', 2);
  if (rest === undefined) return cell;
  const { date: own, era } = ofEra(date);
  return `${own} ${rest.replace('Z', '+00')}${era}`;
}

/** ISO 8601 counts the year before 1 as 0 and writes other than four digits with a sign; Postgres writes it `0001-… BC`. */
function ofEra(date: string): { date: string; era: string } {
  const [, sign = '', digits = '', rest = ''] = /^([+-]?)([0-9]+)(.*)$/.exec(date) ?? [];
  const year = Number(`${sign}${digits}`);
  const shown = String(year > 0 ? year : 1 - year).padStart(4, '0');
  return { date: `${shown}${rest}`, era: year > 0 ? '' : ' BC' };
}
