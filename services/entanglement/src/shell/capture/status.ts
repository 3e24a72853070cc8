import type { Problem } from '../../core/change/preflight.ts';
import type { TablesKept } from '../cdc/partition-watch.ts';

/** How one universe's capture stands; changed by the capture, read by metrics and people. */
export interface CaptureStatus extends TablesKept {
  state: 'starting' | 'streaming' | 'waiting' | 'paused' | 'stopped';
  /** Why it does not stream. */
  problems: readonly Pick<Problem, 'code' | 'message' | 'remedy'>[];
  /** What happened, or lasts. */
  warnings: readonly string[];
  /** What the database itself could do better, as it is now. */
  standing: readonly string[];
  completeSinceUs: bigint | undefined;
  /** When the last heartbeat was sent that has come back. */
  heartbeatAtUs: bigint | undefined;
  retainedBytes: number | undefined;
  /** From half of the limit on: which slot keeps how much, and what for; else empty. */
  walAlarm: string;
  lateTags: number;
  secondTags: number;
}

export function newStatus(): CaptureStatus {
  return {
    state: 'starting',
    problems: [],
    warnings: [],
    standing: [],
    completeSinceUs: undefined,
    heartbeatAtUs: undefined,
    retainedBytes: undefined,
    walAlarm: '',
    lateTags: 0,
    secondTags: 0,
    tablesKeptSinceMs: undefined,
    tablesLookedAtMs: undefined,
  };
}
