import type {
  DeltaDiscoveryRequest,
  DiscoveryRequest,
} from '@chronos/envoy/api/envoy/service/discovery/v3/discovery_pb.js';
import { type ServerDuplexStream, status } from '@grpc/grpc-js';
import type { Snapshot } from '../../core/snapshot.ts';
import { withNonce } from '../../core/xds/encode.ts';
import { deltaRequest, sotwRequest } from '../../core/xds/request.ts';
import {
  openStream,
  type StreamAction,
  type StreamEvent,
  type StreamState,
  step,
} from '../../core/xds/stream.ts';

/** A proxy as its first request introduced it. */
export interface ProxyNode {
  readonly id: string;
  readonly group: string;
  readonly userAgentVersion: string;
}

/** What a connection tells the fleet. */
export interface ConnectionHooks {
  /** The first request named the node; returns what its group shall run. */
  identified(connection: Connection): { readonly snapshot: Snapshot; readonly seq: number } | undefined;
  acted(connection: Connection, action: StreamAction): void;
  /** The state of the exchange may have changed. */
  stepped(connection: Connection): void;
  closed(connection: Connection, reason: string): void;
}

export type AdsCall =
  | { readonly variant: 'sotw'; readonly stream: ServerDuplexStream<DiscoveryRequest, Buffer> }
  | { readonly variant: 'delta'; readonly stream: ServerDuplexStream<DeltaDiscoveryRequest, Buffer> };

const closeCodes = {
  'invalid-argument': status.INVALID_ARGUMENT,
  'resource-exhausted': status.RESOURCE_EXHAUSTED,
} as const;

/**
 * One aggregated stream: gRPC on one side, the pure machine on the other. What waits to be written is bounded by the protocol itself: one
 * unanswered response a type (T1); what changes meanwhile coalesces in the machine, and a proxy that never answers is cut off by the sweep.
 */
export class Connection {
  readonly connectedAtMs: number;
  readonly variant: 'sotw' | 'delta';
  readonly #call: AdsCall;
  readonly #hooks: ConnectionHooks;
  readonly #now: () => number;
  #state: StreamState;
  #node: ProxyNode | undefined;
  #open = true;

  constructor(call: AdsCall, hooks: ConnectionHooks, now: () => number) {
    this.#call = call;
    this.#hooks = hooks;
    this.#now = now;
    this.variant = call.variant;
    this.connectedAtMs = now();
    this.#state = openStream(call.variant);
    if (call.variant === 'sotw') {
      call.stream.on('data', (message: DiscoveryRequest) =>
        this.#receive(message, () => sotwRequest(message)),
      );
    } else {
      call.stream.on('data', (message: DeltaDiscoveryRequest) =>
        this.#receive(message, () => deltaRequest(message)),
      );
    }
    call.stream.on('end', () => {
      call.stream.end();
      this.#gone('the proxy ended the stream');
    });
    call.stream.on('cancelled', () => this.#gone('the connection ended'));
    call.stream.on('error', (error: Error) => this.#gone(error.message));
  }

  get node(): ProxyNode | undefined {
    return this.#node;
  }

  get state(): StreamState {
    return this.#state;
  }

  /** A newer snapshot of the group. */
  offer(snapshot: Snapshot, seq: number): void {
    this.#step({ kind: 'snapshot', snapshot, seq, nowMs: this.#now() });
    this.#hooks.stepped(this);
  }

  /** Ends the stream with a status that the proxy logs. */
  close(code: status, reason: string): void {
    if (!this.#open) return;
    this.#gone(reason);
    this.#call.stream.emit('error', Object.assign(new Error(reason), { code, details: reason }));
  }

  #receive(
    message: DiscoveryRequest | DeltaDiscoveryRequest,
    request: () => (StreamEvent & { kind: 'request' })['request'],
  ): void {
    if (!this.#open) return;
    // A fault here must end this one stream, not the process that serves all proxies.
    try {
      if (this.#node === undefined && !this.#identify(message)) return;
      this.#step({ kind: 'request', request: request(), nowMs: this.#now() });
      if (this.#open) this.#hooks.stepped(this);
    } catch (cause) {
      this.close(status.INTERNAL, `the control plane failed on a request: ${String(cause)}`);
    }
  }

  /** "Basic Protocol Overview": the first request carries the node; later ones need not. */
  #identify(message: DiscoveryRequest | DeltaDiscoveryRequest): boolean {
    const { node } = message;
    if (node === undefined || node.id === '' || node.cluster === '') {
      this.close(status.INVALID_ARGUMENT, 'the first request must carry node.id and node.cluster');
      return false;
    }
    this.#node = { id: node.id, group: node.cluster, userAgentVersion: userAgentVersion(node) };
    const wanted = this.#hooks.identified(this);
    if (wanted !== undefined && this.#open) this.#step({ kind: 'snapshot', ...wanted, nowMs: this.#now() });
    return this.#open;
  }

  #step(event: StreamEvent): void {
    if (!this.#open) return;
    const { state, actions } = step(this.#state, event);
    this.#state = state;
    for (const action of actions) {
      if (action.kind === 'send') this.#write(withNonce(action.body, action.nonce));
      if (action.kind === 'close') this.close(closeCodes[action.code], action.reason);
      else this.#hooks.acted(this, action);
    }
  }

  #write(bytes: Uint8Array): void {
    this.#call.stream.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  #gone(reason: string): void {
    if (!this.#open) return;
    this.#open = false;
    this.#hooks.closed(this, reason);
  }
}

function userAgentVersion(node: NonNullable<DiscoveryRequest['node']>): string {
  const agent = node.userAgentVersionType;
  if (agent.case === 'userAgentVersion') return agent.value;
  const version = agent.case === 'userAgentBuildVersion' ? agent.value.version : undefined;
  return version === undefined ? '' : `${version.majorNumber}.${version.minorNumber}.${version.patch}`;
}
