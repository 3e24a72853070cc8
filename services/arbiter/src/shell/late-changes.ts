import { fromBinary } from '@bufbuild/protobuf';
import { type Verdict, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import type { DeskPorts } from './effects-desk.ts';

/** A request of which a change came, perhaps after its verdict. */
export interface LateChange {
  readonly requestId: string;
  readonly migration: string;
  /** The newest of them. */
  readonly committedMs: number;
}

/** How long before its change a verdict may have been written to be found again; beyond it the changes around the request are forgotten, too. */
const LOOK_BACK_MS = 60_000;
/** The log is not read more often than that. */
const EVERY_MS = 20_000;
const WAITING_MAX = 50_000;
/** Verdicts looked at in one go; the others wait for the next. */
const FOUND_MAX = 500;

/** Requests whose change came after their verdict was forgotten: the verdict is read from the log again. Bounded. */
export class LateChanges {
  readonly #ports: DeskPorts;
  readonly #waiting = new Map<string, LateChange>();
  #nextMs = Number.NEGATIVE_INFINITY;

  constructor(ports: DeskPorts) {
    this.#ports = ports;
  }

  add(change: LateChange): void {
    if (this.#waiting.size < WAITING_MAX) this.#waiting.set(change.requestId, change);
  }

  /** Their verdicts, in their last revision. Rejects when the log cannot be read: they are looked for again later. */
  async recall(isWanted: (verdict: Verdict) => boolean): Promise<Verdict[]> {
    const { rules, now, readBack, onMissed } = this.#ports;
    if (this.#waiting.size === 0 || now() < this.#nextMs) return [];
    this.#nextMs = now() + EVERY_MS;
    // Whatever was committed before its verdict was written is found, too, and proves to be no news.
    const fromMs = Math.min(
      ...[...this.#waiting.values()].map(
        ({ migration, committedMs }) =>
          committedMs - LOOK_BACK_MS - (rules.get(migration)?.joinDeadlineMs ?? 0),
      ),
    );
    const seen = new Set<string>();
    const found = new Map<string, Verdict>();
    await readBack(fromMs, ({ key, value }) => {
      if (!this.#waiting.has(key) || (found.size >= FOUND_MAX && !found.has(key))) return;
      seen.add(key);
      const verdict = fromBinary(VerdictSchema, value);
      if (isWanted(verdict)) found.set(key, verdict);
      else found.delete(key);
    });
    const isFull = found.size >= FOUND_MAX;
    for (const [requestId, { migration }] of this.#waiting) {
      if (!seen.has(requestId)) {
        if (isFull) continue;
        onMissed(migration, 'forgotten');
      }
      this.#waiting.delete(requestId);
    }
    return [...found.values()];
  }
}
