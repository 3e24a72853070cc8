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

/** The group in the address, where there is such a one; else empty, which stands for the whole migration. */
export function knownGroup(state: MigrationState, chosen: string): string {
  return state.groups.some((group) => group.name === chosen) ? chosen : '';
}

/** The group asked for, or the one that has come least far: the migration is no further than that. */
export function groupShown(state: MigrationState, chosen: string): GroupState | undefined {
  const named = state.groups.find((group) => group.name === chosen);
  return named ?? movingGroups(state).toSorted((a, b) => wayOf(a) - wayOf(b))[0];
}

/** What the numbers on a page stand for, and they themselves. */
export interface ShownFigures {
  /** Groups that they were gathered from. */
  readonly groups: number;
  /** Modern's share of the customers, in percent: the least and the most of any group that moves. */
  readonly percent: number;
  readonly percentMax: number;
  /** The lowest of any group that moves. */
  readonly confidence: number;
  /** Summed over all groups, also those at rest: a mismatch must be seen wherever it is. */
  readonly compared: bigint;
  readonly mismatched: bigint;
  readonly lost: bigint;
}

/** Of the group `chosen`; where there is no such group, of the whole migration, as the overview tells them. */
export function figuresShown(state: MigrationState, chosen: string): ShownFigures {
  const named = state.groups.filter((group) => group.name === chosen);
  const all = named.length === 0 ? state.groups : named;
  const moving = named.length === 0 ? movingGroups(state) : named;
  const shares = moving.length === 0 ? [0] : moving.map((group) => group.modernPercent);
  const sum = (of: (group: GroupState) => bigint) => all.reduce((total, group) => total + of(group), 0n);
  return {
    groups: all.length,
    percent: Math.min(...shares),
    percentMax: Math.max(...shares),
    confidence: moving.length === 0 ? 0 : Math.min(...moving.map((group) => group.confidence)),
    compared: sum((group) => group.compared),
    mismatched: sum((group) => group.mismatched),
    lost: sum((group) => group.lost),
  };
}
