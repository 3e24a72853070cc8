import type { Problem } from '../core/change/preflight.ts';
import type { MappingError } from '../core/mapping/compile.ts';

/** Each place where the entities do not fit; time may help, for a service may be about to make its tables. */
export function mappingProblems({ problems }: Pick<MappingError, 'problems'>): Problem[] {
  const remedy = 'correct the entities of the migration file and chronos apply it, or create what is missing';
  return problems.map((message) => ({ code: 'mapping', message, remedy, passing: true }));
}
