import type { Duration } from '@bufbuild/protobuf/wkt';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';

const JOIN_DEADLINE_MS = 10_000;
const CLOCK_SKEW_MS = 50;

/** Milliseconds after its answer for which a request of this migration may still be on its way to the other universe, or to its verdict. */
export function quietMs(spec: Migration): number {
  const { effectsWithin, clockSkewMax } = spec.entanglement ?? {};
  return (
    millis(spec.policy?.joinDeadline, JOIN_DEADLINE_MS) +
    millis(effectsWithin, 0) +
    millis(clockSkewMax, CLOCK_SKEW_MS)
  );
}

function millis(duration: Duration | undefined, otherwise: number): number {
  return duration === undefined ? otherwise : Number(duration.seconds) * 1_000 + duration.nanos / 1e6;
}
