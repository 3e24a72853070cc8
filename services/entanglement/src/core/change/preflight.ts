/** Whether a database can be captured without harm to it, decided from facts that were read before. */
import {
  fullProblems,
  type GeneratedColumn,
  generatedProblems,
  type OtherPublication,
} from './generated-identity.ts';
import { publicationProblems } from './publication-problems.ts';
import { type TableName, tableText } from './source-event.ts';

/** What Postgres says of itself, of our role and of our slot. */
export interface DatabaseFacts {
  readonly version: number;
  readonly database: string;
  readonly walLevel: string;
  readonly role: string;
  readonly mayReplicate: boolean;
  readonly mayEmitMessages: boolean;
  readonly mayCreateInDatabase: boolean;
  readonly slotsFree: number;
  /** Connections of readers of the WAL that are left. */
  readonly sendersFree: number;
  /** MiB of WAL that any slot may hold back; -1: without limit. */
  readonly slotWalKeepMib: number;
  readonly slot: SlotFacts | undefined;
  readonly publication: PublicationFacts | undefined;
  readonly tables: readonly TableFacts[];
}

export interface SlotFacts {
  readonly plugin: string;
  readonly database: string;
  readonly isOurDatabase: boolean;
  /** Who reads it now, in words. */
  readonly usedBy: string | undefined;
  /** The server has thrown away what it would need: `lost`, or the reason of its invalidation. */
  readonly lost: string | undefined;
}

export interface PublicationFacts {
  /** Chronos made it, and our role may alter it: no other is ever changed. */
  readonly isOurs: boolean;
  readonly allTables: boolean;
  /** A partitioned table also where only its partitions are told of. */
  readonly tables: readonly TableName[];
  /** insert, update, delete and truncate are all published. */
  readonly isWhole: boolean;
  /** Changes of partitions are told as the partitioned table's own. */
  readonly isViaRoot: boolean;
  /** Stored generated columns are told, too (Postgres 18 and later). */
  readonly publishesGenerated: boolean;
  /** Tables of which only some rows or some columns are published. */
  readonly narrowed: readonly (TableName & { readonly by: 'rows' | 'columns' })[];
}

export interface TableFacts {
  readonly table: TableName;
  readonly exists: boolean;
  readonly isTable: boolean;
  /** What it is, in words: `table`, `view`. */
  readonly kind: string;
  /** Of a view, what it shows. */
  readonly behind: readonly string[];
  readonly isUnlogged: boolean;
  /** Tables that inherit from it (INHERITS, no partitions), as text. */
  readonly heirs: readonly string[];
  readonly isOurs: boolean;
  /** It, and those of its partitions, that are not our role's. */
  readonly notOurs: readonly { readonly table: string; readonly owner: string }[];
  readonly mayRead: boolean;
  /** Row-level security hides rows from our role, or could. */
  readonly isFiltered: boolean;
  readonly hasPrimaryKey: boolean;
  /** What it is cut into comes and goes: a new partition has the table's primary key, and never its replica identity. */
  readonly isPartitioned: boolean;
  readonly hasOwnPrimaryKey: boolean;
  /** The bank's own, which a write of ours would run. */
  readonly triggers: readonly string[];
  /** Of the table or of the least able of its partitions. `index`: one that is valid. */
  readonly replicaIdentity: 'default' | 'nothing' | 'full' | 'index';
  readonly generated: readonly GeneratedColumn[];
  /** That tell its updates or deletes, and are not Chronos' own. */
  readonly otherPublications: readonly OtherPublication[];
}

export interface Problem {
  /** A stable word. */
  readonly code:
    | 'version'
    | 'wal-level'
    | 'rights'
    | 'slots-full'
    | 'slot-in-use'
    | 'slot-foreign'
    | 'slot-lost'
    | 'slot-moved'
    | 'unknown-key'
    | 'unreadable'
    | 'table-missing'
    | 'table-unusable'
    | 'table-without-key'
    | 'publication'
    | 'schema-changed'
    | 'wal-limit'
    | 'clock'
    | 'log-missing'
    | 'name-taken'
    | 'mapping'
    | 'database-away';
  readonly message: string;
  readonly remedy: string;
  /** Time may help (a service that has not made its tables, another reader that ends): asked again, and the migration pauses only if it lasts. */
  readonly passing: boolean;
}

export interface Wanted {
  readonly migration: string;
  readonly universe: string;
  readonly slot: string;
  readonly publication: string;
  readonly tables: readonly TableName[];
}

