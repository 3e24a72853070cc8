import type { Entanglement } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { retainedLimitBytes } from '../../core/change/declared.ts';
import { type DatabaseFacts, warningsOf } from '../../core/change/preflight.ts';
import type { CaptureStatus } from './status.ts';

/** What the database could do better, as it is now: each warning is logged once when it begins, and goes when somebody has mended it. */
export class StandingWarnings {
  readonly #status: Pick<CaptureStatus, 'standing'>;
  readonly #retainedMaxMib: number;
  readonly #log: (line: string) => void;

  constructor(
    status: Pick<CaptureStatus, 'standing'>,
    entanglement: Entanglement,
    log: (line: string) => void,
  ) {
    this.#status = status;
    this.#retainedMaxMib = retainedLimitBytes(entanglement) / 2 ** 20;
    this.#log = log;
  }

  set(facts: DatabaseFacts): void {
    const now = warningsOf(facts, this.#retainedMaxMib);
    for (const text of now) if (!this.#status.standing.includes(text)) this.#log(text);
    this.#status.standing = now;
  }
}
