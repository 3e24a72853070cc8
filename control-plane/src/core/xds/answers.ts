import { withUnknown } from './owed.ts';
import { keepGood, oweChanges } from './retarget.ts';
import { covers } from './subscription.ts';
import { type Exchange, idle, type Rejection, type TypeEvent, type TypeState } from './type-state.ts';

type Handlers = { [K in TypeEvent['kind']]: (state: TypeState, event: TypeEvent & { kind: K }) => TypeState };

const keep = (state: TypeState): TypeState => state;

/** Every state of the exchange times every event; the compiler holds it complete. */
const transitions: Record<Exchange['kind'], Handlers> = {
  // A second answer to an answered response is a change of the subscription, which is applied before this table (T2).
  idle: { ack: keep, nack: keep, plain: keep, stale: keep, retarget: oweChanges },
  awaiting: { ack: settle, nack: reject, plain: keep, stale: keep, retarget: oweChanges },
  // After a NACK a client goes on to name the rejected nonce without an error when it changes its subscription: no ACK (T2).
  rejected: { ack: keep, nack: keep, plain: keep, stale: keep, retarget: offerAgain },
};

export function transition(state: TypeState, event: TypeEvent): TypeState {
  const handlers = transitions[state.exchange.kind];
  // The lookup by `event.kind` pairs handler and event; TypeScript cannot express that for a union.
  return (handlers[event.kind] as (state: TypeState, event: TypeEvent) => TypeState)(state, event);
}

/** T6: nothing is owed and nothing unanswered, so the client runs the target. */
export function atRest(state: TypeState): TypeState {
  const { target, seq, acked, rejection } = state;
  const resting = state.exchange.kind === 'idle' && state.owed.size === 0 && !state.answerDue;
  if (!resting || target === undefined || state.settledSeq === seq) return state;
  return {
    ...state,
    settledSeq: seq,
    good: target,
    // Where nothing that it subscribes to changed, the client runs the newer version without having been told its name.
    acked: acked === undefined ? undefined : { ...acked, version: target.version },
    rejection: clearedBy(seq, rejection),
  };
}

function settle(state: TypeState, { atMs }: { readonly atMs: number }): TypeState {
  if (state.exchange.kind !== 'awaiting') return state;
  const { offer, doubt } = state.exchange;
  const accepted = { ...state, good: offer.target, acked: { version: offer.version, atMs } };
  if (doubt !== undefined) return correct({ ...accepted, exchange: { kind: 'rejected', doubt } });
  const settles = offer.complete && offer.seq <= state.seq;
  return {
    ...accepted,
    exchange: idle,
    rejection: clearedBy(offer.seq, state.rejection),
    settledSeq: settles ? Math.max(state.settledSeq, offer.seq) : state.settledSeq,
  };
}

/** Only newer content corrects a rejected one; the last good one, offered again, does not. */
function clearedBy(seq: number, rejection: Rejection | undefined): Rejection | undefined {
  return rejection === undefined || seq > rejection.seq ? undefined : rejection;
}

function reject(state: TypeState, event: { readonly atMs: number; readonly error: string }): TypeState {
  if (state.exchange.kind !== 'awaiting') return state;
  const { offer, doubt } = state.exchange;
  // What was rejected and is gone by now is kept for the client in the version that it accepted, if there was one.
  const retained = new Map(state.retained);
  for (const name of state.retained.keys()) if (offer.names.has(name)) keepGood(retained, name, state.good);
  const rejected: TypeState = {
    ...state,
    retained,
    exchange: {
      kind: 'rejected',
      doubt: {
        names: new Set([...offer.names.keys(), ...(doubt?.names ?? [])]),
        version: offer.target.version,
      },
    },
    rejection: {
      version: offer.version,
      target: offer.target,
      names: offer.names,
      error: event.error,
      atMs: event.atMs,
      seq: offer.madeForSeq,
    },
  };
  return correct(rejected);
}

function offerAgain(state: TypeState, event: TypeEvent & { kind: 'retarget' }): TypeState {
  return correct(oweChanges(state, event));
}

/** T3: once the content is another, what was rejected is owed again, whatever the client made of it. */
function correct(state: TypeState): TypeState {
  if (state.exchange.kind !== 'rejected') return state;
  const { names, version } = state.exchange.doubt;
  if (state.target === undefined || state.target.version === version) return state;
  // A rejected response without names (an empty state of the world) is answered by the next whole state.
  return {
    ...state,
    exchange: idle,
    owed: withUnknown(state.owed, names, (name) => covers(state.subscription, name)),
    answerDue: state.answerDue || names.size === 0,
  };
}
