/** Browsers hold as many HTTP/1.1 connections to one origin, over all their windows. */
export const connectionsMax = 6;
/** How often a window says that it watches, and how long that counts. */
export const sayEveryMs = 5_000;
const countsMs = 3 * sayEveryMs;

/** What windows of one browser hear each other by: a BroadcastChannel. */
export interface Air {
  postMessage(id: string): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/**
 * How many windows of this browser watch: from {@link connectionsMax} on they hold every connection, and one more would never get one, not even
 * for its page. They then have to take turns.
 */
export class Crowd {
  readonly #air: Air;
  readonly #id: string;
  readonly #nowMs: () => number;
  readonly #heard = new Map<string, number>();

  constructor(air: Air, id: string, nowMs: () => number) {
    this.#air = air;
    this.#id = id;
    this.#nowMs = nowMs;
    air.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') this.#heard.set(data, nowMs());
    });
  }

  /** This window watches: to be called every {@link sayEveryMs}. True when connections are short, and its own is to be given to whoever waits. */
  watches(): boolean {
    this.#air.postMessage(this.#id);
    for (const [id, heardMs] of this.#heard) if (this.#nowMs() - heardMs > countsMs) this.#heard.delete(id);
    return this.#heard.size + 1 >= connectionsMax;
  }
}
