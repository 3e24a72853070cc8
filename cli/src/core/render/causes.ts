import type { MismatchGroup } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { Ruling, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { cellsOf, fit, padEnd, printable, wrap } from '../text/cells.ts';
import { count, isoTime } from '../text/numbers.ts';
import type { Palette } from '../text/palette.ts';

/** One cause with the mismatch groups (route and field) that are listed of it. */
export interface ShownCause {
  /** Empty when the judge has not looked yet; then there is one group. */
  readonly sentence: string;
  readonly groups: readonly MismatchGroup[];
  /** Fields and routes that it touches, also those that are not listed. */
  readonly fields: number;
  readonly routes: number;
  readonly count: bigint;
  readonly severity: Severity;
  /** No bug is shown; a person is asked. */
  readonly asked: boolean;
}

const examplesShown = 3;
const routesShown = 4;
const labelCells = 9;
const valueCellsMax = 32;

/** Groups of the same cause together, in the order of the list: the most severe and newest first. */
export function causesOf(groups: readonly MismatchGroup[]): ShownCause[] {
  const byCause = Map.groupBy(
    groups,
    ({ cause, group, route, field, modernDeployment }) =>
      cause?.id ?? JSON.stringify([group, route, field, modernDeployment]),
  );
  return [...byCause.values()].map((members) => {
    const [first] = members;
    return {
      sentence: first?.cause?.sentence ?? first?.explanation ?? '',
      groups: members,
      fields: Math.max(first?.cause?.fields ?? 0, distinct(members.map(({ field }) => field))),
      routes: Math.max(first?.cause?.routes ?? 0, distinct(members.map(({ route }) => route))),
      count: members.reduce((sum, group) => sum + group.count, 0n),
      severity: Math.max(...members.map(({ severity }) => severity)),
      asked: members.every(({ ruling }) => ruling === Ruling.ASKED),
    };
  });
}

/** `critical bug`, `asked`: how bad it is, in words. */
export function gravityText({ severity, asked }: ShownCause): string {
  if (asked) return 'asked';
  switch (severity) {
    case Severity.CRITICAL:
      return 'critical bug';
    case Severity.MINOR:
      return 'minor bug';
    case Severity.MAJOR:
    case Severity.UNSPECIFIED:
      return 'bug';
  }
}

export function paintGravity(cause: ShownCause, colors: Palette): (text: string) => string {
  return cause.asked ? colors.warn : colors.bad;
}

/** `GET /accounts/* body.amount: ` where it is one place only; else the sentence says how many. */
export function placeText({ groups, fields, routes }: ShownCause): string {
  const [first] = groups;
  return fields > 1 || routes > 1 || first === undefined ? '' : `${first.route} ${first.field}: `;
}

/** A cause as a block: what modern does, how often and since when, where, examples side by side, and the first one's trace. */
export function causeLines(cause: ShownCause, width: number, colors: Palette, trace?: string): string[] {
  const { groups, sentence } = cause;
  const paint = paintGravity(cause, colors);
  const title = `${placeText(cause)}${sentence === '' ? 'modern differs' : sentence}`;
  const [headline = '', ...rest] = wrap(`${gravityText(cause)}: ${printable(title)}`, width);
  return (
    [
      paint(headline),
      ...rest.map(paint),
      `  ${colors.dim(seenText(cause))}`,
      ...whereLines(cause),
      ...exampleLines(groups.slice(0, examplesShown), width, colors),
      '',
    ]
      .map((line) => fit(line, width))
      // A link that is cut leads nowhere.
      .toSpliced(
        -1,
        0,
        ...(trace === undefined ? [] : [`  ${padEnd('trace', labelCells)}${printable(trace)}`]),
      )
  );
}

function seenText({ groups, count: mismatches }: ShownCause): string {
  const times = groups
    .flatMap(({ firstSeen, lastSeen }) => [isoTime(firstSeen) ?? [], isoTime(lastSeen) ?? []])
    .flat();
  const sorted = times.sort();
  const deployments = [...new Set(groups.map(({ modernDeployment }) => modernDeployment))].filter(
    (name) => name !== '',
  );
  return printable(
    [
      `${count(mismatches)} mismatch${mismatches === 1n ? '' : 'es'}`,
      ...(sorted.length === 0 ? [] : [`first ${sorted[0]}, last ${sorted.at(-1)}`]),
      ...(deployments.length === 0 ? [] : [`modern ${deployments.join(', ')}`]),
    ].join(' · '),
  );
}

/** Nothing for one field of one route: the examples say it. */
function whereLines({ groups, fields, routes }: ShownCause): string[] {
  if (fields <= 1 && routes <= 1) return [];
  return [
    placeLine(
      'routes',
      groups.map(({ route }) => route),
      routes,
    ),
    placeLine(
      'fields',
      groups.map(({ field }) => field),
      fields,
    ),
  ];
}

function placeLine(label: string, names: readonly string[], total: number): string {
  const shown = [...new Set(names)].slice(0, routesShown);
  const more = total - shown.length;
  return `  ${padEnd(label, labelCells)}${printable(shown.join(', '))}${more > 0 ? ` and ${count(more)} more` : ''}`;
}

/** Both values under each other's head, then where and in which request. */
function exampleLines(groups: readonly MismatchGroup[], width: number, colors: Palette): string[] {
  const bound = Math.max(6, Math.min(valueCellsMax, Math.floor((width - labelCells - 4) / 3)));
  const rows = groups.map(({ legacy, modern, route, field, exampleRequestId }) => ({
    legacy: fit(said(legacy), bound),
    modern: fit(said(modern), bound),
    where: colors.dim(printable(`${field} of ${route}, request ${exampleRequestId}`)),
  }));
  const cells = (side: 'legacy' | 'modern') =>
    Math.max(side.length, ...rows.map((row) => cellsOf(row[side])));
  const line = (label: string, legacy: string, modern: string, where: string) =>
    `  ${padEnd(label, labelCells)}${padEnd(legacy, cells('legacy'))}  ${padEnd(modern, cells('modern'))}  ${where}`.trimEnd();
  return [
    colors.dim(line('', 'legacy', 'modern', '')),
    ...rows.map(({ legacy, modern, where }, index) =>
      line(index === 0 ? 'example' : '', legacy, modern, where),
    ),
  ];
}

function said(value: string): string {
  return value === '' ? '(nothing)' : printable(value);
}

function distinct(names: readonly string[]): number {
  return new Set(names).size;
}
