import { status } from '@grpc/grpc-js';
import { carryOver, type Snapshot } from '../../core/snapshot.ts';
import type { StreamAction } from '../../core/xds/stream.ts';
import { type AckResult, AckWaiter, type Standing } from './ack-waiter.ts';
import { type AdsCall, Connection, type ConnectionHooks } from './connection.ts';
import type { XdsEvent } from './events.ts';
import { type ProxyStatus, proxyStatus } from './proxy-status.ts';

/** Streams that ended and are still shown. */
const ENDED_SHOWN_MAX = 256;

interface Group {
  snapshot: Snapshot | undefined;
  seq: number;
  /** Type URL → number of the snapshot that last changed it; replaced, never modified. */
  changedAt: ReadonlyMap<string, number>;
  readonly connections: Set<Connection>;
  readonly byNode: Map<string, Set<Connection>>;
  readonly waiters: Set<AckWaiter>;
}

export interface FleetOptions {
  readonly onEvent: (event: XdsEvent) => void;
  readonly now: () => number;
  readonly streamsMax: number;
  /** A stream that leaves a response unanswered for longer is ended, so that the proxy connects anew. */
  readonly answerTimeoutMs: number;
}

/** All streams, by group of nodes, and what each group shall run. */
export class Fleet implements ConnectionHooks {
  readonly #options: FleetOptions;
  readonly #groups = new Map<string, Group>();
  readonly #connections = new Set<Connection>();
  #ended: ProxyStatus[] = [];

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  accept(call: AdsCall): void {
    const connection = new Connection(call, this, this.#options.now);
    this.#connections.add(connection);
    if (this.#connections.size > this.#options.streamsMax) {
      connection.close(status.RESOURCE_EXHAUSTED, `more than ${this.#options.streamsMax} streams`);
    }
  }

  setSnapshot(nodeGroup: string, snapshot: Snapshot): void {
    const group = this.#group(nodeGroup);
    if (group.snapshot?.version === snapshot.version) return;
    const next = carryOver(group.snapshot, snapshot);
    group.seq += 1;
    const changes = new Map(group.changedAt);
    for (const [type, resources] of next.types)
      if (group.snapshot?.types.get(type) !== resources) changes.set(type, group.seq);
    group.changedAt = changes;
    group.snapshot = next;
    for (const connection of group.connections) connection.offer(next, group.seq);
  }

  waitForAcks(
    nodeGroup: string,
    typeUrls: readonly string[] | undefined,
    timeoutMs: number,
  ): Promise<AckResult> {
    const group = this.#group(nodeGroup);
    const { changedAt } = group;
    const standingOf = (nodeId: string) => standing(group.byNode.get(nodeId), typeUrls, changedAt);
    const waiter = new AckWaiter(group.byNode.keys(), standingOf, timeoutMs);
    if (!waiter.finished) {
      group.waiters.add(waiter);
      void waiter.result.then(() => group.waiters.delete(waiter));
    }
    return waiter.result;
  }

  proxies(): ProxyStatus[] {
    const open = [...this.#connections].flatMap((connection) =>
      connection.node === undefined ? [] : [proxyStatus(connection, connection.node, true)],
    );
    return [...open, ...this.#ended];
  }

  /** Ends streams whose proxy is silent. Called now and then. */
  sweep(): void {
    const oldestMs = this.#options.now() - this.#options.answerTimeoutMs;
    for (const connection of this.#connections) {
      if (connection.node === undefined && connection.connectedAtMs < oldestMs) {
        connection.close(status.DEADLINE_EXCEEDED, 'no request on the stream');
      }
      for (const { exchange, typeUrl } of connection.state.types.values()) {
        if (exchange.kind !== 'awaiting' || exchange.offer.sentAtMs >= oldestMs) continue;
        connection.close(status.DEADLINE_EXCEEDED, `${typeUrl} ${exchange.offer.version} was never answered`);
        break;
      }
    }
  }

  closeAll(): void {
    for (const connection of this.#connections)
      connection.close(status.UNAVAILABLE, 'the control plane is shutting down');
    for (const group of this.#groups.values()) for (const waiter of group.waiters) waiter.finish();
  }

  identified(connection: Connection): { snapshot: Snapshot; seq: number } | undefined {
    const { node } = connection;
    if (node === undefined) return undefined;
    const group = this.#group(node.group);
    group.connections.add(connection);
    const streams = group.byNode.get(node.id) ?? new Set();
    group.byNode.set(node.id, streams.add(connection));
    this.#emit(connection, { kind: 'connected', variant: connection.variant });
    return group.snapshot === undefined ? undefined : { snapshot: group.snapshot, seq: group.seq };
  }

  acted(connection: Connection, action: StreamAction): void {
    if (action.kind === 'close') return;
    if (action.kind !== 'send') this.#emit(connection, action);
    else {
      const { typeUrl, version, body } = action;
      this.#emit(connection, { kind: 'sent', typeUrl, version, bytes: body.length });
    }
  }

  stepped({ node }: Connection): void {
    if (node === undefined) return;
    for (const waiter of this.#group(node.group).waiters) waiter.check(node.id);
  }

  closed(connection: Connection, reason: string): void {
    this.#connections.delete(connection);
    const { node } = connection;
    if (node === undefined) return;
    const group = this.#group(node.group);
    group.connections.delete(connection);
    const streams = group.byNode.get(node.id);
    streams?.delete(connection);
    if (streams?.size === 0) group.byNode.delete(node.id);
    // Node groups are named by clients: one that nobody configured leaves with its last stream.
    if (group.connections.size === 0 && group.snapshot === undefined) this.#groups.delete(node.group);
    const others = this.#ended.filter((ended) => ended.nodeId !== node.id || ended.nodeGroup !== node.group);
    this.#ended = [proxyStatus(connection, node, false), ...others].slice(0, ENDED_SHOWN_MAX);
    this.#emit(connection, { kind: 'disconnected', reason });
    for (const waiter of group.waiters) waiter.check(node.id);
  }

  #group(name: string): Group {
    let group = this.#groups.get(name);
    if (group === undefined) {
      group = {
        snapshot: undefined,
        seq: 0,
        changedAt: new Map(),
        connections: new Set(),
        byNode: new Map(),
        waiters: new Set(),
      };
      this.#groups.set(name, group);
    }
    return group;
  }

  #emit(connection: Connection, event: EventBody): void {
    const { node } = connection;
    if (node === undefined) return;
    this.#options.onEvent({ ...event, nodeId: node.id, nodeGroup: node.group, atMs: this.#options.now() });
  }
}

type EventBody = XdsEvent extends infer E
  ? E extends XdsEvent
    ? Omit<E, 'nodeId' | 'nodeGroup' | 'atMs'>
    : never
  : never;

/** Where a node stands: every stream of it counts, so that two proxies with one id cannot hide each other. */
function standing(
  streams: ReadonlySet<Connection> | undefined,
  typeUrls: readonly string[] | undefined,
  changedAt: ReadonlyMap<string, number>,
): Standing {
  const types = [...(streams ?? [])]
    .flatMap((stream) => [...stream.state.types.values()])
    .filter((type) => typeUrls === undefined || typeUrls.includes(type.typeUrl));
  if (types.length === 0) return 'uninvolved';
  if (types.every((type) => type.settledSeq >= (changedAt.get(type.typeUrl) ?? 0))) return 'acked';
  return types.some((type) => type.exchange.kind === 'rejected') ? 'rejected' : 'pending';
}
