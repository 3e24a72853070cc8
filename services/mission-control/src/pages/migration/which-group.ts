import {
  type GroupState,
  type MigrationState,
  Stage,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';

/** How far a group has come; the kill counts as the start. */
function wayOf(group: GroupState): number {
  return group.stage === Stage.KILLED ? 0 : group.stage * 1_000 + group.modernPercent;
}

/** Groups that move; all where none does. */
export function movingGroups(state: MigrationState): readonly GroupState[] {
  const moving = state.groups.filter((group) => !group.stayOnLegacy && !group.shadowOnly);
  return moving.length === 0 ? state.groups : moving;
}

/** The group asked for, or the one that has come least far: the migration is no further than that. */
export function groupShown(state: MigrationState, chosen: string): GroupState | undefined {
  const named = state.groups.find((group) => group.name === chosen);
  return named ?? movingGroups(state).toSorted((a, b) => wayOf(a) - wayOf(b))[0];
}
