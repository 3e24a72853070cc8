import { type Timestamp, timestampMs } from '@bufbuild/protobuf/wkt';
import { timeOfDay } from '@chronos/cli/core/text/numbers.ts';

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The time of day, UTC, and of another day than `nowMs` its date: a migration runs for weeks. Empty without a time. */
export function whenText(at: Timestamp | undefined, nowMs: number): string {
  if (at === undefined) return '';
  const day = dayOf(timestampMs(at));
  return day === dayOf(nowMs) ? timeOfDay(at) : `${day} ${timeOfDay(at)}`;
}
