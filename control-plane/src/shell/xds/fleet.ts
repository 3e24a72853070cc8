import type { Snapshot } from '../../core/snapshot.ts';
import { NameLists } from '../../core/xds/name-lists.ts';
import { upToDate } from '../../core/xds/rollout-standing.ts';
import type { RolloutOptions } from '../../core/xds/rollout-state.ts';
import type { Plan, StreamAction } from '../../core/xds/stream-state.ts';
import type { AckResult } from './ack-waiter.ts';
import { Audience } from './audience.ts';
import { Audiences, type SnapshotTarget } from './audiences.ts';
import { byteOps } from './byte-ops.ts';
import type { ClientView } from './client-status.ts';
import { Connection, type ConnectionHooks, type ProxyNode } from './connection.ts';
import type { DiscoveryStream, StreamHandlers } from './discovery-stream.ts';
import type { DisconnectCause, XdsEvent } from './events.ts';
import { type ProxyStatus, proxyStatus } from './proxy-status.ts';
import { PushQueue } from './push-queue.ts';

const shuttingDown = 'the control plane is shutting down';
/** Streams that ended and are still shown. */
const ENDED_SHOWN_MAX = 256;

export interface FleetOptions {
  readonly onEvent: (event: XdsEvent) => void;
  readonly now: () => number;
  readonly streamsMax: number;
  /** Open streams with one `node.id`; a proxy without aggregation opens one for each cluster and each route configuration. */
  readonly streamsPerNodeMax: number;
  /** A stream that leaves a response unanswered, or what was sent unread, for longer is ended, so that the proxy connects anew. */
  readonly answerTimeoutMs: number;
  readonly rollout: RolloutOptions;
}

