import { stands } from '@chronos/arbiter/core/judge/ruling.ts';
import { Kind, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { printable } from '../text/cells.ts';
import { durationText, timeOfDay } from '../text/numbers.ts';
import type { Palette } from '../text/palette.ts';
import { table } from '../text/table.ts';

export function kindName(kind: Kind): string {
  return (Kind[kind] ?? 'unknown').toLowerCase();
}

export function paintKind(kind: Kind, colors: Palette): string {
  const isOpen = kind === Kind.LOST || kind === Kind.RACE;
  const paint = kind === Kind.MISMATCH ? colors.bad : isOpen ? colors.warn : colors.good;
  return paint(kindName(kind));
}

/** Verdicts as a table, in the order given. */
export function verdictTable(verdicts: readonly Verdict[], colors: Palette): string[] {
  const columns = [
    { title: 'TIME' },
    { title: 'VERDICT' },
    { title: 'ROUTE' },
    { title: 'LEGACY', align: 'right' as const },
    { title: 'MODERN', align: 'right' as const },
    { title: 'REQUEST' },
    { title: 'WHY' },
  ];
  return table(
    columns,
    verdicts.map((verdict) => [
      timeOfDay(verdict.judgedAt),
      paintKind(verdict.kind, colors),
      printable(verdict.route),
      side(verdict.legacyStatus, durationText(verdict.legacyDuration)),
      side(verdict.modernStatus, durationText(verdict.modernDuration)),
      printable(verdict.requestId),
      printable(reasonOf(verdict)),
    ]),
  );
}

function side(status: number, duration: string): string {
  return status === 0 ? '-' : `${status} ${duration}`.trim();
}

/** The first difference that stands, or why it is lost. */
export function reasonOf(verdict: Verdict): string {
  if (verdict.kind === Kind.LOST) return verdict.lostReason;
  if (verdict.kind === Kind.RACE) return verdict.effectsExplanation;
  const standing = verdict.differences.filter(stands);
  const first = standing[0];
  if (first === undefined) return '';
  const more = standing.length > 1 ? ` (and ${standing.length - 1} more)` : '';
  return `${first.path}: ${first.explanation || `${first.legacy} ≠ ${first.modern}`}${more}`;
}
