/** How far a database's clock is from ours: requests, and who was right at the time, are told by ours. */
import type { Problem } from './preflight.ts';

/** When the database was asked, what its clock said, and when the answer was here; in ms since 1970. */
export interface ClockReading {
  readonly sentMs: number;
  readonly databaseMs: number;
  readonly receivedMs: number;
}

export type ClockStanding = 'fine' | 'alarm' | 'too-far';

/** Beyond so many times what is declared nothing that is told by time can be trusted; and never for less than half a second. */
const tooFarTimes = 10;
const tooFarLeastMs = 500;
/** Our clock is read in whole milliseconds. */
const readToMs = 1;

/** At least so many ms ahead of ours (negative: behind), whatever the answer's way took; 0: nothing is known against it. */
export function clockOffsetMs({ sentMs, databaseMs, receivedMs }: ClockReading): number {
  if (databaseMs > receivedMs + readToMs) return databaseMs - receivedMs - readToMs;
  return Math.min(0, databaseMs - sentMs);
}

export function clockStanding(offsetMs: number, skewMs: number): ClockStanding {
  if (Math.abs(offsetMs) > limitMs(skewMs)) return 'too-far';
  return Math.abs(offsetMs) > skewMs ? 'alarm' : 'fine';
}

/** Clocks are corrected while nobody looks: asked again, and the migration pauses only if it lasts. */
export function clockProblem(offsetMs: number, skewMs: number): Problem {
  return {
    code: 'clock',
    message: `the database's clock is ${apart(offsetMs)} Chronos', the limit is ${limitMs(skewMs)} ms: by it nobody can tell what belongs to which request, nor who was right at the time`,
    remedy:
      'set both machines by NTP (chrony, systemd-timesyncd); if they have to differ: a tenth of it as entanglement.clock_skew_max in the migration file; then chronos resume',
    passing: true,
  };
}

export function clockWarning(offsetMs: number, skewMs: number): string {
  return `${apart(offsetMs)} Chronos', more than clock_skew_max (${skewMs} ms): set both machines by NTP, or declare more`;
}

function limitMs(skewMs: number): number {
  return Math.max(skewMs * tooFarTimes, tooFarLeastMs);
}

function apart(offsetMs: number): string {
  return `${Math.ceil(Math.abs(offsetMs))} ms ${offsetMs < 0 ? 'behind' : 'ahead of'}`;
}
