import { type GroupState, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { stageName } from '../story.ts';
import { fit, padEnd, printable, wrap } from '../text/cells.ts';
import { count, percent } from '../text/numbers.ts';
import type { Palette } from '../text/palette.ts';
import { confidenceBar } from './confidence-bar.ts';
import { ladderLine } from './ladder.ts';

/** Width of the labels on the left. */
export const labelCells = 12;
const barCellsMax = 24;

/** One route group: stage and ladder, confidence against the gate, what it waits for, the evidence. */
export function groupBlock(
  group: GroupState,
  steps: readonly number[],
  width: number,
  colors: Palette,
): string[] {
  const lines = [labelled(printable(group.name), headline(group, steps, colors), colors.bold)];
  if (!group.stayOnLegacy && group.stage !== Stage.DRAFT && group.stage !== Stage.SEALED)
    lines.push(confidenceLine(group, width, colors), ...evidenceLines(group, width, colors));
  const next = group.nextStep;
  if (next !== undefined && next.waitsFor !== '')
    lines.push(...labelledLines('waits for', printable(next.waitsFor), width));
  const broken = group.segments.filter((segment) => segment.mismatched > 0n);
  for (const segment of broken.slice(0, 3)) {
    const name = printable(`${segment.segment}=${segment.value}`);
    lines.push(
      labelled(
        'segment',
        colors.bad(`${name}: ${count(segment.mismatched)} of ${count(segment.compared)} mismatched`),
      ),
    );
  }
  return lines.map((line) => fit(line, width));
}

/** Left column and the rest. */
export function labelled(
  label: string,
  rest: string,
  paint: (text: string) => string = (text) => text,
): string {
  return `  ${paint(padEnd(fit(label, labelCells), labelCells))} ${rest}`;
}

/** The same, on as many lines as it takes: of what people have to do nothing is cut. */
export function labelledLines(label: string, rest: string, width: number): string[] {
  const [first = '', ...more] = wrap(rest, Math.max(1, width - labelCells - 3));
  return [labelled(label, first), ...more.map((line) => labelled('', line))];
}

function headline(group: GroupState, steps: readonly number[], colors: Palette): string {
  if (group.stayOnLegacy) return colors.dim('stays on legacy');
  if (group.shadowOnly && group.stage === Stage.SHADOW)
    return colors.dim('mirrored only: legacy answers, modern stays in step');
  const paint =
    group.stage === Stage.KILLED ? colors.bad : group.stage === Stage.SEALED ? colors.good : colors.accent;
  const paused = group.paused ? colors.warn('  paused') : '';
  return `${paint(stageWords(group))}  ${ladderLine(group, steps, colors)}${paused}`;
}

function stageWords(group: GroupState): string {
  switch (group.stage) {
    case Stage.CANARY:
      return `canary ${percent(group.modernPercent)} %`;
    case Stage.SWAPPED:
      return 'Hot-Swap 100 %';
    case Stage.SEALED:
      return 'Time Capsule';
    case Stage.KILLED:
      return 'Kill Switch';
    default:
      return stageName(group.stage);
  }
}

function confidenceLine(group: GroupState, width: number, colors: Palette): string {
  const next = group.nextStep;
  const bar = Math.min(barCellsMax, Math.max(0, width - labelCells - 40));
  const target =
    next === undefined
      ? ''
      : colors.dim(` → ${percent(next.percent)} % at ${percent(next.confidenceNeeded)} %`);
  const shown = `${confidenceBar(group.confidence, next?.confidenceNeeded, bar, colors)} ${colors.bold(`${percent(group.confidence)} %`)}`;
  return labelled('confidence', `${shown.trimStart()}${target}`);
}

function evidenceLines(group: GroupState, width: number, colors: Palette): string[] {
  const mismatched = `${count(group.mismatched)} mismatched`;
  const lost = `${count(group.lost)} lost`;
  const evidence = [
    `${count(group.compared)} compared`,
    group.mismatched > 0n ? colors.bad(mismatched) : mismatched,
    group.lost > 0n ? colors.warn(lost) : lost,
  ].join(' · ');
  const since = group.epochReason === '' ? '' : colors.dim(`  since ${printable(group.epochReason)}`);
  return labelledLines('evidence', `${evidence}${since}`, width);
}
