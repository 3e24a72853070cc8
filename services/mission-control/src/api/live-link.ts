import type { Topic, WatchResponse } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { Code, ConnectError } from '@connectrpc/connect';
import { Ages, type Observed } from './freshness.ts';

/** What a page watches. `fold` takes up one message; undefined: the message is of another topic. */
export interface TopicSpec<Value> {
  /** The same key is the same topic: it is watched once, however many look. */
  readonly key: string;
  /** What it brings, in the words of the page: said when it is old. */
  readonly label: string;
  /** Asks for it; what is known already need not be sent again. */
  topic(known: Value | undefined): Topic;
  fold(known: Value | undefined, message: WatchResponse['message']): Value | undefined;
}

export type LinkState =
  | { readonly kind: 'idle' }
  /** What is shown, if anything is, is as old as `sinceMs` says (on the link's clock). */
  | { readonly kind: 'connecting'; readonly sinceMs: number | undefined }
  /** All that is shown is younger than `staleAfterMs`. */
  | { readonly kind: 'live' }
  /** Nothing came for a while, or the server itself has nothing newer of `what`; without `sinceMs` nothing of it has come yet. */
  | { readonly kind: 'stale'; readonly sinceMs: number | undefined; readonly what: string | undefined }
  | { readonly kind: 'lost'; readonly sinceMs: number | undefined; readonly error: string }
  /** The server refused: nothing gets better by asking again at once. */
  | { readonly kind: 'refused'; readonly code: Code; readonly error: string };

/** What the link needs of the world. */
export interface LinkWorld {
  open(topics: Topic[], signal: AbortSignal): AsyncIterable<WatchResponse>;
  /** A clock that only goes forward, in ms. */
  nowMs(): number;
  /** Calls back after `ms`; the result cancels. */
  after(ms: number, call: () => void): () => void;
  /** 0 to 1. */
  random(): number;
}

/** Streams say at least every 2 s that they live, and lists are looked at every second. */
export const staleAfterMs = 4_000;
export const lostAfterMs = 10_000;
const lookEveryMs = 1_000;
const retryFirstMs = 250;
const retryMaxMs = 5_000;
/** Topics that come and go together (a page is left, another opened) reopen the stream once. */
const gatherMs = 30;
const refusals = new Set([
  Code.Unauthenticated,
  Code.PermissionDenied,
  Code.NotFound,
  Code.InvalidArgument,
  Code.Unimplemented,
]);

interface Entry {
  readonly spec: TopicSpec<unknown>;
  readonly listeners: Set<() => void>;
  value: unknown;
  /** Of the newest message. */
  observed: Observed | undefined;
}

/**
 * The one stream of a tab: all topics that anything on the page looks at, reconnecting by itself. Values stay while the link is down; the
 * state says how old they are. Invariants: at most one stream is open; no stream without a topic; every wait is bounded.
 */
export class LiveLink {
  readonly #world: LinkWorld;
  readonly #entries = new Map<string, Entry>();
  readonly #watchers = new Set<() => void>();
  #state: LinkState = { kind: 'idle' };
  #stream: AbortController | undefined;
  #cancelTimer: (() => void) | undefined;
  #cancelLook: (() => void) | undefined;
  #lastMs: number | undefined;
  #failures = 0;
  #paused = false;
  readonly #ages = new Ages();

