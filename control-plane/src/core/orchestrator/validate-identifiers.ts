import { durationMs } from '@bufbuild/protobuf/wkt';
import { parseRoute } from '@chronos/arbiter/core/entangled/route-pattern.ts';
import {
  MADE_ROOTS,
  type PlaceRoot,
  parsePlace,
  USED_ROOTS,
} from '@chronos/capture/core/identifiers/places.ts';
import { type Bijection, IdentifierKind } from '@chronos/proto/chronos/v1/identifiers_pb.js';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { Problem } from './validate.ts';

const WAIT_MS_DEFAULT = 2_000;
const JOIN_DEADLINE_MS_DEFAULT = 10_000;

/** What is wrong with a migration's identifiers. */
export function identifierProblems({ identifiers, entanglement, routes, policy }: Migration): Problem[] {
  const known = new Map(identifiers?.bijections.map((bijection) => [bijection.name, bijection]));
  const problems = (entanglement?.entities ?? []).flatMap(({ fields }, e) =>
    fields.flatMap(({ identifiers: name }, f) => {
      const bijection = known.get(name);
      if (name === '' || (bijection !== undefined && bijection.kind !== IdentifierKind.TOKEN)) return [];
      const message =
        bijection === undefined
          ? `"${name}" is no bijection of identifiers.bijections`
          : `"${name}" is of tokens: their pairs are secrets, by which no rows are matched`;
      return [{ path: `entanglement.entities[${e}].fields[${f}].identifiers`, message }];
    }),
  );
  if (identifiers === undefined) return problems;
  const names = new Set<string>();
  identifiers.bijections.forEach((bijection, index) => {
    const path = `identifiers.bijections[${index}]`;
    if (names.has(bijection.name)) problems.push({ path: `${path}.name`, message: 'is there twice' });
    names.add(bijection.name);
    problems.push(...placeProblems(path, bijection));
  });
  identifiers.answering.forEach((name, index) => {
    if (!routes.some((group) => group.name === name))
      problems.push({ path: `identifiers.answering[${index}]`, message: `"${name}" is no group of routes` });
  });
  const waitMs = identifiers.wait ? durationMs(identifiers.wait) : WAIT_MS_DEFAULT;
  const joinMs = policy?.joinDeadline ? durationMs(policy.joinDeadline) : JOIN_DEADLINE_MS_DEFAULT;
  if (waitMs * 2 > joinMs) {
    const message = `must leave the copy time to be answered: at most half of policy.join_deadline (${joinMs / 1000} s)`;
    problems.push({ path: 'identifiers.wait', message });
  }
  return problems;
}

function placeProblems(path: string, { made, used }: Bijection): Problem[] {
  const problems: Problem[] = [];
  const place = (at: string, text: string, roots: readonly PlaceRoot[]) => {
    const parsed = parsePlace(text, roots);
    if (!parsed.ok) problems.push({ path: at, message: `"${text}" ${parsed.reason}` });
  };
  const route = (at: string, text: string) => {
    const parsed = parseRoute(text);
    if (!parsed.ok) problems.push({ path: at, message: `"${text}" ${parsed.reason}` });
  };
  made.forEach((one, index) => {
    route(`${path}.made[${index}].route`, one.route);
    place(`${path}.made[${index}].at`, one.at, MADE_ROOTS);
    if (one.modernAt !== '') place(`${path}.made[${index}].modern_at`, one.modernAt, MADE_ROOTS);
  });
  used.forEach((one, index) => {
    route(`${path}.used[${index}].route`, one.route);
    place(`${path}.used[${index}].at`, one.at, USED_ROOTS);
  });
  return problems;
}
