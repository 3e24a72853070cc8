import type { Resource, TypeResources } from '../snapshot.ts';
import { atRest } from './answers.ts';
import { type ResponseContent, responseBody } from './encode.ts';
import type { Clearance } from './gates.ts';
import type { Names } from './name-sets.ts';
import { isFullStateType } from './resource-types.ts';
import { covers } from './subscription.ts';
import { contentKnown, type Known, type TypeState } from './type-state.ts';

/** A response ready to be written: the shared part as bytes, and the nonce to add to it. */
export interface Response {
  readonly version: string;
  readonly body: Uint8Array;
  /** Names that the response adds or changes. */
  readonly upserts: Names;
}

export interface Offered {
  readonly state: TypeState;
  readonly response?: Response;
}

const nothingOwed: ReadonlyMap<string, Known> = new Map();

/** Takes from what the client is owed all that may be sent now, and makes the response of it. */
export function makeOffer(
  variant: 'sotw' | 'delta',
  state: TypeState,
  gate: Clearance,
  nonce: string,
  nowMs: number,
): Offered {
  const { target } = state;
  if (target === undefined || state.exchange.kind === 'awaiting') return { state };
  if (state.owed.size === 0 && !state.answerDue) return { state: atRest(state) };
  const part = divide(state, target, gate);
  const answers = state.answerDue && gate.upserts;
  if (part.upserts.size === 0 && part.removals.length === 0 && !answers) return { state };

  // State of the world has no word for the removal of an endpoint assignment, a route configuration or a runtime layer.
  const unspoken = variant === 'sotw' && !isFullStateType(state.typeUrl);
  const retained = unspoken ? stillHeld(state, part) : part.retained;
  const taken: TypeState = { ...state, owed: part.later, retained };
  if (unspoken && part.upserts.size === 0 && !answers) {
    return { state: atRest(taken) };
  }

  const content = contentOf(variant, taken, target, part);
  // Whole states of the world state the rejected names as well; any other response leaves them in doubt.
  const doubt = state.exchange.kind === 'rejected' ? state.exchange.doubt : undefined;
  const whole = variant === 'sotw' && isFullStateType(state.typeUrl);
  const stated =
    part.removals.length === 0 ? part.upserts : new Set([...part.upserts.keys(), ...part.removals]);
  const names = whole && doubt !== undefined ? new Set([...stated.keys(), ...doubt.names]) : stated;
  const offer = {
    nonce,
    version: content.version,
    target,
    names,
    madeForSeq: state.seq,
    seq: state.seq,
    complete: part.later.size === 0,
    sentAtMs: nowMs,
  };
  return {
    state: {
      ...taken,
      answerDue: state.answerDue && !answers,
      exchange: { kind: 'awaiting', offer, doubt: whole ? undefined : doubt },
      lastNonce: nonce,
    },
    response: {
      version: content.version,
      body: responseBody(variant, content),
      upserts: part.upserts,
    },
  };
}

interface Part {
  readonly upserts: Names;
  readonly removals: readonly string[];
  readonly later: ReadonlyMap<string, Known>;
  readonly retained: ReadonlyMap<string, Resource | undefined>;
}

/** A removal that the client is not told leaves it with what it holds: were that to come back, there is nothing to send (T4). */
function stillHeld(
  state: TypeState,
  { removals, retained }: Part,
): ReadonlyMap<string, Resource | undefined> {
  const held = new Map(retained);
  for (const name of removals) {
    const known = contentKnown(state.owed.get(name));
    if (known !== undefined) held.set(name, known);
  }
  return held;
}

function divide(state: TypeState, target: TypeResources, gate: Clearance): Part {
  const removals: string[] = [];
  const later = new Map<string, Known>();
  let everything = true;
  for (const [name, known] of state.owed) {
    const resource = target.byName.get(name);
    // What the client was never given is reported missing at once; what it holds goes when the gate opens.
    const passes =
      resource === undefined
        ? gate.removals || !state.retained.has(name)
        : gate.upserts && gate.holdsBack?.(resource) !== true;
    if (!passes) later.set(name, known);
    else if (resource === undefined) removals.push(name);
    everything &&= passes && resource !== undefined;
  }
  // The same object where possible: its encoded response is shared.
  if (everything) return { upserts: state.owed, removals, later: nothingOwed, retained: state.retained };
  const gone = new Set(removals);
  const upserts = new Set([...state.owed.keys()].filter((name) => !later.has(name) && !gone.has(name)));
  const retained = new Map([...state.retained].filter(([name]) => !gone.has(name)));
  return { upserts, removals, later, retained };
}

function contentOf(
  variant: 'sotw' | 'delta',
  state: TypeState,
  target: TypeResources,
  part: Part,
): ResponseContent {
  const { version } = target;
  const { typeUrl, subscription, retained } = state;
  const stated = { typeUrl, type: target, version, names: part.upserts, removed: part.removals, extra: [] };
  if (variant === 'delta') return stated;
  if (!isFullStateType(typeUrl)) return { ...stated, removed: [] };
  const names = subscription.wildcard
    ? target.names
    : new Set([...target.names].filter((name) => covers(subscription, name)));
  const extra = [...retained.values()].filter((resource) => resource !== undefined);
  // Another content needs another version: a client that reconnects with it does not hold the target.
  const told = extra.length === 0 ? version : `${version}+${extra.length}`;
  return { ...stated, version: told, names, removed: [], extra };
}