/** All streams, and what each shall run. */
export class Fleet implements ConnectionHooks {
  readonly #options: FleetOptions;
  readonly #audiences: Audiences;
  readonly #streamsOf = new Map<string, number>();
  readonly #connections = new Set<Connection>();
  readonly #lists = new NameLists(byteOps);
  readonly #pushes = new PushQueue();
  /** Node group and id → the stream that ended last. */
  readonly #ended = new Map<string, ProxyStatus>();
  #draining = false;

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#audiences = new Audiences((target) => this.#audience(target));
  }

  accept(stream: DiscoveryStream): StreamHandlers {
    const connection = new Connection(stream, this, this.#options.now, this.#lists);
    this.#connections.add(connection);
    const { streamsMax } = this.#options;
    // Not at once: the transport has no handlers to tell before this returns.
    if (this.#draining) {
      queueMicrotask(() => connection.close('unavailable', 'shutdown', shuttingDown));
    } else if (this.#connections.size > streamsMax) {
      const reason = `more than ${streamsMax} streams`;
      queueMicrotask(() => connection.close('resource-exhausted', 'limit', reason));
    }
    return connection;
  }

  /**
   * What a group, or one proxy, shall run from now on; the same version does nothing. `undefined` takes it back: a proxy turns to the snapshot
   * of its group; those of a group keep what they run, and new ones wait.
   */
  setSnapshot(target: SnapshotTarget, snapshot: Snapshot | undefined): void {
    if (snapshot === undefined) this.#audiences.takeBack(target);
    else this.#audiences.publish(target, snapshot);
  }

  async waitForAcks(
    target: SnapshotTarget,
    typeUrls: readonly string[] | undefined,
    timeoutMs: number,
  ): Promise<AckResult> {
    const nobody = { elapsedMs: 0, acked: [], rejected: [], pending: [] };
    return this.#audiences.get(target)?.waitForAcks(typeUrls, timeoutMs) ?? nobody;
  }

  proxies(): ProxyStatus[] {
    const open = [...this.#connections].flatMap((connection) =>
      connection.node === undefined ? [] : [this.#statusOf(connection, connection.node, true)],
    );
    return [...open, ...[...this.#ended.values()].reverse()];
  }

  /** The open streams of proxies that introduced themselves. */
  *clients(): Iterable<ClientView> {
    for (const connection of this.#connections) {
      const { node, state } = connection;
      const wanted = this.#audiences.of(connection)?.newest?.snapshot;
      if (node !== undefined) yield { node, types: state.types.values(), wanted };
    }
  }

  /** Looks at the canaries' deadlines. Called a few times a second. */
  tick(): void {
    for (const audience of this.#audiences.all()) audience.tick();
  }

  /** Ends streams whose proxy is silent or does not read. Called now and then. */
  sweep(): void {
    const oldestMs = this.#options.now() - this.#options.answerTimeoutMs;
    for (const connection of this.#connections) {
      if (connection.node === undefined && connection.connectedAtMs < oldestMs) {
        connection.close('deadline-exceeded', 'silent', 'no request on the stream');
      }
      if ((connection.fullSinceMs ?? Number.POSITIVE_INFINITY) < oldestMs) {
        connection.close('resource-exhausted', 'unread', 'what was sent is not read');
      }
      for (const { exchange, typeUrl } of connection.state.types.values()) {
        if (exchange.kind !== 'awaiting' || exchange.offer.sentAtMs >= oldestMs) continue;
        const reason = `${typeUrl} ${exchange.offer.version} was never answered`;
        connection.close('deadline-exceeded', 'silent', reason);
        break;
      }
    }
  }

  /** Ends the streams that are open one after the other, evenly over this time, and refuses new ones; proxies turn to another replica. */
  async drain(overMs: number, pause: (ms: number) => Promise<void>): Promise<void> {
    this.#draining = true;
    const open = [...this.#connections];
    const startedAtMs = this.#options.now();
    for (const [index, connection] of open.entries()) {
      const dueMs = startedAtMs + (overMs * index) / open.length - this.#options.now();
      if (dueMs >= 1) await pause(dueMs);
      connection.close('unavailable', 'shutdown', shuttingDown);
    }
    for (const audience of this.#audiences.all()) audience.close();
  }

  identified(connection: Connection): Plan | undefined {
    const { node } = connection;
    if (node === undefined) return undefined;
    const streams = (this.#streamsOf.get(node.id) ?? 0) + 1;
    this.#streamsOf.set(node.id, streams);
    const audience = this.#audiences.join(connection, node);
    this.#emit(connection, { kind: 'connected', variant: connection.state.variant });
    const { streamsPerNodeMax } = this.#options;
    if (streams > streamsPerNodeMax) {
      connection.close(
        'resource-exhausted',
        'limit',
        `more than ${streamsPerNodeMax} streams of one node.id`,
      );
    }
    return audience.planFor(node.id);
  }

  acted(connection: Connection, action: StreamAction): void {
    if (action.kind === 'close') return;
    if (action.kind !== 'send') this.#emit(connection, action);
    else {
      const { typeUrl, version, body } = action;
      this.#emit(connection, { kind: 'sent', typeUrl, version, bytes: body.length });
    }
  }

  stepped(connection: Connection): void {
    if (connection.node !== undefined) this.#audiences.of(connection)?.stepped(connection.node.id);
  }

  closed(connection: Connection, cause: DisconnectCause, reason: string): void {
    this.#connections.delete(connection);
    const { node } = connection;
    if (node !== undefined) {
      const streams = (this.#streamsOf.get(node.id) ?? 1) - 1;
      if (streams > 0) this.#streamsOf.set(node.id, streams);
      else this.#streamsOf.delete(node.id);
      this.#showEnded(this.#statusOf(connection, node, false));
    }
    this.#emit(connection, { kind: 'disconnected', cause, reason });
    if (node !== undefined) this.#audiences.leave(connection, node);
  }

  /** One a proxy, the last of all; the map's order is theirs, so that a thousand ends at once cost a thousand steps. */
  #showEnded(status: ProxyStatus): void {
    const key = `${status.nodeGroup}\0${status.nodeId}`;
    this.#ended.delete(key);
    this.#ended.set(key, status);
    for (const oldest of this.#ended.keys()) {
      if (this.#ended.size <= ENDED_SHOWN_MAX) return;
      this.#ended.delete(oldest);
    }
  }

  #audience(target: SnapshotTarget): Audience {
    const nodeGroup = 'group' in target ? target.group : '';
    return new Audience({
      rollout: this.#options.rollout,
      now: this.#options.now,
      pushes: this.#pushes,
      onRollout: (nodeId, told) =>
        this.#options.onEvent({ ...told, nodeId, nodeGroup, atMs: this.#options.now() }),
    });
  }

  #statusOf(connection: Connection, node: ProxyNode, connected: boolean): ProxyStatus {
    const audience = this.#audiences.of(connection);
    const rollout = audience?.standingOf(node.id) ?? upToDate;
    return proxyStatus(connection, node, audience?.newest?.snapshot, rollout, connected);
  }

  #emit({ node }: Connection, event: EventBody): void {
    const nodeId = node?.id ?? '';
    const nodeGroup = node?.group ?? '';
    this.#options.onEvent({ ...event, nodeId, nodeGroup, atMs: this.#options.now() });
  }
}

type EventBody = XdsEvent extends infer E
  ? E extends XdsEvent
    ? Omit<E, 'nodeId' | 'nodeGroup' | 'atMs'>
    : never
  : never;
