import { firstOwed, withUnknown } from './owed.ts';
import { covers, type SubscriptionChange } from './subscription.ts';
import { type Held, idle, type TypeState } from './type-state.ts';

/** The state after a type's first request on a stream, before any target. */
export function openType(typeUrl: string, change: SubscriptionChange, held: Held): TypeState {
  return {
    typeUrl,
    subscription: change.subscription,
    target: undefined,
    seq: -1,
    settledSeq: -1,
    owed: firstOwed(change.owed, held),
    retained: new Map(),
    answerDue: change.wildcardAdded && held.byName.size === 0 && held.version === '',
    held,
    exchange: idle,
    lastNonce: '',
    good: undefined,
    acked: undefined,
    rejection: undefined,
  };
}

/** Applies what a later request changes in the subscription. */
export function resubscribe(state: TypeState, change: SubscriptionChange): TypeState {
  const { subscription } = change;
  if (subscription === state.subscription && change.owed.size === 0 && !change.wildcardAdded) return state;
  const wanted = new Map([...state.owed].filter(([name]) => covers(subscription, name)));
  const asked = change.wildcardAdded ? [...change.owed, ...(state.target?.names ?? [])] : change.owed;
  const retained = new Map([...state.retained].filter(([name]) => covers(subscription, name)));
  const answerDue = state.answerDue || change.wildcardAdded;
  const more = answerDue || change.owed.size > 0;
  return {
    ...state,
    subscription,
    owed: withUnknown(wanted, asked),
    retained,
    answerDue,
    ...(more && unsettled(state)),
  };
}

/** More is owed of what the client was to have: not even the answer that is under way settles it (T6). */
function unsettled({ exchange }: TypeState): Pick<TypeState, 'settledSeq' | 'exchange'> {
  if (exchange.kind !== 'awaiting') return { settledSeq: -1, exchange };
  return { settledSeq: -1, exchange: { ...exchange, offer: { ...exchange.offer, complete: false } } };
}

/** Makes resources due again, if the client subscribes to them (T4's exception). */
export function oweAgain(state: TypeState, names: Iterable<string>): TypeState {
  const owes = (name: string) => state.owed.has(name) && state.owed.get(name) === undefined;
  const more = [...names].filter(
    (name) => covers(state.subscription, name) && state.target?.byName.has(name) && !owes(name),
  );
  if (more.length === 0) return state;
  return { ...state, owed: withUnknown(state.owed, more), ...unsettled(state) };
}
