import { type Timestamp, timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { Registry } from 'prom-client';
import type { UniverseName } from '../../core/change/declared.ts';
import { retainedLimitBytes } from '../../core/change/declared.ts';
import { clockSkewMs } from '../../core/quiet.ts';
import type { CaptureStatus } from '../capture/status.ts';
import type { UniverseCapture } from '../capture/universe-capture.ts';

/** A quiet database's newest heartbeat is a second old; one that is much older has not come back. */
const freshMs = 5_000;

/** How one universe's capture stands, as the API says it. */
export interface CaptureView {
  readonly universe: UniverseName;
  readonly slot: string;
  readonly retainedBytes: bigint;
  readonly retainedLimitBytes: bigint;
  /** From half of the limit on: which slot keeps how much, and what for; else empty. */
  readonly walAlarm: string;
  readonly lagSeconds: number;
  readonly paused: boolean;
  readonly pauseReason: string;
  /** It streams, and of a request that begins now every change will be known. */
  readonly ready: boolean;
  readonly attributed: { readonly [attribution: string]: bigint };
  /** Published since the process began. */
  readonly transactions: bigint;
  readonly tablesKeptSince: Timestamp | undefined;
  readonly tablesLookedAt: Timestamp | undefined;
}

/** The captures of a migration; transactions are counted by the metric that Prometheus sees. */
export async function captureViews(
  captures: readonly UniverseCapture[],
  migration: string,
  registry: Registry,
  nowMs: number,
): Promise<CaptureView[]> {
  const metric = await registry.getSingleMetric('chronos_state_updates_total')?.get();
  return captures
    .filter(({ options }) => options.wanted.migration === migration)
    .map(({ options, status }) => {
      const counted = (metric?.values ?? []).filter(
        ({ labels }) => labels.migration === migration && labels.universe === options.universe,
      );
      const attributed = Object.fromEntries(
        counted.map(({ labels, value }) => [String(labels.attribution), BigInt(value)]),
      );
      return {
        universe: options.universe,
        slot: options.wanted.slot,
        retainedBytes: BigInt(status.retainedBytes ?? 0),
        retainedLimitBytes: BigInt(retainedLimitBytes(options.entanglement)),
        walAlarm: status.walAlarm,
        lagSeconds:
          status.heartbeatAtUs === undefined ? 0 : nowMs / 1_000 - Number(status.heartbeatAtUs) / 1e6,
        paused: status.state === 'paused',
        pauseReason: status.problems.map(({ message, remedy }) => `${message} → ${remedy}`).join('; '),
        ready: isReady(status, clockSkewMs(options.entanglement), nowMs),
        attributed,
        transactions: Object.values(attributed).reduce((sum, count) => sum + count, 0n),
        tablesKeptSince: timestampOf(status.tablesKeptSinceMs),
        tablesLookedAt: timestampOf(status.tablesLookedAtMs),
      };
    });
}

const timestampOf = (ms: number | undefined) => (ms === undefined ? undefined : timestampFromMs(ms));

/** The arbiter takes a request for as much older as clocks may differ, and its beginning is told by a clock that may be behind as much. */
export function isReady(
  {
    state,
    completeSinceUs,
    heartbeatAtUs,
  }: Pick<CaptureStatus, 'state' | 'completeSinceUs' | 'heartbeatAtUs'>,
  skewMs: number,
  nowMs: number,
): boolean {
  if (state !== 'streaming' || completeSinceUs === undefined || heartbeatAtUs === undefined) return false;
  const isFresh = nowMs - Number(heartbeatAtUs) / 1_000 <= freshMs;
  return isFresh && nowMs - 2 * skewMs >= Number(completeSinceUs) / 1_000;
}

/** When both captures' newest heartbeats were sent; undefined unless both stream. */
export function watermarkMs(captures: readonly UniverseCapture[], migration: string): number | undefined {
  const own = captures.filter(({ options }) => options.wanted.migration === migration);
  const times = own.map(({ status }) =>
    status.state === 'streaming' && status.heartbeatAtUs !== undefined
      ? Number(status.heartbeatAtUs / 1_000n)
      : undefined,
  );
  if (times.length === 0) return undefined;
  let oldest = Number.POSITIVE_INFINITY;
  for (const time of times) {
    if (time === undefined) return undefined;
    oldest = Math.min(oldest, time);
  }
  return oldest;
}
