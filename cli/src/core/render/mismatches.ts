import type { MismatchGroup } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { cellsOf, fit, printable } from '../text/cells.ts';
import { count } from '../text/numbers.ts';
import type { Palette } from '../text/palette.ts';
import { causesOf, gravityText, paintGravity, type ShownCause } from './causes.ts';
import { labelled } from './group-block.ts';

/** Mismatches by cause, one line each, the most severe and newest first. */
export function mismatchLines(
  groups: readonly MismatchGroup[],
  max: number,
  width: number,
  colors: Palette,
): string[] {
  return causesOf(groups)
    .slice(0, max)
    .map((cause, index) => {
      const counted = paintGravity(cause, colors)(`${count(cause.count)} ×${gravityMark(cause)}`);
      const line = (text: string) => labelled(index === 0 ? 'mismatches' : '', `${counted} ${text}`);
      const whole = line(lineText(cause, (route) => route));
      // What happened tells more than the front of a path.
      return fit(cellsOf(whole) <= width ? whole : line(lineText(cause, lastOf)), width);
    });
}

/** Where the universes differ, and what each said in one example; modern by its build, as an earlier one may be meant. */
export function causeText(group: MismatchGroup): string {
  const modern = group.modernDeployment === '' ? 'modern' : `modern ${group.modernDeployment}`;
  return printable(
    `${group.route} ${group.field}: legacy ${quoted(group.legacy)}, ${modern} ${quoted(group.modern)}`,
  );
}

/** Only what stands out; a bug is what a mismatch is. */
function gravityMark(cause: ShownCause): string {
  return cause.asked || cause.severity === Severity.CRITICAL ? ` ${gravityText(cause)},` : '';
}

function lineText(
  { groups, sentence, fields, routes }: ShownCause,
  spell: (route: string) => string,
): string {
  const [first] = groups;
  if (first === undefined) return '';
  const route = spell(first.route);
  if (fields > 1 || routes > 1) return printable(sentence);
  return sentence === '' ? causeText({ ...first, route }) : printable(`${route} ${first.field}: ${sentence}`);
}

function lastOf(route: string): string {
  return route.slice(Math.max(0, route.lastIndexOf('/')));
}

function quoted(value: string): string {
  return value === '' ? '(nothing)' : fit(value, 34);
}
