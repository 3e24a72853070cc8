/**
 * `--only NAME`: the surgical migration. What NAME means migrates; legacy goes on answering everything else, which is mirrored all the same:
 * modern's state has to know what the other routes write.
 */
import { clone } from '@bufbuild/protobuf';
import {
  type Migration,
  MigrationSchema,
  type RouteGroup,
  type RouteMatch,
} from '@chronos/proto/chronos/v1/migration_pb.js';

export type OnlyResult =
  | { readonly ok: true; readonly migration: Migration }
  /** Nothing has that name; these have one. */
  | { readonly ok: false; readonly known: readonly string[] };

/**
 * NAME is a route group, a TCP route, or the last segment of a path (a gRPC method, say): then the routes of that name become a group of their own, in
 * front of the rest of theirs. Upper and lower case do not matter. Groups that were declared to stay keep doing so.
 */
export function onlyRoutes(migration: Migration, name: string): OnlyResult {
  const wanted = name.toLowerCase();
  const only = clone(MigrationSchema, migration);
  const isGroup = [...only.routes, ...only.tcp].some((group) => group.name === wanted && isMovable(group));
  only.tcp = only.tcp.map((route) => staying(route, route.name !== wanted));
  only.routes = only.routes.flatMap((group) => {
    if (isGroup) return [staying(group, group.name !== wanted)];
    if (!isMovable(group)) return [group];
    return split(group, wanted, only.routes);
  });
  const isFound = [...only.routes, ...only.tcp].some(isMovable);
  return isFound ? { ok: true, migration: only } : { ok: false, known: knownNames(migration) };
}

/** What routes and TCP routes have in common here. */
type Group = Pick<RouteGroup, 'stayOnLegacy' | 'shadowOnly'>;

function isMovable(group: Group): boolean {
  return !group.stayOnLegacy && !group.shadowOnly;
}

function staying<G extends Group>(group: G, stays: boolean): G {
  return { ...group, shadowOnly: !group.stayOnLegacy && (group.shadowOnly || stays) };
}

function split(group: RouteGroup, wanted: string, all: readonly RouteGroup[]): RouteGroup[] {
  const match = group.match.filter((route) => lastSegment(route) === wanted);
  if (match.length === 0) return [staying(group, true)];
  const rest = group.match.filter((route) => lastSegment(route) !== wanted);
  const chosen = { ...group, match };
  if (rest.length === 0) return [chosen];
  return [{ ...chosen, name: freeName(groupNameOf(wanted), all) }, staying({ ...group, match: rest }, true)];
}

/** Last segment of a path in lower case; a regular expression has none. */
function lastSegment(route: RouteMatch): string | undefined {
  if (route.path.case === undefined || route.path.case === 'regex') return undefined;
  return route.path.value.split('/').filter(Boolean).at(-1)?.toLowerCase();
}

function knownNames(migration: Migration): string[] {
  const movable = migration.routes.filter(isMovable);
  const segments = movable.flatMap((group) =>
    group.match.flatMap((route) =>
      route.path.case === undefined || route.path.case === 'regex'
        ? []
        : route.path.value.split('/').filter(Boolean).slice(-1),
    ),
  );
  const ports = migration.tcp.filter(isMovable);
  return [...new Set([...[...movable, ...ports].map((group) => group.name), ...segments])];
}

/** The name as a route group may be called. */
function groupNameOf(segment: string): string {
  const letters = segment
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 36);
  return /^[a-z]/.test(letters) ? letters : `only-${letters}`.replace(/-$/, '');
}

function freeName(name: string, all: readonly RouteGroup[]): string {
  const taken = new Set(all.map((group) => group.name));
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) if (!taken.has(`${name}-${number}`)) return `${name}-${number}`;
}
