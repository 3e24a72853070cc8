import type { Snapshot, TypeResources } from '../../core/snapshot.ts';
import { nextPlan, runtimeFirst } from '../../core/xds/plan.ts';
import { RUNTIME_TYPE } from '../../core/xds/resource-types.ts';
import { rollout } from '../../core/xds/rollout.ts';
import { type RolloutStanding, rolloutStanding } from '../../core/xds/rollout-standing.ts';
import {
  emptyRollout,
  planFor,
  type RolloutAction,
  type RolloutEvent,
  type RolloutOptions,
  type RolloutState,
} from '../../core/xds/rollout-state.ts';
import type { Plan } from '../../core/xds/stream-state.ts';
import { type AckResult, AckWaiter } from './ack-waiter.ts';
import type { Connection } from './connection.ts';
import type { RolloutTold } from './events.ts';
import type { PushQueue, PushTarget } from './push-queue.ts';
import { canaryCandidates, canaryStanding, standingOf } from './standing.ts';

export interface AudienceOptions {
  readonly rollout: RolloutOptions;
  readonly now: () => number;
  readonly onRollout: (nodeId: string, told: RolloutTold) => void;
  /** One for all audiences. */
  readonly pushes: PushQueue;
}

/** Those that run one snapshot: a group of proxies, or one proxy with a snapshot of its own. */
export class Audience implements PushTarget {
  readonly connections = new Set<Connection>();
  readonly #options: AudienceOptions;
  readonly #byNode = new Map<string, Set<Connection>>();
  readonly #waiters = new Set<AckWaiter>();
  #rollout: RolloutState = emptyRollout;
  /** What was pushed last of it. */
  #runtime: TypeResources | undefined;

  constructor(options: AudienceOptions) {
    this.#options = options;
  }

  /** What was published last, accepted or not. */
  get newest(): Plan | undefined {
    return this.#rollout.phase === 'empty' ? undefined : this.#rollout.newest;
  }