  constructor(world: LinkWorld) {
    this.#world = world;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Now, by the server's clock (Unix time); undefined while it has not been heard. */
  get serverMs(): number | undefined {
    return this.#ages.thereMs(this.#world.nowMs());
  }

  onState(listener: () => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  value<Value>(spec: TopicSpec<Value>): Value | undefined {
    // The key stands for the value's type: only this spec's fold wrote it.
    return this.#entries.get(spec.key)?.value as Value | undefined;
  }

  subscribe<Value>(spec: TopicSpec<Value>, listener: () => void): () => void {
    let entry = this.#entries.get(spec.key);
    if (entry === undefined) {
      entry = {
        spec: spec as TopicSpec<unknown>,
        listeners: new Set(),
        value: undefined,
        observed: undefined,
      };
      this.#entries.set(spec.key, entry);
      this.#failures = 0;
      this.#openAfter(gatherMs);
    }
    const { listeners } = entry;
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#entries.get(spec.key)?.listeners === listeners)
        this.#openAfter(gatherMs);
    };
  }

  /** Closes the stream, for a tab that nobody sees, or opens it again. Values stay. */
  pause(paused: boolean): void {
    if (this.#paused === paused) return;
    this.#paused = paused;
    // Said at once: who comes back must not see "live" above what is old.
    if (this.#state.kind !== 'idle') this.#set({ kind: 'connecting', sinceMs: this.#oldestMs() });
    this.#openAfter(0);
  }

  /** Tries at once. */
  retry(): void {
    this.#failures = 0;
    this.#openAfter(0);
  }

  /**
   * Gives its connection to whoever waits for one and has priority, and opens the stream anew behind them. Values stay, and with them the state:
   * it says so if that takes longer than they are young.
   */
  giveWay(): void {
    if (this.#stream !== undefined && !this.#stream.signal.aborted) this.#openAfter(0);
  }

  #openAfter(ms: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#world.after(ms, () => void this.#run());
  }

  async #run(): Promise<void> {
    this.#stream?.abort();
    this.#cancelLook?.();
    // Not sooner: who leaves a page for another of the same topic finds there what was known.
    for (const [key, { listeners }] of this.#entries) if (listeners.size === 0) this.#entries.delete(key);
    const entries = [...this.#entries.values()];
    if (entries.length === 0 || this.#paused) {
      this.#stream = undefined;
      if (entries.length === 0) this.#set({ kind: 'idle' });
      return;
    }
    const stream = new AbortController();
    this.#stream = stream;
    if (this.#state.kind === 'idle') this.#set({ kind: 'connecting', sinceMs: undefined });
    if (this.#state.kind === 'refused') this.#set({ kind: 'connecting', sinceMs: this.#oldestMs() });
    const openedMs = this.#world.nowMs();
    this.#look(stream, openedMs);
    this.#ages.begin();
    try {
      const topics = entries.map(({ spec, value }) => spec.topic(value));
      for await (const { message } of this.#world.open(topics, stream.signal)) {
        if (stream.signal.aborted) return;
        this.#lastMs = this.#world.nowMs();
        this.#failures = 0;
        this.#take(entries, message);
        this.#judge(openedMs);
      }
      if (!stream.signal.aborted)
        this.#failed(new ConnectError('the server ended the stream', Code.Unavailable));
    } catch (error) {
      if (!stream.signal.aborted) this.#failed(ConnectError.from(error));
    }
  }

  #take(entries: readonly Entry[], message: WatchResponse['message']): void {
    const observed = this.#ages.observed(message, this.#world.nowMs());
    for (const entry of entries) {
      const next = entry.spec.fold(entry.value, message);
      if (next === undefined) continue;
      entry.value = next;
      entry.observed = observed;
      for (const listener of entry.listeners) listener();
    }
  }

  #failed(error: ConnectError): void {
    this.#stream?.abort();
    this.#cancelLook?.();
    const { code, rawMessage } = error;
    if (refusals.has(code)) this.#set({ kind: 'refused', code, error: rawMessage });
    else this.#set({ kind: 'lost', sinceMs: this.#oldestMs(), error: rawMessage });
    const wait = refusals.has(code)
      ? retryMaxMs
      : Math.min(retryMaxMs, retryFirstMs * 2 ** this.#failures) * (0.5 + this.#world.random() / 2);
    this.#failures += 1;
    if (code !== Code.Unauthenticated) this.#openAfter(wait);
  }

  /** A dead connection says nothing: looked for by the clock. */
  #look(stream: AbortController, openedMs: number): void {
    this.#cancelLook = this.#world.after(lookEveryMs, () => {
      if (stream.signal.aborted) return;
      const heardMs = Math.max(this.#lastMs ?? 0, openedMs);
      const silentMs = this.#world.nowMs() - heardMs;
      if (silentMs >= lostAfterMs)
        return this.#failed(new ConnectError('nothing heard for 10 s', Code.Unavailable));
      if (this.#state.kind === 'live' || this.#state.kind === 'stale') this.#judge(openedMs);
      this.#look(stream, openedMs);
    });
  }

  /** Live is what is all young: the stream may be, and what the server tells on it may be old all the same. */
  #judge(openedMs: number): void {
    const isOld = (sinceMs: number) => this.#world.nowMs() - sinceMs >= staleAfterMs;
    const heardMs = this.#lastMs ?? openedMs;
    let oldest: { what: string | undefined; sinceMs: number | undefined; orderMs: number } | undefined;
    if (isOld(heardMs)) oldest = { what: undefined, sinceMs: heardMs, orderMs: Number.NEGATIVE_INFINITY };
    for (const { spec, observed } of this.#entries.values()) {
      const sinceMs = observed && this.#ages.sinceMs(observed);
      const orderMs = sinceMs ?? openedMs;
      if (isOld(orderMs) && orderMs < (oldest?.orderMs ?? Number.POSITIVE_INFINITY))
        oldest = { what: spec.label, sinceMs, orderMs };
    }
    if (oldest === undefined) this.#set({ kind: 'live' });
    else this.#set({ kind: 'stale', sinceMs: oldest.sinceMs, what: oldest.what });
  }

  /** Since when the oldest that is shown is as it is; undefined where nothing is. */
  #oldestMs(): number | undefined {
    const all = [...this.#entries.values()].flatMap(({ observed }) => observed ?? []);
    return all.length === 0 ? undefined : Math.min(...all.map((observed) => this.#ages.sinceMs(observed)));
  }

  #set(state: LinkState): void {
    const same = state.kind === this.#state.kind && ageOf(state) === ageOf(this.#state);
    if (same && state.kind !== 'lost' && state.kind !== 'refused') return;
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }
}

/** What distinguishes two states of one kind. */
function ageOf(state: LinkState): string {
  return `${'what' in state ? state.what : ''} ${'sinceMs' in state ? state.sinceMs : ''}`;
}
