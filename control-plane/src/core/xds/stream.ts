import type { Snapshot, TypeResources } from '../snapshot.ts';
import { clearance } from './gates.ts';
import { makeOffer } from './offer.ts';
import type { XdsRequest } from './request.ts';
import { CLUSTER_TYPE, ENDPOINT_TYPE, isFullStateType, PUSH_ORDER } from './resource-types.ts';
import { type SubscriptionChange, subscribeDelta, subscribeSotw } from './subscription.ts';
import { openType, resubscribe, type TypeEvent, type TypeState, transition } from './type-state.ts';
import { stillAwaited, stillThere, warm } from './warming.ts';

/**
 * One aggregated stream ("Aggregated Discovery Service"): each type is a separate exchange (type-state.ts, T1–T6); between the types stand the
 * gates (gates.ts, G1–G5). Pure: an event comes in, a new state and actions go out.
 *
 * A1. Nothing is sent before the group has a snapshot: a control plane that just started never empties a proxy.
 * A2. A stale state-of-the-world request changes nothing ("Resource updates"); a stale delta request still changes the subscription
 *     ("Incremental xDS").
 * A3. After each event everything that may be sent is sent, in push order: no stream waits for an event that need not come.
 * A4. A type that nobody serves is a type without resources; a request without a type, or beyond the bounds, ends the stream.
 */
export interface StreamState {
  readonly variant: 'sotw' | 'delta';
  readonly snapshot: Snapshot | undefined;
  readonly seq: number;
  readonly types: ReadonlyMap<string, TypeState>;
  readonly noncesUsed: number;
  /** Endpoint names of clusters that were sent and whose endpoints the client has not asked for (G2). */
  readonly awaited: ReadonlySet<string>;
}

export type StreamEvent =
  | { readonly kind: 'request'; readonly request: XdsRequest; readonly nowMs: number }
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot; readonly seq: number; readonly nowMs: number };

export type StreamAction =
  | {
      readonly kind: 'send';
      readonly typeUrl: string;
      readonly version: string;
      readonly nonce: string;
      /** Shared among streams; the nonce is to be added (encode.ts). */
      readonly body: Uint8Array;
    }
  | { readonly kind: 'ack'; readonly typeUrl: string; readonly version: string }
  | {
      readonly kind: 'nack';
      readonly typeUrl: string;
      readonly version: string;
      readonly error: string;
    }
  | {
      readonly kind: 'close';
      readonly code: 'invalid-argument' | 'resource-exhausted';
      readonly reason: string;
    };

export interface Step {
  readonly state: StreamState;
  readonly actions: readonly StreamAction[];
}

export const TYPES_PER_STREAM_MAX = 32;
export const NAMES_PER_TYPE_MAX = 100_000;

export function openStream(variant: 'sotw' | 'delta'): StreamState {
  return { variant, snapshot: undefined, seq: -1, types: new Map(), noncesUsed: 0, awaited: new Set() };
}

export function step(state: StreamState, event: StreamEvent): Step {
  return event.kind === 'request'
    ? onRequest(state, event.request, event.nowMs)
    : pump(retarget(state, event.snapshot, event.seq), event.nowMs, []);
}

function onRequest(state: StreamState, request: XdsRequest, nowMs: number): Step {
  const { typeUrl } = request;
  const refusal = refuse(state, request);
  if (refusal !== undefined) return { state, actions: [refusal] };
  const before = state.types.get(typeUrl);
  const relation = before === undefined ? 'plain' : relate(before, request);
  if (relation === 'stale' && request.variant === 'sotw') return { state, actions: [] };

  const actions: StreamAction[] = [];
  let after: TypeState;
  if (before === undefined) {
    after = openType(typeUrl, change(undefined, request), heldBy(request));
    if (state.snapshot !== undefined) after = aim(after, state.snapshot, state.seq);
  } else {
    const event = eventOf(relation, request, nowMs);
    const outcome = outcomeOf(before, event);
    if (outcome !== undefined) actions.push(outcome);
    after = resubscribe(transition(before, event), change(before, request));
  }
  const types = new Map(state.types).set(typeUrl, after);
  return pump(
    { ...state, types, awaited: stillAwaited(state.awaited, after, actions.some(isNack)) },
    nowMs,
    actions,
  );
}

const isNack = (action: StreamAction) => action.kind === 'nack';

function refuse(state: StreamState, request: XdsRequest): StreamAction | undefined {
  if (request.typeUrl === '') {
    return {
      kind: 'close',
      code: 'invalid-argument',
      reason: 'type_url is required on an aggregated stream',
    };
  }
  if (!state.types.has(request.typeUrl) && state.types.size >= TYPES_PER_STREAM_MAX) {
    const reason = `more than ${TYPES_PER_STREAM_MAX} resource types on one stream`;
    return { kind: 'close', code: 'resource-exhausted', reason };
  }
  const subscribed = state.types.get(request.typeUrl)?.subscription.names.size ?? 0;
  const named = request.variant === 'sotw' ? request.names.length : subscribed + request.subscribe.length;
  if (named > NAMES_PER_TYPE_MAX) {
    const reason = `more than ${NAMES_PER_TYPE_MAX} names of ${request.typeUrl} on one stream`;
    return { kind: 'close', code: 'resource-exhausted', reason };
  }
  return undefined;
}