  /** @param seq number of the publication, growing */
  publish(snapshot: Snapshot, seq: number): void {
    if (this.newest?.snapshot.version === snapshot.version) return;
    this.#dispatch({
      kind: 'published',
      plan: nextPlan(this.newest, snapshot, seq),
      nowMs: this.#options.now(),
    });
  }

  planFor(nodeId: string): Plan | undefined {
    return planFor(this.#rollout, nodeId);
  }

  standingOf(nodeId: string): RolloutStanding {
    return rolloutStanding(this.#rollout, nodeId);
  }

  streamsOf(nodeId: string): ReadonlySet<Connection> {
    return this.#byNode.get(nodeId) ?? new Set();
  }

  add(connection: Connection, nodeId: string): void {
    this.connections.add(connection);
    const streams = this.#byNode.get(nodeId) ?? new Set();
    this.#byNode.set(nodeId, streams.add(connection));
  }

  remove(connection: Connection, nodeId: string): void {
    this.connections.delete(connection);
    const streams = this.#byNode.get(nodeId);
    streams?.delete(connection);
    if (streams?.size === 0) {
      this.#byNode.delete(nodeId);
      this.#dispatch({ kind: 'left', nodeId });
    }
    for (const waiter of this.#waiters) waiter.check(nodeId);
  }

  /** The exchange of one stream of the node may have changed. */
  stepped(nodeId: string): void {
    for (const waiter of this.#waiters) waiter.check(nodeId);
    const state = this.#rollout;
    if (state.phase === 'seeking') {
      // Only this one: it may be the first that can be tried, and a thousand may come at once. One that was passed over, and is just told to go
      // back, comes after all others, which the next search knows.
      if (!state.passedOver.has(nodeId)) this.#propose(new Map([[nodeId, this.streamsOf(nodeId)]]));
    } else if (concerns(state, nodeId)) {
      const answer = canaryStanding(this.streamsOf(nodeId), state.newest);
      if (answer.standing === 'pending') return;
      this.#dispatch({ kind: 'answered', nodeId, ...answer, nowMs: this.#options.now() });
    }
  }

  /** The runtime goes before what takes longer. */
  offerUrgent(nodeId: string): boolean {
    let more = false;
    for (const connection of this.streamsOf(nodeId)) {
      const plan = this.planFor(nodeId);
      const { plan: current } = connection.state;
      const first = plan === undefined || current === undefined ? undefined : runtimeFirst(current, plan);
      if (first !== undefined) connection.offer(first);
      more ||= first !== plan;
    }
    return more;
  }

  offerAll(nodeId: string): void {
    for (const connection of this.streamsOf(nodeId)) {
      // Asked for each stream: what one of them answers at once may have moved the rollout on.
      const plan = this.planFor(nodeId);
      if (plan !== undefined) connection.offer(plan);
    }
  }

  tick(): void {
    this.#dispatch({ kind: 'tick', nowMs: this.#options.now() });
  }

  waitForAcks(typeUrls: readonly string[] | undefined, timeoutMs: number): Promise<AckResult> {
    const seqs = this.newest?.seqs ?? new Map<string, number>();
    const awaits = (typeUrl: string) => typeUrls === undefined || typeUrls.includes(typeUrl);
    const waiter = new AckWaiter(
      this.#byNode.keys(),
      (nodeId) => standingOf(this.streamsOf(nodeId), awaits, seqs),
      () => this.#withheld(awaits, seqs),
      timeoutMs,
    );
    if (!waiter.finished) {
      this.#waiters.add(waiter);
      void waiter.result.then(() => this.#waiters.delete(waiter));
    }
    return waiter.result;
  }

  /** Ends all waiting with what is known. */
  close(): void {
    for (const waiter of this.#waiters) waiter.finish();
  }

  /** Some of what is awaited was refused: those that do not run it will not be offered it. */
  #withheld(awaits: (typeUrl: string) => boolean, seqs: Plan['seqs']): boolean {
    const state = this.#rollout;
    if (state.phase !== 'settled') return false;
    return [...seqs].some(([typeUrl, seq]) => awaits(typeUrl) && seq > (state.common.seqs.get(typeUrl) ?? 0));
  }

  #propose(byNode: ReadonlyMap<string, ReadonlySet<Connection>>): void {
    const nodeIds = canaryCandidates(byNode);
    if (nodeIds.length > 0) this.#dispatch({ kind: 'candidates', nodeIds, nowMs: this.#options.now() });
  }

  #dispatch(event: RolloutEvent): void {
    const { state, actions } = rollout(this.#rollout, event, this.#options.rollout);
    this.#rollout = state;
    for (const action of actions) this.#act(action);
  }

  #act(action: RolloutAction): void {
    switch (action.kind) {
      case 'seek':
        this.#propose(this.#byNode);
        return;
      case 'offer':
        if (action.to === 'all') this.#push();
        else this.offerAll(action.to);
        return;
      case 'tell': {
        const { what, nodeId, error = '' } = action;
        const version = this.newest?.snapshot.version ?? '';
        this.#options.onRollout(nodeId, { kind: 'rollout', what, version, error });
        if (what === 'refused') for (const waiter of this.#waiters) waiter.check();
      }
    }
  }

  #push(): void {
    // All get the newest runtime at once, whatever becomes of the structure beside it.
    const runtime = this.newest?.snapshot.types.get(RUNTIME_TYPE);
    const urgent = runtime !== this.#runtime;
    this.#runtime = runtime;
    this.#options.pushes.push(this, this.#byNode.keys(), urgent);
  }
}

/** Whether what a proxy answers may move a rollout. */
function concerns(
  state: RolloutState,
  nodeId: string,
): state is RolloutState & { readonly phase: 'trying' | 'open' } {
  if (state.phase === 'trying') return state.canary === nodeId;
  if (state.phase !== 'open') return false;
  // Of a thousand that start together one is enough, unless one that rejects can still take it back.
  return state.accepted !== undefined || state.acked === undefined || state.acked.nodeId === nodeId;
}
