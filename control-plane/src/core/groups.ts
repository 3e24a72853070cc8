import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';

/** What moves on its own: a group of routes, or a port of raw TCP. */
export interface DeclaredGroup {
  readonly name: string;
  /** Never mirrored, never moved. */
  readonly stayOnLegacy: boolean;
  /** Mirrored, never moved. */
  readonly shadowOnly: boolean;
}

/** Every group that a migration declares, groups of routes first; names are unique among all. */
export function declaredGroups(spec: Migration): readonly DeclaredGroup[] {
  return [...spec.routes, ...spec.tcp];
}
