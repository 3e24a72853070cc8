import type { Arrival, Arrivals, LaneKey } from '../core/arrivals.ts';
import type { Wanted } from '../core/resolve.ts';
import type { Scope, Side } from './pair-table.ts';

export interface LineOptions {
  readonly arrivals: Arrivals;
  readonly scope: Scope;
  readonly target: Side;
  /** How long a copy waits for its turn. */
  readonly waitMs: number;
}

/** For so long others wait for a body that may name what they name: its client may send it slowly. */
const UNREAD_MS = 1_000;

/** One request's place among the copies that carry the same identifiers to the same universe. */
export class PlaceInLine {
  readonly #options: LineOptions;
  #arrival: Arrival | undefined;
  #unread: NodeJS.Timeout | undefined;
  #hasEntered = false;

  constructor(options: LineOptions) {
    this.#options = options;
  }

  get isTaken(): boolean {
    return this.#arrival !== undefined;
  }

  /** Before its body is read, which may carry more of these kinds (names of bijections). */
  takeUnread(head: Wanted, kinds: readonly string[]): void {
    const { arrivals, waitMs } = this.#options;
    const arrival = arrivals.arrive(
      this.#keysOf(head),
      kinds.map((kind) => this.#kindOf(kind)),
    );
    this.#arrival = arrival;
    this.#unread = setTimeout(
      // What has come meanwhile is read first: it may be this process that was busy.
      () => setImmediate(() => setImmediate(arrival.giveWay)),
      Math.min(UNREAD_MS, waitMs / 2),
    );
  }

  /** A copy's turn; false: it did not come in time. Entered once, with all that is carried, so that no two requests wait for each other. */
  async turn(wanted: Wanted, isWrite: boolean): Promise<boolean> {
    const keys = this.#keysOf(wanted);
    if (this.#hasEntered || (this.#arrival === undefined && keys.length === 0)) return true;
    this.#hasEntered = true;
    clearTimeout(this.#unread);
    this.#arrival ??= this.#options.arrivals.arrive(keys, []);
    return within(this.#options.waitMs, this.#arrival.enter(keys, isWrite));
  }

  /** Once the copies before it that change what it names are over; false: they are not, after so long. Nobody waits for it. */
  async copiesOver(wanted: Wanted, ms: number): Promise<boolean> {
    const keys = this.#keysOf(wanted);
    if (keys.length === 0) return true;
    const arrival = this.#options.arrivals.arrive([], []);
    const isOver = await within(ms, arrival.enter(keys, false));
    arrival.leave();
    return isOver;
  }

  leave(): void {
    clearTimeout(this.#unread);
    this.#arrival?.leave();
  }

  #keysOf({ all }: Wanted): LaneKey[] {
    return all
      .filter(({ isDeclared }) => isDeclared)
      .map(({ bijection, value }) => ({ kind: this.#kindOf(bijection), value }));
  }

  #kindOf(bijection: string): string {
    const { scope, target } = this.#options;
    return `${scope.migration}/${target}/${bijection}`;
  }
}

async function within(ms: number, turn: Promise<void>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), ms);
  const isTurn = await Promise.race([turn.then(() => true), late.promise]);
  clearTimeout(timer);
  return isTurn;
}
