import type {
  DatabaseFacts,
  PublicationFacts,
  SlotFacts,
  TableFacts,
  Wanted,
} from '../../core/change/preflight.ts';
import type { TableName } from '../../core/change/source-event.ts';
import { attributionTrigger } from '../attribution/install.ts';
import { readGenerated, readOtherPublications } from './generated-columns.ts';
import type { SerialSql } from './serial-sql.ts';
import { publicationMark } from './slot.ts';

type Sql = Pick<SerialSql, 'query'>;

/** Reads everything that the checks look at; changes nothing. */
export async function readFacts(sql: Sql, wanted: Wanted): Promise<DatabaseFacts> {
  const { rows } = await sql.query<ServerRow>(serverSql);
  const [server] = rows;
  if (server === undefined) throw new Error('the database does not say who it is');
  const tables: TableFacts[] = [];
  for (const table of wanted.tables) tables.push(await readTable(sql, table));
  return {
    version: server.version,
    database: server.database,
    walLevel: server.wal_level,
    role: server.role,
    mayReplicate: server.may_replicate,
    mayEmitMessages: server.may_emit,
    mayCreateInDatabase: server.may_create,
    slotsFree: server.slots_free,
    sendersFree: server.senders_free,
    slotWalKeepMib: server.keep_mib,
    slot: await readSlot(sql, wanted.slot),
    publication: await readPublication(sql, wanted.publication),
    tables,
  };
}

interface ServerRow {
  readonly version: number;
  readonly database: string;
  readonly wal_level: string;
  readonly role: string;
  readonly may_replicate: boolean;
  readonly may_emit: boolean;
  readonly may_create: boolean;
  readonly slots_free: number;
  readonly senders_free: number;
  readonly keep_mib: number;
}

/** Managed services let members of a role of their own replicate; the attribute alone does not tell. */
const serverSql = `
SELECT current_setting('server_version_num')::int AS version, current_database() AS database, current_setting('wal_level') AS wal_level, current_user AS role,
  (r.rolsuper OR r.rolreplication OR EXISTS (SELECT FROM pg_roles m WHERE m.rolname IN ('rds_replication', 'cloudsqlsuperuser', 'azure_pg_admin')
     AND pg_has_role(current_user, m.oid, 'MEMBER'))) AS may_replicate,
  (SELECT bool_or(has_function_privilege(p.oid, 'EXECUTE')) FROM pg_proc p WHERE p.proname = 'pg_logical_emit_message') AS may_emit,
  has_database_privilege(current_database(), 'CREATE') AS may_create,
  current_setting('max_replication_slots')::int - (SELECT count(*)::int FROM pg_replication_slots) AS slots_free,
  current_setting('max_wal_senders')::int - (SELECT count(*)::int FROM pg_stat_replication) AS senders_free,
  (SELECT setting::int FROM pg_settings WHERE name = 'max_slot_wal_keep_size') AS keep_mib
FROM pg_roles r WHERE r.rolname = current_user`;

async function readSlot(sql: Sql, slot: string): Promise<SlotFacts | undefined> {
  const { rows } = await sql.query<{
    plugin: string | null;
    database: string | null;
    ours: boolean;
    used_by: string | null;
    wal_status: string | null;
  }>(
    `SELECT s.plugin, s.database, s.database = current_database() AS ours, s.wal_status,
       CASE WHEN s.active_pid IS NULL THEN NULL ELSE format('process %s (%s, %s)', s.active_pid,
         coalesce(nullif(a.application_name, ''), 'without a name'), coalesce(host(a.client_addr), 'local')) END AS used_by
     FROM pg_replication_slots s LEFT JOIN pg_stat_activity a ON a.pid = s.active_pid WHERE s.slot_name = $1`,
    [slot],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    plugin: row.plugin ?? '',
    database: row.database ?? '',
    isOurDatabase: row.ours === true,
    usedBy: row.used_by ?? undefined,
    lost: row.wal_status === 'lost' ? 'its WAL was removed' : undefined,
  };
}

async function readPublication(sql: Sql, publication: string): Promise<PublicationFacts | undefined> {
  const { rows } = await sql.query<{
    ours: boolean;
    all_tables: boolean;
    whole: boolean;
    via_root: boolean;
    generated: boolean;
    tables: TableName[];
    narrowed: PublicationFacts['narrowed'];
  }>(
    // Row filters and lists of columns: Postgres 15 and later.
    `WITH named AS (SELECT r.prpubid, n.nspname AS schema, c.relname AS name,
       CASE WHEN to_jsonb(r) ->> 'prqual' IS NOT NULL THEN 'rows' WHEN to_jsonb(r) ->> 'prattrs' IS NOT NULL THEN 'columns' END AS by
       FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace)
     SELECT pg_has_role(p.pubowner, 'USAGE') AND coalesce(starts_with(obj_description(p.oid, 'pg_publication'), $2), false) AS ours, p.puballtables AS all_tables,
       p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate AS whole,
       p.pubviaroot AS via_root, coalesce(to_jsonb(p) ->> 'pubgencols', 'n') = 's' AS generated,
       coalesce((SELECT json_agg(json_build_object('schema', t.schema, 'name', t.name)) FROM (
         SELECT t.schemaname AS schema, t.tablename AS name FROM pg_publication_tables t WHERE t.pubname = p.pubname
         UNION SELECT r.schema, r.name FROM named r WHERE r.prpubid = p.oid) t), '[]') AS tables,
       coalesce((SELECT json_agg(json_build_object('schema', r.schema, 'name', r.name, 'by', r.by)) FROM named r
         WHERE r.prpubid = p.oid AND r.by IS NOT NULL), '[]') AS narrowed
     FROM pg_publication p WHERE p.pubname = $1`,
    [publication, publicationMark],
  );
  const [row] = rows;
  return (
    row && {
      isOurs: row.ours,
      allTables: row.all_tables,
      isWhole: row.whole,
      isViaRoot: row.via_root,
      publishesGenerated: row.generated,
      tables: row.tables,
      narrowed: row.narrowed,
    }
  );
}

