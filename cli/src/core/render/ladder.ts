import { type GroupState, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { percent } from '../text/numbers.ts';
import type { Palette } from '../text/palette.ts';

/** The way of a group with its place marked: `shadow ─ 1 ─ 5 ─[10]─ 50 ─ 100 ─ sealed`. */
export function ladderLine(group: GroupState, steps: readonly number[], colors: Palette): string {
  const labels = ['shadow', ...steps.map(percent), 'sealed'];
  const at = positionOf(group, steps);
  return labels
    .map((label, index) => {
      if (index === at)
        return colors.bold(
          group.stage === Stage.KILLED ? colors.bad(`[${label}]`) : colors.accent(`[${label}]`),
        );
      return index < at ? colors.good(` ${label} `) : colors.dim(` ${label} `);
    })
    .join(colors.dim('─'))
    .trimEnd();
}

function positionOf(group: GroupState, steps: readonly number[]): number {
  if (group.stage === Stage.SEALED) return steps.length + 1;
  if (group.stage === Stage.DRAFT || group.stage === Stage.UNSPECIFIED) return -1;
  // A weight set by hand may lie between two steps: the lower one has been reached.
  return steps.filter((step) => step <= group.modernPercent + 1e-9).length;
}
