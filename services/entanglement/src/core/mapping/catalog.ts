/** What a database's own catalogue says of the tables that entities name. */

export type Universe = 'legacy' | 'modern';

/** How the values of a Postgres type are written; arrays and domains are named by what they are made of. */
export type NativeKind =
  | 'integer'
  | 'numeric'
  | 'float'
  | 'text'
  /** char(n): blanks at the end have no meaning. */
  | 'padded'
  | 'boolean'
  | 'date'
  | 'timestamp'
  | 'timestamptz'
  | 'uuid'
  | 'bytea'
  | 'json'
  | 'jsonb'
  | 'enum';

export interface Column {
  readonly name: string;
  /** As SQL names it: `character(6)`, `numeric(18,2)[]`. */
  readonly type: string;
  /** Undefined for types that Chronos cannot compare exactly. */
  readonly kind: NativeKind | undefined;
  /** Name in Postgres' pg_type of what it, or its items, are made of: `int4`. Absent where the database is another. */
  readonly base?: string | undefined;
  readonly array: boolean;
  /** Its type binds no value (SQLite): what is no text in a column of text, whoever reads the row marks (`noText` in `step.ts`). */
  readonly untyped?: boolean;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
  /** The database makes the value up and takes none from outside (GENERATED ALWAYS AS … STORED). */
  readonly computed: boolean;
  /** Sequence behind it (serial, identity), quoted as SQL names it. */
  readonly sequence: string | undefined;
  /** SQL of the value that the database gives a new row by itself (SQLite's row id: NULL); absent: it gives none. */
  readonly fresh?: string | undefined;
  /** `GENERATED ALWAYS AS IDENTITY`: a value from outside needs OVERRIDING SYSTEM VALUE. */
  readonly identityAlways: boolean;
  /** Name of the collation in force, with the provider; undefined where the type has none. */
  readonly collation: string | undefined;
}

export interface Table {
  readonly schema: string;
  readonly name: string;
  /** In the order of the table. */
  readonly columns: ReadonlyMap<string, Column>;
  /** Columns of each unique index without expression or predicate, the primary key first. */
  readonly uniqueKeys: readonly (readonly string[])[];
  /** Estimate of the planner. */
  readonly rows: number;
}

/** Tables by `schema.name`. */
export type Catalog = ReadonlyMap<string, Table>;

export interface TableName {
  readonly schema: string;
  readonly table: string;
}

const part = '(?:"((?:[^"]|"")+)"|([^".]+))';
const quotable = new RegExp(`^${part}(?:\\.${part})?$`);

/** `accounts` → public.accounts; `core.accounts` as it says; quoted where a name has dots of its own: `core."a.b"`. Of a {@link tableId} its parts. */
export function tableName(declared: string): TableName {
  const [, quotedFirst, first = '', quotedSecond, second] = quotable.exec(declared) ?? [];
  const one = quotedFirst?.replaceAll('""', '"') ?? first;
  const two = quotedSecond?.replaceAll('""', '"') ?? second;
  if (one !== '') return two === undefined ? { schema: 'public', table: one } : { schema: one, table: two };
  const dot = declared.indexOf('.');
  if (dot < 0) return { schema: 'public', table: declared };
  return { schema: declared.slice(0, dot), table: declared.slice(dot + 1) };
}

export function tableId({ schema, table }: TableName): string {
  return `${schema}.${table}`;
}

/** Kinds by the name of the base type in pg_type. Others are refused: what their text means depends on settings, or equal values have several. */
export const KINDS: ReadonlyMap<string, NativeKind> = new Map([
  ['int2', 'integer'],
  ['int4', 'integer'],
  ['int8', 'integer'],
  ['oid', 'integer'],
  ['numeric', 'numeric'],
  ['float4', 'float'],
  ['float8', 'float'],
  ['text', 'text'],
  ['varchar', 'text'],
  ['name', 'text'],
  ['bpchar', 'padded'],
  ['bool', 'boolean'],
  ['date', 'date'],
  ['timestamp', 'timestamp'],
  ['timestamptz', 'timestamptz'],
  ['uuid', 'uuid'],
  ['bytea', 'bytea'],
  ['json', 'json'],
  ['jsonb', 'jsonb'],
]);

export const SUPPORTED_TYPES =
  'smallint, integer, bigint, numeric, real, double precision, text, varchar, char(n), boolean, date, timestamp, timestamptz, uuid, bytea, json, jsonb, enums, and arrays of these';
