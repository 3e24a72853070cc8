import type { MismatchGroup } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { cellsOf, fit, printable } from '../text/cells.ts';
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
    const counted = colors.bad(`${count(group.count)} ×`);
    const line = (route: string) =>
      labelled(index === 0 ? 'mismatches' : '', `${counted} ${causeText({ ...group, route })}`);
    const whole = line(group.route);
    // The values tell more than the front of a path.
    return fit(cellsOf(whole) <= width ? whole : line(lastOf(group.route)), width);
  });
}

/** Where the universes differ, and what each said in one example; modern by its build, as an earlier one may be meant. */
export function causeText(group: MismatchGroup): string {
  const modern = group.modernDeployment === '' ? 'modern' : `modern ${group.modernDeployment}`;
  return printable(
    `${group.route} ${group.field}: legacy ${quoted(group.legacy)}, ${modern} ${quoted(group.modern)}`,
  );
}

function lastOf(route: string): string {
  return route.slice(Math.max(0, route.lastIndexOf('/')));
}

function quoted(value: string): string {
  return value === '' ? '(nothing)' : fit(value, 34);
}
