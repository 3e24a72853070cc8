import { timestampMs } from '@bufbuild/protobuf/wkt';
import type { WatchResponse } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';

/** When the server saw what it tells, by its own clock, and when that came here, by the link's. */
export interface Observed {
  readonly thereMs: number | undefined;
  readonly hereMs: number;
}

/**
 * How old things are although server and page have clocks of their own: the message that came soonest after it was observed is taken to have
 * come at once. So an age is never told too high by more than that message's way, and a server that repeats old figures is seen to.
 */
export class Ages {
  /** The link's clock minus the server's, plus the quickest way. */
  #offsetMs: number | undefined;
  #begun = true;

  /** A new stream, perhaps of another server: its first message counts alone. */
  begin(): void {
    this.#begun = true;
  }

  observed(message: WatchResponse['message'], hereMs: number): Observed {
    const at = observedAt(message);
    const thereMs = at === undefined ? undefined : timestampMs(at);
    if (thereMs !== undefined) {
      const known = this.#begun ? undefined : this.#offsetMs;
      this.#offsetMs = Math.min(known ?? Number.POSITIVE_INFINITY, hereMs - thereMs);
      this.#begun = false;
    }
    return { thereMs, hereMs };
  }

  /** What the server's clock shows, as far as it has been heard, when the link's shows `hereMs`. */
  thereMs(hereMs: number): number | undefined {
    return this.#offsetMs === undefined ? undefined : hereMs - this.#offsetMs;
  }

  /** When it was observed, by the link's clock. */
  sinceMs({ thereMs, hereMs }: Observed): number {
    return thereMs === undefined || this.#offsetMs === undefined ? hereMs : thereMs + this.#offsetMs;
  }
}

function observedAt(message: WatchResponse['message']) {
  if (message.case === undefined) return undefined;
  return message.case === 'migration' ? message.value.state?.observedAt : message.value.observedAt;
}

/**
 * A clock that only goes forward and also counts the time in which the machine slept, which `performance.now()` does not everywhere.
 *
 * @param steadyMs never goes back, may stand still
 * @param wallMs never stands still, may be set back
 */
export function wakefulClock(steadyMs: () => number, wallMs: () => number): () => number {
  let [steady, wall, now] = [steadyMs(), wallMs(), 0];
  return () => {
    const [nextSteady, nextWall] = [steadyMs(), wallMs()];
    now += Math.max(nextSteady - steady, nextWall - wall);
    [steady, wall] = [nextSteady, nextWall];
    return now;
  };
}
