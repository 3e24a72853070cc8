import { DeploymentPhase, type MigrationState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { fit, printable } from '../text/cells.ts';
import { count, isoTime } from '../text/numbers.ts';
import type { Palette } from '../text/palette.ts';
import { groupBlock, labelled, labelledLines } from './group-block.ts';

/** Everything there is to see of a migration, for `chronos status` and for the live block of `chronos run`. */
export function statusLines(state: MigrationState, width: number, colors: Palette): string[] {
  const steps = ladderOf(state);
  const lines = state.groups.flatMap((group) => groupBlock(group, steps, width, colors));
  const running = state.deployments.filter((deployment) => deployment.phase === DeploymentPhase.SERVING);
  if (running.length > 0)
    lines.push(
      ...labelledLines(
        'universes',
        running.map((deployment) => printable(`${deployment.id} at ${deployment.address}`)).join(' · '),
        width,
      ),
    );
  lines.push(...labelledLines('coverage', coverageText(state, colors), width));
  if (state.kills > 0) lines.push(labelled('kills', colors.bad(String(state.kills))));
  if (state.sealed !== undefined)
    lines.push(
      labelled(
        'sealed',
        colors.good(`${isoTime(state.sealed.at) ?? ''}  Time Capsule ${printable(state.sealed.capsule)}`),
      ),
    );
  return lines.map((line) => fit(line, width));
}

/** Percentages of the ladder; a state always carries its specification with the defaults filled in. */
function ladderOf(state: MigrationState): number[] {
  return (state.spec?.policy?.ladder ?? []).map((step) => step.percent);
}

function coverageText(state: MigrationState, colors: Palette): string {
  const coverage = state.coverage;
  if (coverage === undefined) return 'nothing yet';
  const lost = Object.entries(coverage.lost)
    .filter(([, lostCount]) => lostCount > 0n)
    .map(([reason, lostCount]) => colors.warn(`${count(lostCount)} lost (${printable(reason)})`));
  const races = state.verdicts.race ?? 0n;
  const share = Number((races * 10_000n) / (coverage.total === 0n ? 1n : coverage.total)) / 100;
  return [
    `${count(coverage.compared)} of ${count(coverage.total)} requests compared`,
    ...(races === 0n ? [] : [`${count(races)} ${races === 1n ? 'race' : 'races'} (${share} %)`]),
    ...lost,
    `${count(coverage.pending)} pending`,
  ].join(' · ');
}