/** pg_class.relkind of what people may take for a table. */
const kinds: Readonly<Record<string, string>> = {
  r: 'table',
  p: 'partitioned table',
  v: 'view',
  m: 'materialized view',
  f: 'foreign table',
  S: 'sequence',
};

type IdentityCode = 'd' | 'n' | 'f' | 'i';
const identities = { d: 'default', n: 'nothing', f: 'full', i: 'index' } as const;

/** Of partitions the least able counts: a row's changes are written by the partition that holds it. */
async function readTable(sql: Sql, table: TableName): Promise<TableFacts> {
  const { rows } = await sql.query<{
    kind: string;
    unlogged: boolean;
    ours: boolean;
    may_read: boolean;
    filtered: boolean;
    heirs: string[];
    own_key: boolean;
    triggers: string[];
    behind: string[];
    parts: {
      identity: IdentityCode;
      key: boolean;
      index: boolean;
      name: string;
      owner: string;
      ours: boolean;
    }[];
  }>(
    `SELECT c.relkind AS kind, c.relpersistence <> 'p' AS unlogged, pg_has_role(c.relowner, 'USAGE') AS ours,
       has_table_privilege(c.oid, 'SELECT') AS may_read, row_security_active(c.oid) AS filtered,
       CASE WHEN c.relkind = 'r' THEN ARRAY(SELECT h.inhrelid::regclass::text FROM pg_inherits h WHERE h.inhparent = c.oid ORDER BY 1)
         ELSE '{}' END AS heirs,
       EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND i.indisvalid) AS own_key,
       ARRAY(SELECT g.tgname::text FROM pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal AND g.tgenabled IN ('O', 'A')
         AND g.tgname <> '${attributionTrigger}' AND coalesce(pg_get_triggerdef(g.oid) NOT LIKE '%chronos.writes%', true) ORDER BY 1) AS triggers,
       ARRAY(SELECT DISTINCT bn.nspname || '.' || b.relname FROM pg_rewrite w
         JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> w.ev_class
         JOIN pg_class b ON b.oid = d.refobjid JOIN pg_namespace bn ON bn.oid = b.relnamespace WHERE w.ev_class = c.oid AND c.relkind IN ('v', 'm') ORDER BY 1) AS behind,
       (SELECT json_agg(json_build_object('identity', part.relreplident, 'ours', pg_has_role(part.relowner, 'USAGE'),
          'name', part.relnamespace::regnamespace::text || '.' || part.relname, 'owner', pg_get_userbyid(part.relowner),
          'key', EXISTS (SELECT FROM pg_index i WHERE i.indrelid = part.oid AND i.indisprimary AND i.indisvalid),
          'index', EXISTS (SELECT FROM pg_index i WHERE i.indrelid = part.oid AND i.indisreplident AND i.indisvalid)))
        FROM pg_class part WHERE part.oid IN (SELECT c.oid UNION SELECT t.relid FROM pg_partition_tree(c.oid) t)) AS parts
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2`,
    [table.schema, table.name],
  );
  const [row] = rows;
  if (row === undefined)
    return {
      table,
      exists: false,
      isTable: false,
      kind: 'missing',
      behind: [],
      isUnlogged: false,
      heirs: [],
      isOurs: false,
      notOurs: [],
      mayRead: false,
      isFiltered: false,
      hasPrimaryKey: false,
      isPartitioned: false,
      hasOwnPrimaryKey: false,
      triggers: [],
      replicaIdentity: 'nothing',
      generated: [],
      otherPublications: [],
    };
  const codes = row.parts.map(({ identity, index }) => (identity === 'i' && !index ? 'n' : identity));
  const least = (['n', 'd', 'i', 'f'] as const).find((code) => codes.includes(code)) ?? 'n';
  return {
    table,
    exists: true,
    isTable: row.kind === 'r' || row.kind === 'p',
    kind: kinds[row.kind] ?? 'relation that is no table',
    behind: row.behind,
    isUnlogged: row.unlogged,
    heirs: row.heirs,
    isOurs: row.ours,
    notOurs: row.parts.filter(({ ours }) => !ours).map(({ name, owner }) => ({ table: name, owner })),
    mayRead: row.may_read,
    isFiltered: row.filtered,
    hasPrimaryKey: row.parts.every(({ key, identity }) => key || identity === 'f' || identity === 'i'),
    isPartitioned: row.kind === 'p',
    hasOwnPrimaryKey: row.own_key,
    triggers: row.triggers,
    replicaIdentity: identities[least],
    generated: await readGenerated(sql, table),
    otherPublications: await readOtherPublications(sql, table),
  };
}
