import type { TypeResources } from '../snapshot.ts';
import { transition } from './answers.ts';
import { clearance } from './gates.ts';
import { openType, oweAgain, resubscribe } from './interest.ts';
import { makeOffer } from './offer.ts';
import { refuse } from './refusal.ts';
import type { XdsRequest } from './request.ts';
import { CLUSTER_TYPE, ENDPOINT_TYPE, isFullStateType, PUSH_ORDER } from './resource-types.ts';
import type { Plan, Step, StreamAction, StreamEvent, StreamState } from './stream-state.ts';
import { type SubscriptionChange, subscribeDelta, subscribeSotw } from './subscription.ts';
import type { TypeEvent, TypeState } from './type-state.ts';
import { stillAwaited, stillThere, warm } from './warming.ts';

/** One event of a stream (A1–A5 of stream-state.ts). */
export function step(state: StreamState, event: StreamEvent): Step {
  switch (event.kind) {
    case 'request':
      return onRequest(state, event.request, event.nowMs);
    case 'plan':
      return pump(retarget(state, event.plan), event.nowMs, []);
    case 'full':
      return { state: { ...state, full: true }, actions: [] };
    case 'writable':
      return pump({ ...state, full: false }, event.nowMs, []);
    case 'waited':
      return pump({ ...state, awaited: new Set(), returning: false }, event.nowMs, []);
  }
}

function onRequest(state: StreamState, asked: XdsRequest, nowMs: number): Step {
  const request = asked.typeUrl === '' ? { ...asked, typeUrl: state.only ?? '' } : asked;
  const { typeUrl } = request;
  const refusal = refuse(state, request);
  if (refusal !== undefined) return { state, actions: [refusal] };
  const before = state.types.get(typeUrl);
  const relation = before === undefined ? 'plain' : relate(before, request);
  if (relation === 'stale' && request.variant === 'sotw' && before?.exchange.kind !== 'awaiting') {
    return { state, actions: [] };
  }

  const actions: StreamAction[] = [];
  let after: TypeState;
  if (before === undefined) {
    after = openType(typeUrl, change(undefined, request), heldBy(request));
    if (state.plan !== undefined) after = aim(after, state.plan);
    // A client that comes back may hold the endpoints; its clusters were updated on this stream, and are not warm with those (T4).
    if (typeUrl === ENDPOINT_TYPE) after = oweAgain(after, state.awaited);
  } else {
    const event = eventOf(relation, request, nowMs);
    const outcome = outcomeOf(before, event);
    if (outcome !== undefined) actions.push(outcome);
    after = resubscribe(transition(before, event), change(before, request));
  }
  const types = new Map(state.types).set(typeUrl, after);
  const returning = state.returning || (state.only === undefined && bringsAlong(request));
  return pump(
    { ...state, types, returning, awaited: stillAwaited(state.awaited, after, actions.some(isNack)) },
    nowMs,
    actions,
  );
}

const bringsAlong = (request: XdsRequest) => request.variant === 'delta' && request.initialVersions.size > 0;

const isNack = (action: StreamAction) => action.kind === 'nack';

/** How a request relates to the newest response of its type (T2). */
function relate(state: TypeState, request: XdsRequest): 'current' | 'plain' | 'stale' {
  if (request.nonce === '' || state.lastNonce === '') return 'plain';
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

function retarget(state: StreamState, plan: Plan): StreamState {
  let { types } = state;
  for (const [typeUrl, type] of state.types) {
    const aimed = aim(type, plan);
    if (aimed !== type) types = new Map(types).set(typeUrl, aimed);
  }
  return { ...state, plan, types, awaited: stillThere(state.awaited, plan.snapshot) };
}

/** What a snapshot holds of a type that nobody serves. */
const nobodys: TypeResources = { typeUrl: '', version: 'none', byName: new Map(), names: new Set() };

function aim(type: TypeState, { snapshot, seqs }: Plan): TypeState {
  const target = snapshot.types.get(type.typeUrl) ?? nobodys;
  const seq = seqs.get(type.typeUrl) ?? 0;
  // The usual case of a push: the other types are the same objects as before.
  if (type.target === target && type.seq === seq) return type;
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
    if (type === undefined || hasNothingToDo(type) || (state.full && isDue(type))) continue;
    const nonce = String(noncesUsed + 1);
    const gate = clearance({ types, awaited, returning: state.returning }, typeUrl);
    const offered = makeOffer(state.variant, type, gate, nonce, nowMs);
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
  return !isDue(type) && type.settledSeq === type.seq;
}

function isDue(type: TypeState): boolean {
  return type.owed.size > 0 || type.answerDue;
}
