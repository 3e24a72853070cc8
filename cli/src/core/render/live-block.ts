import type { MigrationState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import type { MismatchGroup } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import type { TrafficReport } from '../run/traffic-report.ts';
import { cellsOf, fit, printable } from '../text/cells.ts';
import { clock, count, span } from '../text/numbers.ts';
import type { Palette } from '../text/palette.ts';
import { labelled } from './group-block.ts';
import { mismatchLines } from './mismatches.ts';
import { statusLines } from './status.ts';

export type RunView = {
  readonly name: string;
  /** URL of the Time Rift. */
  readonly url: string;
  readonly elapsedMs: number;
  readonly state: MigrationState | undefined;
  readonly mismatches: readonly MismatchGroup[];
  readonly traffic: TrafficReport | undefined;
};

const causesShown = 5;

/** The live block of `chronos run`: never wider than the terminal, never taller than `rows`. */
export function liveBlock(view: RunView, width: number, rows: number, colors: Palette): string[] {
  const title = `${colors.bold('Time Rift')} ${printable(view.name)} ${colors.accent(view.url)}`;
  const time = clock(view.elapsedMs);
  const gap = Math.max(2, width - cellsOf(title) - time.length - 3);
  const lines = [
    fit(colors.dim('─'.repeat(width)), width),
    fit(`  ${title}${' '.repeat(gap)}${colors.dim(time)}`, width),
    ...(view.state === undefined ? [] : statusLines(view.state, width, colors)),
    ...mismatchLines(view.mismatches, causesShown, width, colors),
    ...(view.traffic === undefined ? [] : [fit(trafficLine(view.traffic, colors), width)]),
  ];
  return lines.length <= rows
    ? lines
    : [...lines.slice(0, Math.max(0, rows - 1)), fit(colors.dim('  …'), width)];
}

/** What the clients saw. */
export function trafficLine({ requests, latency_ms }: TrafficReport, colors: Palette): string {
  const failed = `${count(requests.failed)} failed`;
  const latency = [
    ['p50', latency_ms.p50],
    ['p99', latency_ms.p99],
  ] as const;
  return labelled(
    'clients',
    [
      `${count(requests.sent)} sent`,
      requests.failed > 0 ? colors.bad(failed) : colors.good(failed),
      ...latency.flatMap(([name, ms]) => (ms === null ? [] : [`${name} ${span(ms)}`])),
    ].join(' · '),
  );
}
