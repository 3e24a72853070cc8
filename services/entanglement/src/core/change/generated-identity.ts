/**
 * Generated columns within a replica identity. From Postgres 18 on a published table refuses its own UPDATE and DELETE (42P10, "Replica identity must not contain
 * unpublished generated columns") where one of them is not published; a VIRTUAL one cannot be published at all (manual, CREATE PUBLICATION,
 * `publish_generated_columns`).
 */
import type { DatabaseFacts, Problem, PublicationFacts, TableFacts, Wanted } from './preflight.ts';
import { tableText } from './source-event.ts';

export interface GeneratedColumn {
  readonly name: string;
  readonly isVirtual: boolean;
  /** It stands in the replica identity as that is now, the table's or a partition's. */
  readonly isIdentity: boolean;
}

/** What of a publication of others would make a table with replica identity FULL refuse its own UPDATE and DELETE. */
export interface OtherPublication {
  readonly name: string;
  readonly publishesGenerated: boolean;
  /** Only some columns of this table are in it. */
  readonly isNarrow: boolean;
}

/** Oldest Postgres that refuses such writes, and that publishes generated columns. */
const versionMin = 180_000;

export function knowsGenerated({ version }: Pick<DatabaseFacts, 'version'>): boolean {
  return version >= versionMin;
}

type Facts = Pick<DatabaseFacts, 'version' | 'publication' | 'tables'>;

/** Tables whose own UPDATE and DELETE fail once they are published, whatever the publication says. */
export function unpublishable(facts: Pick<DatabaseFacts, 'version' | 'tables'>): TableFacts[] {
  if (!knowsGenerated(facts)) return [];
  return facts.tables.filter(({ generated }) =>
    generated.some(({ isVirtual, isIdentity }) => isVirtual && isIdentity),
  );
}

/** As the tables are now. Of a publication of ours nothing is said of stored columns: it tells them, or is altered so. */
export function generatedProblems(facts: Facts, { publication }: Pick<Wanted, 'publication'>): Problem[] {
  if (!knowsGenerated(facts)) return [];
  return [
    ...unpublishable(facts).map(virtualProblem),
    ...(isTold(facts.publication) ? [] : storedProblems(facts, publication)),
  ];
}

function isTold(publication: PublicationFacts | undefined): boolean {
  return publication === undefined || publication.isOurs || publication.publishesGenerated;
}

function virtualProblem({ table, generated, hasOwnPrimaryKey }: TableFacts): Problem {
  const name = tableText(table);
  const columns = generated.filter(({ isVirtual }) => isVirtual).map((column) => column.name);
  const key = hasOwnPrimaryKey ? '' : `ALTER TABLE ${name} ADD PRIMARY KEY (…); `;
  return {
    code: 'table-unusable',
    message: `${name} has virtual generated columns (${columns.join(', ')}) in its replica identity, which Postgres cannot publish: once published, its own updates and deletes would fail (42P10)`,
    remedy: `${key}ALTER TABLE ${name} REPLICA IDENTITY DEFAULT (of rows before a change only the key is known then), or make the columns STORED`,
    passing: false,
  };
}

function storedProblems({ tables }: Facts, publication: string): Problem[] {
  const inside = tables.filter(({ generated }) =>
    generated.some(({ isVirtual, isIdentity }) => !isVirtual && isIdentity),
  );
  if (inside.length === 0) return [];
  return [
    {
      code: 'publication',
      message: `publication ${publication} leaves out generated columns that stand in the replica identity of ${inside.map(({ table }) => tableText(table)).join(', ')}: their own updates and deletes fail (42P10)`,
      remedy: `as its owner: ALTER PUBLICATION "${publication.replaceAll('"', '""')}" SET (publish_generated_columns = stored)`,
      passing: false,
    },
  ];
}

/** What REPLICA IDENTITY FULL would break: the table's own updates and deletes, where any publication of it does not tell all columns. */
export function fullProblems(facts: Pick<DatabaseFacts, 'version'>, table: TableFacts): Problem[] {
  if (!table.exists || table.replicaIdentity === 'full') return [];
  const name = tableText(table.table);
  const refused = (message: string, remedy: string): Problem => ({
    code: 'table-unusable',
    message: `REPLICA IDENTITY FULL would make the updates and deletes of ${name} fail (42P10): ${message}`,
    remedy,
    passing: false,
  });
  const named = (isVirtual: boolean) =>
    table.generated.filter((column) => column.isVirtual === isVirtual).map((column) => column.name);
  const [virtual, stored] = knowsGenerated(facts) ? [named(true), named(false)] : [[], []];
  if (virtual.length > 0)
    return [
      refused(
        `Postgres cannot publish its virtual generated columns ${virtual.join(', ')}`,
        `make them STORED, or leave out --replica-identity-full for this database: with a primary key ${name} is captured, of rows before a change only the key is known`,
      ),
    ];
  return table.otherPublications.flatMap((publication) => {
    const alter = `as its owner: ALTER PUBLICATION "${publication.name.replaceAll('"', '""')}"`;
    if (publication.isNarrow)
      return [
        refused(
          `publication ${publication.name} has only some of its columns`,
          `${alter}, without a list of columns for ${name}`,
        ),
      ];
    if (publication.publishesGenerated || stored.length === 0) return [];
    return [
      refused(
        `publication ${publication.name} leaves out its generated columns ${stored.join(', ')}`,
        `${alter} SET (publish_generated_columns = stored)`,
      ),
    ];
  });
}