/** What only people can judge: the capture goes on when they have resumed the migration. */
export function needsWord({ code }: Pick<Problem, 'code'>): boolean {
  return code === 'schema-changed' || code === 'slot-moved' || leavesGap({ code });
}

/** What was not read is lost: the slot goes, and capturing begins anew. */
export function leavesGap({ code }: Pick<Problem, 'code'>): boolean {
  return code === 'wal-limit' || code === 'slot-lost' || code === 'unknown-key' || code === 'unreadable';
}

/** Oldest Postgres that tells messages through `pgoutput`. */
const versionMin = 140_000;

/** All that stands in the way, each with its remedy; nothing was changed yet. */
export function problemsOf(facts: DatabaseFacts, wanted: Wanted): Problem[] {
  return [
    ...serverProblems(facts),
    ...slotProblems(facts, wanted),
    ...facts.tables.flatMap((table) => tableProblems(table, facts, wanted)),
    ...publicationProblems(facts, wanted),
    ...generatedProblems(facts, wanted),
  ];
}

/** With Debezium: its connector may read the slot already, and of a row before it tells columns that it does not know as null. */
export function problemsOfDebezium(facts: DatabaseFacts, wanted: Wanted): Problem[] {
  const partial = facts.tables.filter(({ exists, replicaIdentity }) => exists && replicaIdentity !== 'full');
  return [
    ...problemsOf(facts, wanted).filter(({ code }) => code !== 'slot-in-use'),
    ...partial.map(
      (table): Problem => ({
        code: 'table-without-key',
        message: `table ${tableText(table.table)} has no replica identity FULL, without which Debezium's rows before a change cannot be told from NULL`,
        remedy: mayBeFull(facts, table)
          ? 'chronos entangle install -f FILE --replica-identity-full'
          : 'its virtual generated columns do not allow that: make them STORED, or read this database without Debezium',
        passing: false,
      }),
    ),
  ];
}

/** What works, but less well than it could. */
export function warningsOf(facts: DatabaseFacts, retainedMaxMib: number): string[] {
  const keys = facts.tables.filter(
    (table) =>
      table.exists &&
      table.replicaIdentity !== 'full' &&
      table.replicaIdentity !== 'nothing' &&
      mayBeFull(facts, table),
  );
  return [
    ...(keys.length === 0
      ? []
      : [
          `${keys.map(({ table }) => tableText(table)).join(', ')}: the WAL has no rows as they were before a change (replica identity is not FULL), so what they were is known only from the change before, while it is remembered, and less is explained after an outage; chronos entangle install -f FILE --replica-identity-full changes that`,
        ]),
    ...(facts.slotWalKeepMib === -1
      ? [
          `max_slot_wal_keep_size is unlimited: Chronos drops its slot at ${retainedMaxMib} MiB of retained WAL, but cannot while it does not run; ALTER SYSTEM SET max_slot_wal_keep_size = '${retainedMaxMib}MB' lets the database itself do it`,
        ]
      : []),
    ...facts.tables
      .filter(({ triggers }) => triggers.length > 0)
      .map(
        ({ table, triggers }) =>
          `${tableText(table)}: its triggers ${triggers.join(', ')} also run when a repair or a copy writes its rows; those that write other rows would do so a second time, and a repair that finds it out is refused; WHEN (current_setting('chronos.writes', true) IS DISTINCT FROM 'on') in CREATE TRIGGER lets them pass over Chronos' own writes`,
      ),
  ];
}

/** What cannot have it need not be told to get it. */
function mayBeFull({ version }: DatabaseFacts, table: TableFacts): boolean {
  return fullProblems({ version }, table).length === 0;
}

function serverProblems(facts: DatabaseFacts): Problem[] {
  const problems: Problem[] = [];
  const add = (code: Problem['code'], message: string, remedy: string) =>
    problems.push({ code, message, remedy, passing: false });
  if (facts.version < versionMin)
    add(
      'version',
      `Postgres ${Math.floor(facts.version / 10_000)} does not tell messages through pgoutput`,
      'use Postgres 14 or later',
    );
  if (facts.walLevel !== 'logical')
    add(
      'wal-level',
      `wal_level is ${facts.walLevel}: the WAL does not hold rows`,
      "ALTER SYSTEM SET wal_level = 'logical', then restart the database",
    );
  if (!facts.mayReplicate)
    add(
      'rights',
      `role ${facts.role} may not read the WAL`,
      `ALTER ROLE ${quoted(facts.role)} REPLICATION (on managed services: grant it rds_replication, or what they call it)`,
    );
  if (!facts.mayEmitMessages)
    add(
      'rights',
      `role ${facts.role} may not write heartbeats into the WAL`,
      `GRANT EXECUTE ON FUNCTION pg_logical_emit_message(boolean, text, text) TO ${quoted(facts.role)} (on Postgres 17 and later with a fourth argument, boolean)`,
    );
  if (facts.slot === undefined && facts.slotsFree < 1)
    add(
      'slots-full',
      'all replication slots of the server are taken',
      'drop one that nobody needs (SELECT * FROM pg_replication_slots), or raise max_replication_slots and restart',
    );
  if (facts.slot?.usedBy === undefined && facts.sendersFree < 1)
    problems.push({
      code: 'slots-full',
      message: 'all WAL senders of the server are taken',
      remedy:
        'end a reader that nobody needs (SELECT * FROM pg_stat_replication), or raise max_wal_senders and restart',
      passing: true,
    });
  return problems;
}

