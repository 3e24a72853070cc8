import { structureVersion, withRuntimeOf } from './plan.ts';
import type {
  RolloutEvent,
  RolloutOptions,
  RolloutState,
  RolloutStep,
  Seeking,
  Trying,
} from './rollout-state.ts';
import { accept, offerAll, passOver, refuse } from './rollout-verdicts.ts';

type Open = RolloutState & { readonly phase: 'open' };

type Handlers<S extends RolloutState> = {
  readonly [K in RolloutEvent['kind']]: (
    state: S,
    event: RolloutEvent & { kind: K },
    options: RolloutOptions,
  ) => RolloutStep;
};

const keep = (state: RolloutState): RolloutStep => ({ state, actions: [] });

/** Every phase times every event; the compiler holds it complete. */
const transitions: { readonly [P in RolloutState['phase']]: Handlers<RolloutState & { phase: P }> } = {
  empty: { published: judge, candidates: keep, answered: keep, left: keep, tick: keep },
  settled: { published: judge, candidates: keep, answered: keep, left: keep, tick: keep },
  open: { published: judge, candidates: keep, answered: answeredByAny, left: keep, tick: acceptOpen },
  seeking: { published: judge, candidates: choose, answered: keep, left: keep, tick: seekAgain },
  trying: {
    published: judge,
    candidates: keep,
    answered: answeredByCanary,
    left: canaryLeft,
    tick: canarySilent,
  },
};

/** One event of a rollout (R1–R7 of rollout-state.ts). */
export function rollout(state: RolloutState, event: RolloutEvent, options: RolloutOptions): RolloutStep {
  const handlers = transitions[state.phase];
  // The lookup pairs phase, event and handler; TypeScript cannot express that for unions.
  const handle = handlers[event.kind] as (
    state: RolloutState,
    event: RolloutEvent,
    options: RolloutOptions,
  ) => RolloutStep;
  return handle(state, event, options);
}

/** A publication: what is new in it is the runtime, a structure that was accepted or refused before, or one to try. */
function judge(
  before: RolloutState,
  { plan, nowMs }: RolloutEvent & { kind: 'published' },
  options: RolloutOptions,
): RolloutStep {
  const { refused } = before;
  const accepted = before.phase === 'empty' ? undefined : before.accepted;
  if (accepted === undefined) {
    return {
      state: { phase: 'open', newest: plan, accepted, acked: undefined, refused },
      actions: [offerAll],
    };
  }
  const structure = structureVersion(plan.snapshot);
  if (structure === structureVersion(accepted.snapshot)) {
    return {
      state: { phase: 'settled', newest: plan, accepted: plan, common: plan, refused },
      actions: [offerAll],
    };
  }
  const common = withRuntimeOf(accepted, plan);
  const base = { newest: plan, accepted, common, refused };
  if (refused.some((refusal) => refusal.structure === structure)) {
    return { state: { phase: 'settled', ...base }, actions: [offerAll] };
  }
  const same = before.phase !== 'empty' && structureVersion(before.newest.snapshot) === structure;
  if (same && before.phase !== 'settled') return { state: { ...before, ...base }, actions: [offerAll] };
  if (options.triesMax === 0)
    return { state: { phase: 'open', ...base, acked: undefined }, actions: [offerAll] };
  const fresh = { ...base, tries: 0, lost: 0, passedOver: new Set<string>() };
  // R6: the canary that was at it goes on with the newer one.
  if (before.phase === 'trying') {
    const { canary } = before;
    const trying: Trying = {
      phase: 'trying',
      ...fresh,
      tries: 1,
      canary,
      acked: false,
      deadlineMs: nowMs + options.deadlineMs,
    };
    return { state: trying, actions: [{ kind: 'tell', what: 'trying', nodeId: canary }, offerAll] };
  }
  return { state: { phase: 'seeking', ...fresh, notBeforeMs: nowMs }, actions: [offerAll, { kind: 'seek' }] };
}

function choose(
  state: Seeking,
  { nodeIds, nowMs }: RolloutEvent & { kind: 'candidates' },
  options: RolloutOptions,
): RolloutStep {
  if (nowMs < state.notBeforeMs) return keep(state);
  // One that was passed over is tried again only when there is no other.
  const canary = nodeIds.find((nodeId) => !state.passedOver.has(nodeId)) ?? nodeIds[0];
  if (canary === undefined) return keep(state);
  const { notBeforeMs: _, ...rest } = state;
  return {
    state: {
      ...rest,
      phase: 'trying',
      canary,
      tries: state.tries + 1,
      deadlineMs: nowMs + options.deadlineMs,
      acked: false,
    },
    actions: [
      { kind: 'tell', what: 'trying', nodeId: canary },
      { kind: 'offer', to: canary },
    ],
  };
}

function seekAgain(state: Seeking, { nowMs }: { readonly nowMs: number }): RolloutStep {
  return { state, actions: nowMs < state.notBeforeMs ? [] : [{ kind: 'seek' }] };
}

function answeredByCanary(state: Trying, event: RolloutEvent & { kind: 'answered' }): RolloutStep {
  if (event.nodeId !== state.canary) return keep(state);
  switch (event.standing) {
    case 'pending':
      return keep(state);
    case 'acked':
      return { state: { ...state, acked: true }, actions: [] };
    case 'accepted':
      return accept(state, event.nodeId);
    case 'rejected':
      return refuse(state, { nodeId: event.nodeId, error: event.error ?? '' });
  }
}

function answeredByAny(
  state: Open,
  event: RolloutEvent & { kind: 'answered' },
  options: RolloutOptions,
): RolloutStep {
  const { nodeId, standing, error = '', nowMs } = event;
  switch (standing) {
    case 'pending':
      return keep(state);
    case 'acked':
      return state.acked === undefined
        ? { state: { ...state, acked: { nodeId, deadlineMs: nowMs + options.deadlineMs } }, actions: [] }
        : keep(state);
    case 'accepted':
      return accept(state, nodeId);
    case 'rejected': {
      const { accepted } = state;
      // R7: without an accepted structure there is nothing to go back to.
      return accepted === undefined ? keep(state) : refuse({ ...state, accepted }, { nodeId, error });
    }
  }
}

function acceptOpen(state: Open, { nowMs }: { readonly nowMs: number }): RolloutStep {
  const { acked } = state;
  return acked === undefined || nowMs < acked.deadlineMs ? keep(state) : accept(state, acked.nodeId);
}

function canaryLeft(
  state: Trying,
  { nodeId }: RolloutEvent & { kind: 'left' },
  options: RolloutOptions,
): RolloutStep {
  if (nodeId !== state.canary) return keep(state);
  // Not at once: when all streams break together, that says nothing of the structure.
  return passOver({ ...state, lost: state.lost + 1 }, 'left', state.deadlineMs, options);
}

function canarySilent(
  state: Trying,
  { nowMs }: { readonly nowMs: number },
  options: RolloutOptions,
): RolloutStep {
  if (nowMs < state.deadlineMs) return keep(state);
  return state.acked ? accept(state, state.canary) : passOver(state, 'silent', nowMs, options);
}
