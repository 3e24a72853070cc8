import { fullProblems } from './generated-identity.ts';
import { type DatabaseFacts, type Problem, problemsOf, quoted, type Wanted } from './preflight.ts';

/** What stands in the way of altering the tables: of the server and its slots nothing is needed. */
export function problemsOfInstall(
  facts: DatabaseFacts,
  wanted: Wanted,
  { needsSchema, fullIdentity }: { readonly needsSchema: boolean; readonly fullIdentity: boolean },
): Problem[] {
  const { role } = facts;
  const notOurs = facts.tables.flatMap((table) => table.notOurs);
  const rights = (message: string, remedy: string): Problem => ({
    code: 'rights',
    message,
    remedy,
    passing: false,
  });
  return [
    ...problemsOf(facts, wanted).filter(({ code }) => code === 'table-missing' || code === 'table-unusable'),
    ...(fullIdentity ? facts.tables.flatMap((table) => fullProblems(facts, table)) : []),
    ...notOurs.map(({ table, owner }) =>
      rights(
        `role ${role} may not alter ${table}: it is role ${owner}'s`,
        `install as ${owner}, or GRANT ${quoted(owner)} TO ${quoted(role)}`,
      ),
    ),
    ...(needsSchema && !facts.mayCreateInDatabase
      ? [
          rights(
            `role ${role} may not make the schema of the triggers`,
            `GRANT CREATE ON DATABASE ${quoted(facts.database)} TO ${quoted(role)}`,
          ),
        ]
      : []),
  ];
}
