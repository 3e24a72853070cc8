import type { GroupState, MigrationState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { stageName } from '../story.ts';
import { printable } from '../text/cells.ts';
import { count, percent } from '../text/numbers.ts';
import type { Palette } from '../text/palette.ts';

/**
 * What changed between two states as one plain text, or undefined when nothing did that is worth one: stage, weight, pause, a mismatch, or
 * ten seconds have passed; after the seal only with new evidence. With the reasons for which requests were lost meanwhile.
 */
export function changeText(
  before: MigrationState | undefined,
  now: MigrationState,
  colors: Palette,
): string | undefined {
  const isOver = now.sealed !== undefined && before?.sealed !== undefined;
  const tenSeconds = Number(now.observedAt?.seconds ?? 0n) - Number(before?.observedAt?.seconds ?? 0n) >= 10;
  const changed = now.groups.filter((group) => {
    const earlier = before?.groups.find((candidate) => candidate.name === group.name);
    if (group.stayOnLegacy) return false;
    if (earlier === undefined || isChanged(earlier, group)) return true;
    return tenSeconds && !(isOver && hasSameEvidence(earlier, group));
  });
  if (changed.length === 0) return undefined;
  return [...changed.map((group) => groupText(group, colors)), ...newlyLost(before, now, colors)].join('   ');
}

/** Why requests that were lost since the state before could not be compared. */
function newlyLost(before: MigrationState | undefined, now: MigrationState, colors: Palette): string[] {
  const known = before?.coverage?.lost ?? {};
  const reasons = Object.entries(now.coverage?.lost ?? {}).flatMap(([reason, lost]) => {
    const more = lost - (known[reason] ?? 0n);
    return more > 0n ? [`${count(more)} ${printable(reason)}`] : [];
  });
  return reasons.length === 0 ? [] : [colors.warn(`newly lost: ${reasons.join(', ')}`)];
}

function isChanged(earlier: GroupState, now: GroupState): boolean {
  return (
    earlier.stage !== now.stage ||
    earlier.paused !== now.paused ||
    earlier.modernPercent !== now.modernPercent ||
    (earlier.mismatched === 0n) !== (now.mismatched === 0n)
  );
}

function hasSameEvidence(earlier: GroupState, now: GroupState): boolean {
  return (
    earlier.compared === now.compared && earlier.mismatched === now.mismatched && earlier.lost === now.lost
  );
}

function groupText(group: GroupState, colors: Palette): string {
  const mismatched = `${count(group.mismatched)} mismatched`;
  const waits = group.nextStep?.waitsFor ?? '';
  return [
    `${colors.bold(printable(group.name))} ${stageName(group.stage)} ${percent(group.modernPercent)} %${group.paused ? ' paused' : ''}`,
    `confidence ${percent(group.confidence)} %`,
    `${count(group.compared)} compared`,
    group.mismatched > 0n ? colors.bad(mismatched) : mismatched,
    ...(group.lost > 0n ? [`${count(group.lost)} lost`] : []),
    ...(waits === '' ? [] : [colors.dim(`waits for ${printable(waits)}`)]),
  ].join(', ');
}
