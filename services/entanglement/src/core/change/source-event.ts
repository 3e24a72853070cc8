/** A row as Postgres writes its values: column to text, null for NULL. A column that is absent is unknown (an unchanged large value, no before image). */
export type Row = Readonly<Record<string, string | null>>;

export interface TableName {
  readonly schema: string;
  readonly name: string;
}

export interface Column {
  readonly name: string;
  /** Object id of its type in `pg_type`; a source that does not know it says 0. */
  readonly typeId: number;
}

export type RowOperation = 'insert' | 'update' | 'delete';

/**
 * What a database tells of its changes, whoever reads them: transactions one after another in the order of their commits, never interleaved,
 * and messages that belong to no transaction between them. `position` is the source's own token: everything up to it is done once it is confirmed.
 */
export type SourceEvent =
  | {
      readonly kind: 'begin';
      readonly xid: number;
      readonly commitLsn: bigint;
      readonly committedAtUs: bigint;
    }
  | {
      readonly kind: 'change';
      readonly table: TableName;
      readonly op: RowOperation;
      /** The row before: null of an insert. */
      readonly before: Row | null;
      /** The row after: null of a delete. */
      readonly after: Row | null;
      readonly lsn: bigint;
    }
  | { readonly kind: 'truncate'; readonly tables: readonly TableName[]; readonly lsn: bigint }
  | {
      readonly kind: 'message';
      readonly transactional: boolean;
      readonly prefix: string;
      readonly content: string;
      readonly lsn: bigint;
      readonly position: bigint;
    }
  | { readonly kind: 'commit'; readonly position: bigint }
  /** The table's columns as of the changes that follow. */
  | { readonly kind: 'relation'; readonly table: TableName; readonly columns: readonly Column[] };

/** `public.accounts`, as events and messages write it. */
export function tableText({ schema, name }: TableName): string {
  return `${schema}.${name}`;
}