function slotProblems({ slot }: DatabaseFacts, wanted: Wanted): Problem[] {
  if (slot === undefined) return [];
  const another = 'give Chronos another name: database.slot of this universe in the migration file';
  if (slot.plugin !== 'pgoutput' || !slot.isOurDatabase)
    return [
      {
        code: 'slot-foreign',
        message: `slot ${wanted.slot} is somebody else's: plugin ${slot.plugin || 'none (physical)'}, database ${slot.database || 'none'}`,
        remedy: another,
        passing: false,
      },
    ];
  if (slot.usedBy !== undefined)
    return [
      {
        code: 'slot-in-use',
        message: `slot ${wanted.slot} is in use by ${slot.usedBy}`,
        remedy: `end that process if it is an earlier Chronos; else ${another}`,
        passing: true,
      },
    ];
  return [];
}

function tableProblems(facts: TableFacts, database: DatabaseFacts, wanted: Wanted): Problem[] {
  const { role } = database;
  const name = tableText(facts.table);
  const problem = (code: Problem['code'], message: string, remedy: string, passing = false): Problem[] => [
    { code, message, remedy, passing },
  ];
  if (!facts.exists)
    return problem(
      'table-missing',
      `table ${name} does not exist in ${wanted.universe}'s database`,
      'create it, or correct the entity in the migration file',
      true,
    );
  if (!facts.isTable || facts.isUnlogged)
    return problem(
      'table-unusable',
      `${name} is ${facts.isTable ? 'an unlogged table' : `a ${facts.kind}`}: its changes do not stand in the WAL`,
      facts.isTable ? `ALTER TABLE ${name} SET LOGGED` : tableBehind(facts),
    );
  if (facts.heirs.length > 0)
    return problem(
      'table-unusable',
      `${facts.heirs.join(', ')} inherit from ${name}: their rows are read as its own, but their changes are told under their own names`,
      `name the tables themselves in the migration file, each as its own entity, or make ${name} a partitioned table`,
    );
  if (!facts.mayRead)
    return problem(
      'rights',
      `role ${role} may not read ${name}`,
      `GRANT SELECT ON ${name} TO ${quoted(role)}`,
    );
  if (facts.isFiltered)
    return problem(
      'rights',
      `row-level security of ${name} applies to role ${role}: rows that it hides would be taken for missing`,
      `ALTER ROLE ${quoted(role)} BYPASSRLS`,
    );
  const isSafe =
    facts.replicaIdentity === 'full' ||
    facts.replicaIdentity === 'index' ||
    (facts.replicaIdentity === 'default' && facts.hasPrimaryKey);
  if (!isSafe)
    return problem(
      'table-without-key',
      `table ${name} has no primary key and no replica identity: once published, its own updates and deletes would fail`,
      mayBeFull(database, facts)
        ? `chronos entangle install -f FILE --replica-identity-full (ALTER TABLE ${name} REPLICA IDENTITY FULL: more WAL for each update), or give it a primary key`
        : `give it a primary key (ALTER TABLE ${name} ADD PRIMARY KEY (…))`,
    );
  if (facts.isPartitioned && !facts.hasOwnPrimaryKey)
    return problem(
      'table-without-key',
      `partitioned table ${name} has no primary key: its next partition would have no replica identity, and once published, its own updates and deletes would fail`,
      `give ${name} a primary key, which every partition then gets (ALTER TABLE ${name} ADD PRIMARY KEY (…), with the columns that it is partitioned by)`,
    );
  return [];
}

function tableBehind({ behind }: TableFacts): string {
  const names = behind.length === 0 ? '' : ` (${behind.join(', ')})`;
  return `name the table behind it${names} in the migration file`;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
