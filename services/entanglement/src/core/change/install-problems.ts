import { type DatabaseFacts, type Problem, problemsOf, quoted, type Wanted } from './preflight.ts';
import { tableText } from './source-event.ts';

/** What stands in the way of altering the tables: of the server and its slots nothing is needed. */
export function problemsOfInstall(facts: DatabaseFacts, wanted: Wanted, needsSchema: boolean): Problem[] {
  const { role } = facts;
  const owned = facts.tables.filter(({ exists, isOurs }) => exists && !isOurs);
  const rights = (message: string, remedy: string): Problem => ({
    code: 'rights',
    message,
    remedy,
    passing: false,
  });
  return [
    ...problemsOf(facts, wanted).filter(({ code }) => code === 'table-missing' || code === 'table-unusable'),
    ...owned.map(({ table }) =>
      rights(
        `role ${role} may not alter ${tableText(table)}`,
        `install as its owner, or GRANT its owner's role TO ${quoted(role)}`,
      ),
    ),
    ...(needsSchema && !facts.mayCreateInDatabase
      ? [
          rights(
            `role ${role} may not make the schema of the triggers`,
            `GRANT CREATE ON DATABASE … TO ${quoted(role)}`,
          ),
        ]
      : []),
  ];
}
