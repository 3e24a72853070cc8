import type { ApprovedDivergence, Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import { compileApproved } from './approved-rule.ts';

/** One thing wrong with a migration file: where (a protobuf field path), and what is accepted there. */
export interface SpecProblem {
  readonly path: string;
  readonly message: string;
}

/** Everything that is wrong with a migration's approved divergences; nothing here needs a request. */
export function approvedProblems(spec: Pick<Migration, 'approved' | 'routes'>): SpecProblem[] {
  const names = new Map<string, number>();
  return spec.approved.flatMap((rule, i) => {
    const at = `approved[${i}]`;
    const earlier = names.get(rule.name);
    names.set(rule.name, earlier ?? i);
    return [
      ...(earlier === undefined
        ? []
        : [
            {
              path: `${at}.name`,
              message: `"${rule.name}" is taken by approved[${earlier}]; names are unique`,
            },
          ]),
      ...groupProblems(`${at}.group`, rule.group, spec.routes),
      ...expressionProblems(at, rule),
    ];
  });
}

/** A group that is named must be one of the migration's. */
export function groupProblems(path: string, group: string, routes: Migration['routes']): SpecProblem[] {
  if (group === '' || routes.some(({ name }) => name === group)) return [];
  const known = routes.map(({ name }) => name).join(', ');
  return [{ path, message: `"${group}" is no route group of this migration; accepted: ${known}` }];
}

function expressionProblems(at: string, rule: ApprovedDivergence): SpecProblem[] {
  // What is empty is reported as missing by the rules of the .proto.
  if (rule.expect === '' || rule.path === '') return [];
  const compiled = compileApproved(rule);
  return compiled.ok
    ? []
    : compiled.problems.map(({ field, message }) => ({ path: `${at}.${field}`, message }));
}
