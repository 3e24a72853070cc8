import type { Snapshot } from '../../../core/snapshot.ts';
import { nonceField } from '../../../core/xds/encode.ts';
import { DISCOVERY_METHODS, type DiscoveryMethod } from '../../../core/xds/services.ts';
import { encodeRequest } from '../../../core/xds/testing/encode-request.ts';
import { ModelClient } from '../../../core/xds/testing/model-client.ts';
import type { SnapshotTarget } from '../audiences.ts';
import type { DiscoveryStream, StreamHandlers } from '../discovery-stream.ts';
import type { XdsEvent } from '../events.ts';
import { Fleet } from '../fleet.ts';

/** How a proxy speaks. */
export interface ProxyKind {
  readonly variant: 'sotw' | 'delta';
  /** One stream of all types, or one stream a type. */
  readonly aggregated: boolean;
}

/** Each byte counts for this many, so that a few unread messages are more than a stream may hold back. */
const BYTE_WEIGHT = 5_000;

/** A stream without a network: what the server sends waits here until it is delivered. */
class FakeStream implements DiscoveryStream {
  readonly method: DiscoveryMethod;
  readonly inbox: Uint8Array[] = [];
  readonly #onClose: (reason: string) => void;
  handlers: StreamHandlers | undefined;
  identified = false;

  constructor(method: DiscoveryMethod, onClose: (reason: string) => void) {
    this.method = method;
    this.#onClose = onClose;
  }

  get bufferedBytes(): number {
    return this.inbox.reduce((sum, { length }) => sum + length, 0) * BYTE_WEIGHT;
  }

  send(body: Uint8Array, nonce: string): void {
    this.inbox.push(Uint8Array.from([...nonceField(nonce), ...body]));
  }

  close(_code: string, reason: string): void {
    this.#onClose(reason);
  }
}

/** One proxy: a model client and its streams to the fleet. */
export class FakeProxy {
  client: ModelClient;
  readonly nodeId: string;
  readonly #kind: ProxyKind;
  readonly #fleet: Fleet;
  readonly #streams = new Map<string, FakeStream>();

  constructor(fleet: Fleet, nodeId: string, kind: ProxyKind) {
    this.#fleet = fleet;
    this.nodeId = nodeId;
    this.#kind = kind;
    this.client = this.#newClient();
  }

  #newClient(): ModelClient {
    return new ModelClient(this.#kind.variant, { name: this.nodeId, separate: !this.#kind.aggregated });
  }

  /** Sends the client's next message. */
  toServer(): boolean {
    const request = this.client.outbox.shift();
    if (request === undefined) return false;
    const stream = this.#stream(request.typeUrl);
    // A stream of one type need not name it; only the first request names the node.
    const said = this.#kind.aggregated ? request : { ...request, typeUrl: '' };
    const node = stream.identified ? undefined : { id: this.nodeId, cluster: 'g' };
    stream.identified = true;
    stream.handlers?.message(encodeRequest(said, node));
    return true;
  }

  /** Delivers the server's next message, of any stream. */
  toClient(): boolean {
    for (const stream of this.#streams.values()) {
      const bytes = stream.inbox.shift();
      if (bytes === undefined) continue;
      this.client.receive(bytes);
      stream.handlers?.drained();
      return true;
    }
    return false;
  }

  /** All its streams break; it connects again with what it holds, or having lost all. */
  reconnect(restarted: boolean): void {
    for (const stream of this.#streams.values()) stream.handlers?.gone('the connection ended');
    this.#streams.clear();
    if (restarted) this.client = this.#newClient();
    else this.client.connect();
  }

  #stream(typeUrl: string): FakeStream {
    const only = this.#kind.aggregated ? undefined : typeUrl;
    const key = only ?? 'all';
    let stream = this.#streams.get(key);
    if (stream === undefined) {
      const method = methodOf(this.#kind.variant, only);
      stream = new FakeStream(method, (reason) => {
        throw new Error(`the server ended a stream of ${this.nodeId}: ${reason}`);
      });
      this.#streams.set(key, stream);
      stream.handlers = this.#fleet.accept(stream);
    }
    return stream;
  }
}

function methodOf(variant: 'sotw' | 'delta', typeUrl: string | undefined): DiscoveryMethod {
  for (const method of DISCOVERY_METHODS.values()) {
    if (method.variant === variant && method.typeUrl === typeUrl) return method;
  }
  throw new Error(`no method for ${variant} ${typeUrl}`);
}

/** A fleet, its proxies and a clock that only the test moves. */
export class FleetWorld {
  readonly proxies: readonly FakeProxy[];
  readonly events: XdsEvent[] = [];
  readonly fleet: Fleet;
  #nowMs = 0;

  constructor(kinds: Readonly<Record<string, ProxyKind>>) {
    this.fleet = new Fleet({
      onEvent: (event) => this.events.push(event),
      now: () => this.#nowMs,
      streamsMax: 1_000,
      streamsPerNodeMax: 1_000,
      answerTimeoutMs: Number.POSITIVE_INFINITY,
      rollout: { deadlineMs: 2_000, triesMax: 3 },
    });
    this.proxies = Object.entries(kinds).map(([nodeId, kind]) => new FakeProxy(this.fleet, nodeId, kind));
  }

  set(target: SnapshotTarget, snapshot: Snapshot | undefined): void {
    this.fleet.setSnapshot(target, snapshot);
  }

  pass(ms: number): void {
    this.#nowMs += ms;
    this.fleet.tick();
  }

  /** Delivers everything, and lets the time pass in which a canary may stay silent, until nothing moves any more. */
  quiesce(except?: FakeProxy): void {
    const awake = this.proxies.filter((proxy) => proxy !== except);
    for (let idle = 0, steps = 0; idle < 5; steps += 1) {
      if (steps > 5_000) throw new Error('the fleet never comes to rest');
      const moved = awake.flatMap((proxy) => [proxy.toServer(), proxy.toClient()]);
      if (moved.some(Boolean)) idle = 0;
      else {
        idle += 1;
        this.pass(2_000);
      }
    }
    for (const { client } of awake) client.calm();
  }
}
