import type { MismatchGroup } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { fit, printable } from '../text/cells.ts';
import { count } from '../text/numbers.ts';
import type { Palette } from '../text/palette.ts';
import { labelled } from './group-block.ts';

/** Mismatches by cause, the most frequent first. */
export function mismatchLines(
  groups: readonly MismatchGroup[],
  max: number,
  width: number,
  colors: Palette,
): string[] {
  return groups.slice(0, max).map((group, index) => {
    const cause = printable(
      `${group.route} ${group.field}: legacy ${quoted(group.legacy)}, modern ${quoted(group.modern)}`,
    );
    return fit(
      labelled(index === 0 ? 'mismatches' : '', `${colors.bad(`${count(group.count)} ×`)} ${cause}`),
      width,
    );
  });
}

function quoted(value: string): string {
  return value === '' ? '(nothing)' : fit(value, 34);
}