/** How a request relates to the newest response of its type (T2). */
function relate(state: TypeState, request: XdsRequest): 'current' | 'plain' | 'stale' {
  if (request.nonce === '') return 'plain';
  return request.nonce === state.lastNonce ? 'current' : 'stale';
}

function eventOf(relation: 'current' | 'plain' | 'stale', request: XdsRequest, atMs: number): TypeEvent {
  if (relation !== 'current') return { kind: relation };
  return request.error === undefined ? { kind: 'ack', atMs } : { kind: 'nack', atMs, error: request.error };
}

function outcomeOf({ exchange, typeUrl }: TypeState, event: TypeEvent): StreamAction | undefined {
  if (exchange.kind !== 'awaiting') return undefined;
  const { version } = exchange.offer;
  if (event.kind === 'ack') return { kind: 'ack', typeUrl, version };
  if (event.kind === 'nack') return { kind: 'nack', typeUrl, version, error: event.error };
  return undefined;
}

function change(before: TypeState | undefined, request: XdsRequest): SubscriptionChange {
  const fullState = isFullStateType(request.typeUrl);
  return request.variant === 'sotw'
    ? subscribeSotw(before?.subscription, request, fullState)
    : subscribeDelta(before?.subscription, request, fullState);
}

/**
 * What a client holds when it comes back ("ACK/NACK and resource type instance version", "Incremental xDS"). A state-of-the-world version is
 * trusted only for a pure wildcard: with names the client may subscribe to one it never had.
 */
function heldBy(request: XdsRequest): { byName: ReadonlyMap<string, string>; version: string } {
  if (request.variant === 'delta') return { byName: request.initialVersions, version: '' };
  const wildcardOnly = isFullStateType(request.typeUrl) && request.names.every((name) => name === '*');
  return { byName: new Map(), version: wildcardOnly ? request.version : '' };
}

function retarget(state: StreamState, snapshot: Snapshot, seq: number): StreamState {
  let { types } = state;
  for (const [typeUrl, type] of state.types) {
    const aimed = aim(type, snapshot, seq);
    if (aimed !== type) types = new Map(types).set(typeUrl, aimed);
  }
  return { ...state, snapshot, seq, types, awaited: stillThere(state.awaited, snapshot) };
}

/** What a snapshot holds of a type that nobody serves. */
const nobodys: TypeResources = { typeUrl: '', version: 'none', byName: new Map(), names: new Set() };

function aim(type: TypeState, snapshot: Snapshot, seq: number): TypeState {
  const target = snapshot.types.get(type.typeUrl) ?? nobodys;
  // The usual case of a push: the other types are the same objects as before.
  if (type.target === target) return type;
  return transition(type, { kind: 'retarget', target, seq });
}

/**
 * A3: offers whatever the gates let through. Gates open by answers, not by sends, but for the last two: what a state-of-the-world client cannot
 * be told about routes counts as done when it is passed over, so clusters and endpoints are looked at once more at the end.
 */
function pump(state: StreamState, nowMs: number, before: readonly StreamAction[]): Step {
  const actions = [...before];
  const types = new Map(state.types);
  let { noncesUsed, awaited } = state;
  for (const typeUrl of visits(types)) {
    const type = types.get(typeUrl);
    if (type === undefined || hasNothingToDo(type)) continue;
    const nonce = String(noncesUsed + 1);
    const offered = makeOffer(state.variant, type, clearance(types, awaited, typeUrl), nonce, nowMs);
    types.set(typeUrl, offered.state);
    if (offered.response === undefined) continue;
    noncesUsed += 1;
    const { version, body, upserts } = offered.response;
    actions.push({ kind: 'send', typeUrl, version, nonce, body });
    if (typeUrl === CLUSTER_TYPE) awaited = warm(types, offered.state, upserts, awaited);
  }
  return { state: { ...state, types, noncesUsed, awaited }, actions };
}

const usualVisits: readonly string[] = [...PUSH_ORDER, CLUSTER_TYPE, ENDPOINT_TYPE];
const served: ReadonlySet<string> = new Set(PUSH_ORDER);

function visits(types: ReadonlyMap<string, TypeState>): readonly string[] {
  const others = [...types.keys()].filter((typeUrl) => !served.has(typeUrl));
  return others.length === 0 ? usualVisits : [...others, ...usualVisits];
}

/** Most types of most streams at most events: passed over before their gates are looked at. */
function hasNothingToDo(type: TypeState): boolean {
  if (type.exchange.kind === 'awaiting') return true;
  return type.owed.size === 0 && !type.answerDue && type.settledSeq === type.seq;
}
