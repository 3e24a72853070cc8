import type { Duration } from '@bufbuild/protobuf/wkt';
import type { Entanglement } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';

const JOIN_DEADLINE_MS = 10_000;
const CLOCK_SKEW_MS = 50;

/** Milliseconds after its answer for which a request of this migration may still be on its way to the other universe, or to its verdict. */
export function quietMs(spec: Migration): number {
  return (
    millis(spec.policy?.joinDeadline, JOIN_DEADLINE_MS) +
    effectsWithinMs(spec.entanglement) +
    clockSkewMs(spec.entanglement)
  );
}

/** For how long a request's work may go on after its answer. */
export function effectsWithinMs(declared: Pick<Entanglement, 'effectsWithin'> | undefined): number {
  return millis(declared?.effectsWithin, 0);
}

/** By how much the clocks of proxy, databases and this process may differ. */
export function clockSkewMs(declared: Pick<Entanglement, 'clockSkewMax'> | undefined): number {
  return millis(declared?.clockSkewMax, CLOCK_SKEW_MS);
}

function millis(duration: Duration | undefined, otherwise: number): number {
  return duration === undefined ? otherwise : Number(duration.seconds) * 1_000 + duration.nanos / 1e6;
}
