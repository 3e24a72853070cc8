/** What a publication that stands under our name, or does not stand there yet, would leave out. */
import { knowsGenerated } from './generated-identity.ts';
import { type DatabaseFacts, type Problem, type PublicationFacts, quoted, type Wanted } from './preflight.ts';
import { type TableName, tableText } from './source-event.ts';

export function publicationProblems(facts: DatabaseFacts, wanted: Wanted): Problem[] {
  const { publication } = facts;
  const name = quoted(wanted.publication);
  if (publication === undefined) {
    const foreign = facts.tables.filter(({ exists, isOurs }) => exists && !isOurs);
    if (foreign.length === 0 && facts.mayCreateInDatabase) return [];
    const what = foreign.map(({ table }) => tableText(table)).join(', ') || 'anything in this database';
    return [
      problem(
        `role ${facts.role} may not publish ${what}`,
        `as the tables' owner: CREATE PUBLICATION ${name} FOR TABLE ${listed(wanted.tables)} WITH (publish_via_partition_root = true${knowsGenerated(facts) ? ', publish_generated_columns = stored' : ''})`,
      ),
    ];
  }
  const missing = publication.allTables
    ? []
    : wanted.tables.filter((table) => !publication.tables.some((each) => isSame(each, table)));
  if (missing.length > 0 && !publication.isOurs)
    return [
      problem(
        `publication ${wanted.publication} lacks ${missing.map(tableText).join(', ')}`,
        `as its owner: ALTER PUBLICATION ${name} ADD TABLE ${listed(missing)}`,
      ),
    ];
  return [
    ...kindProblems(publication, wanted),
    ...rootProblems(publication, facts, wanted),
    ...narrowProblems(publication, wanted),
  ];
}

function kindProblems({ isWhole }: PublicationFacts, { publication }: Wanted): Problem[] {
  if (isWhole) return [];
  return [
    problem(
      `publication ${publication} leaves out some kinds of changes`,
      `ALTER PUBLICATION ${quoted(publication)} SET (publish = 'insert, update, delete, truncate')`,
    ),
  ];
}

/** Told under the names of partitions, changes would be none of any declared table's. */
function rootProblems(
  { isViaRoot }: PublicationFacts,
  { tables }: DatabaseFacts,
  { publication }: Wanted,
): Problem[] {
  const partitioned = tables.filter(({ isPartitioned }) => isPartitioned);
  if (isViaRoot || partitioned.length === 0) return [];
  return [
    problem(
      `publication ${publication} tells changes of ${partitioned.map(({ table }) => tableText(table)).join(', ')} under the names of the partitions`,
      `ALTER PUBLICATION ${quoted(publication)} SET (publish_via_partition_root = true)`,
    ),
  ];
}

function narrowProblems({ narrowed }: PublicationFacts, wanted: Wanted): Problem[] {
  const { publication, tables } = wanted;
  const own = narrowed.filter((each) => tables.some((table) => isSame(each, table)));
  if (own.length === 0) return [];
  const words = own.map((each) => `only some ${each.by} of ${tableText(each)}`);
  const all = listed(own);
  return [
    problem(
      `publication ${publication} tells ${[...new Set(words)].join(', ')} (WHERE, or a list of columns)`,
      `as its owner: ALTER PUBLICATION ${quoted(publication)} DROP TABLE ${all}; ALTER PUBLICATION ${quoted(publication)} ADD TABLE ${all}; or another one for Chronos: database.publication of this universe in the migration file`,
    ),
  ];
}

function problem(message: string, remedy: string): Problem {
  return { code: 'publication', message, remedy, passing: false };
}

function listed(tables: readonly TableName[]): string {
  const unique = new Map(tables.map((table) => [tableText(table), table]));
  return [...unique.keys()].map((text) => `ONLY ${text}`).join(', ');
}

function isSame(a: TableName, b: TableName): boolean {
  return tableText(a) === tableText(b);
}
