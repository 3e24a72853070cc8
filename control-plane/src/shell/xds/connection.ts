import type { Node } from '@chronos/envoy/api/envoy/config/core/v3/base_pb.js';
import type { CloseCode } from '../../core/xds/close-code.ts';
import type { NameLists } from '../../core/xds/name-lists.ts';
import type { Received } from '../../core/xds/request.ts';
import { RequestReader } from '../../core/xds/request-reader.ts';
import { step } from '../../core/xds/stream.ts';
import {
  isWaiting,
  openStream,
  type Plan,
  type StreamAction,
  type StreamEvent,
  type StreamState,
} from '../../core/xds/stream-state.ts';
import type { DiscoveryStream, StreamHandlers } from './discovery-stream.ts';
import type { DisconnectCause } from './events.ts';

/** A proxy as its first request introduced it. */
export interface ProxyNode {
  readonly id: string;
  readonly group: string;
  readonly userAgentVersion: string;
}

/** What a connection tells the fleet. */
export interface ConnectionHooks {
  /** The first request named the node; returns what it shall run. The connection may have been closed instead. */
  identified(connection: Connection): Plan | undefined;
  acted(connection: Connection, action: StreamAction): void;
  /** The state of the exchange may have changed. */
  stepped(connection: Connection): void;
  closed(connection: Connection, cause: DisconnectCause, reason: string): void;
}

/** What a client may never ask for is waited for this long (A6). */
const ASK_WITHIN_MS = 2_000;
/** More than this held back unread, and nothing is added until the client reads (A5). */
const UNREAD_BYTES_MAX = 1024 * 1024;
/** Of node.id and node.cluster: they are kept, logged and shown. */
const NODE_NAME_LENGTH_MAX = 1024;

/**
 * One discovery stream: the transport on one side, the pure machine on the other. What waits to be written is bounded: one unanswered
 * response a type (T1), and none at all while a client does not read (A5). What changes meanwhile coalesces in the machine, and a proxy
 * that never answers or never reads is cut off by the sweep.
 */
export class Connection implements StreamHandlers {
  readonly connectedAtMs: number;
  readonly #stream: DiscoveryStream;
  readonly #hooks: ConnectionHooks;
  readonly #now: () => number;
  readonly #reader: RequestReader;
  #state: StreamState;
  #node: ProxyNode | undefined;
  #fullSinceMs: number | undefined;
  #waiting: NodeJS.Timeout | undefined;
  #open = true;

  constructor(stream: DiscoveryStream, hooks: ConnectionHooks, now: () => number, lists: NameLists) {
    this.#stream = stream;
    this.#hooks = hooks;
    this.#now = now;
    this.#reader = new RequestReader(stream.method.variant, lists);
    this.connectedAtMs = now();
    this.#state = openStream(stream.method);
  }

  get node(): ProxyNode | undefined {
    return this.#node;
  }

  get state(): StreamState {
    return this.#state;
  }

  /** Since when the client has not read what was sent; undefined when it reads. */
  get fullSinceMs(): number | undefined {
    return this.#fullSinceMs;
  }

  /** What the proxy shall run from now on. */
  offer(plan: Plan): void {
    if (!this.#open || this.#state.plan === plan) return;
    this.#guarded(() => this.#step({ kind: 'plan', plan, nowMs: this.#now() }));
  }

  /** Ends the stream with a status that the proxy logs. */
  close(code: CloseCode, cause: DisconnectCause, reason: string): void {
    if (!this.#open) return;
    this.#end(cause, reason);
    this.#stream.close(code, reason);
  }

  message(bytes: Uint8Array): void {
    if (!this.#open) return;
    let received: Received;
    try {
      received = this.#reader.read(bytes);
    } catch (cause) {
      // What gRPC's own table of status codes gives for a request that cannot be parsed.
      this.close('internal', 'protocol', `the request is no discovery request: ${String(cause)}`);
      return;
    }
    this.#guarded(() => {
      if (!this.#identify(received.node)) return;
      this.#step({ kind: 'request', request: received.request, nowMs: this.#now() });
    });
  }

  drained(): void {
    if (!this.#open || this.#fullSinceMs === undefined || this.#isFull()) return;
    this.#fullSinceMs = undefined;
    this.#guarded(() => this.#step({ kind: 'writable', nowMs: this.#now() }));
  }

  gone(reason: string): void {
    this.#end('client', reason);
  }

  /**
   * "Basic Protocol Overview": the first request carries the node, later ones need not; it is the same whenever it is present. Only what
   * names the proxy is compared: Envoy sends its node again when its dynamic parameters change.
   */
  #identify(node: Node | undefined): boolean {
    const known = this.#node;
    if (known !== undefined) {
      if (node === undefined || (node.id === '' && node.cluster === '')) return true;
      if (node.id === known.id && node.cluster === known.group) return true;
      const was = `node.id "${known.id}" of node.cluster "${known.group}"`;
      return this.#refuse(`the stream belongs to ${was}; another node needs a stream of its own`);
    }
    if (node === undefined || node.id === '') {
      return this.#refuse('the first request must carry node.id');
    }
    if (Math.max(node.id.length, node.cluster.length) > NODE_NAME_LENGTH_MAX) {
      return this.#refuse(`node.id and node.cluster have at most ${NODE_NAME_LENGTH_MAX} characters`);
    }
    this.#node = { id: node.id, group: node.cluster, userAgentVersion: userAgentVersion(node) };
    const plan = this.#hooks.identified(this);
    if (plan !== undefined && this.#open) this.#step({ kind: 'plan', plan, nowMs: this.#now() });
    return this.#open;
  }

  /** A fault here must end this one stream, not the process that serves all proxies, nor a push to the others. */
  #guarded(work: () => void): void {
    try {
      work();
      if (this.#open) this.#hooks.stepped(this);
    } catch (cause) {
      this.close('internal', 'fault', `the control plane failed: ${String(cause)}`);
    }
  }

  #refuse(reason: string): false {
    this.close('invalid-argument', 'protocol', reason);
    return false;
  }

  #step(event: StreamEvent): void {
    if (!this.#open) return;
    const { state, actions } = step(this.#state, event);
    this.#state = state;
    for (const action of actions) {
      if (action.kind === 'send') this.#stream.send(action.body, action.nonce);
      if (action.kind === 'close') this.close(action.code, 'protocol', action.reason);
      else this.#hooks.acted(this, action);
    }
    if (this.#open && this.#waiting === undefined && isWaiting(state)) {
      this.#waiting = setTimeout(() => this.#waited(), ASK_WITHIN_MS).unref();
    }
    if (this.#fullSinceMs === undefined && this.#isFull()) {
      this.#fullSinceMs = this.#now();
      this.#step({ kind: 'full' });
    }
  }

  #waited(): void {
    this.#waiting = undefined;
    this.#guarded(() => this.#step({ kind: 'waited', nowMs: this.#now() }));
  }

  #isFull(): boolean {
    return this.#stream.bufferedBytes > UNREAD_BYTES_MAX;
  }

  #end(cause: DisconnectCause, reason: string): void {
    if (!this.#open) return;
    this.#open = false;
    clearTimeout(this.#waiting);
    this.#hooks.closed(this, cause, reason);
  }
}

function userAgentVersion(node: Node): string {
  const agent = node.userAgentVersionType;
  if (agent.case === 'userAgentVersion') return agent.value;
  const version = agent.case === 'userAgentBuildVersion' ? agent.value.version : undefined;
  return version === undefined ? '' : `${version.majorNumber}.${version.minorNumber}.${version.patch}`;
}
