import { create, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';
import { Frame } from './frame.ts';

/** A stream that has nothing to say says so this often. */
const heartbeatMs = 2_000;
/** Messages kept for sharing: one for those who keep up, one for those who begin, a few for stragglers. */
const sharedMax = 32;

/** What a reader knows of a source: a version of it, or, when it begins, what it was told before. */
export type Cursor = { readonly version: number } | { readonly sinceMs: number | undefined };

/** What is watched, in versions: each change makes one more. */
export interface Source<Desc extends DescMessage = DescMessage> {
  readonly schema: Desc;
  readonly version: number;
  /** Begins to watch; calls `changed` once there is something to show, and after each new version. Returns how to stop; may begin again. */
  start(changed: () => void): () => void;
  /** What a reader with this knowledge is to be told; without news, just enough to tell that the stream lives. */
  message(cursor: Cursor): MessageInitShape<Desc>;
}

/** Where a reader stands in a feed. */
export interface Place {
  readonly turn: number;
  readonly cursor: Cursor;
}

/**
 * One topic, for all who watch it: its source runs while somebody does, and each message is made and encoded once. Readers pull, so that
 * a slow one holds nothing up and finds in one message what it missed.
 */
export class Feed<Desc extends DescMessage = DescMessage> {
  readonly #source: Source<Desc>;
  readonly #field: number;
  readonly #left: () => void;
  readonly #readers = new Set<() => void>();
  readonly #shared = new Map<string, Frame<Desc>>();
  /** Grows with each change and each heartbeat; 0: nothing to show yet. */
  #turn = 0;
  #heartbeat: NodeJS.Timeout | undefined;
  #stop: (() => void) | undefined;

  /**
   * @param field number of the message's field in WatchResponse
   * @param left called when the last reader is gone
   */
  constructor(source: Source<Desc>, field: number, left: () => void) {
    this.#source = source;
    this.#field = field;
    this.#left = left;
  }

  /** Calls `wake` whenever there may be something new. Returns how to leave. */
  join(wake: () => void): () => void {
    this.#readers.add(wake);
    if (this.#readers.size === 1) this.#begin();
    return () => {
      if (this.#readers.delete(wake) && this.#readers.size === 0) this.#end();
    };
  }

  /** What a reader gets next, and where it stands then; undefined: nothing is new. */
  next(place: Place): { readonly frame: Frame<Desc>; readonly place: Place } | undefined {
    if (place.turn === this.#turn) return undefined;
    const after = { turn: this.#turn, cursor: { version: this.#source.version } };
    const key = JSON.stringify(place.cursor);
    const known = this.#shared.get(key);
    if (known !== undefined) return { frame: known, place: after };
    const { schema } = this.#source;
    const frame = new Frame(schema, create(schema, this.#source.message(place.cursor)), this.#field);
    if (this.#shared.size < sharedMax) this.#shared.set(key, frame);
    return { frame, place: after };
  }

  #begin(): void {
    this.#heartbeat = setInterval(() => {
      if (this.#turn > 0) this.#turned();
    }, heartbeatMs);
    this.#heartbeat.unref();
    this.#stop = this.#source.start(() => {
      this.#heartbeat?.refresh();
      this.#turned();
    });
  }

  #end(): void {
    clearInterval(this.#heartbeat);
    this.#stop?.();
    this.#turn = 0;
    this.#shared.clear();
    this.#left();
  }

  #turned(): void {
    this.#turn += 1;
    this.#shared.clear();
    for (const wake of [...this.#readers]) wake();
  }
}

/** Where a reader begins. */
export function beginning(sinceMs: number | undefined): Place {
  return { turn: 0, cursor: { sinceMs } };
}
