import { structureVersion, withRuntimeOf } from './plan.ts';
import type { Refusal, RolloutAction, RolloutOptions, RolloutStep, Trying } from './rollout-state.ts';
import type { Plan } from './stream-state.ts';

/** Refused structures that are remembered. */
const REFUSED_MAX = 16;

export const offerAll: RolloutAction = { kind: 'offer', to: 'all' };

/** R5. */
export function passOver(
  { canary, deadlineMs: _, acked: __, ...state }: Trying,
  what: 'silent' | 'left',
  notBeforeMs: number,
  options: RolloutOptions,
): RolloutStep {
  const told: RolloutAction = { kind: 'tell', what, nodeId: canary };
  const takenBack: RolloutAction = { kind: 'offer', to: canary };
  if (state.tries < options.triesMax) {
    const passedOver = new Set([...state.passedOver, canary]);
    const seek: readonly RolloutAction[] = what === 'left' ? [] : [{ kind: 'seek' }];
    return {
      state: { ...state, phase: 'seeking', passedOver, notBeforeMs },
      actions: [told, takenBack, ...seek],
    };
  }
  if (state.lost > 0) {
    const error = `${state.tries} proxies tried it, ${state.lost} of them went away`;
    const refused = refuse(state, { nodeId: canary, error });
    return { ...refused, actions: [told, ...refused.actions] };
  }
  const { newest, accepted, refused } = state;
  return {
    state: { phase: 'open', newest, accepted, acked: undefined, refused },
    actions: [told, { kind: 'tell', what: 'opened', nodeId: canary }, offerAll],
  };
}

/** R3. */
export function accept(
  { newest, refused }: { readonly newest: Plan; readonly refused: readonly Refusal[] },
  nodeId: string,
): RolloutStep {
  return {
    state: { phase: 'settled', newest, accepted: newest, common: newest, refused },
    actions: [{ kind: 'tell', what: 'accepted', nodeId }, offerAll],
  };
}

/** R4. */
export function refuse(
  {
    newest,
    accepted,
    refused,
  }: { readonly newest: Plan; readonly accepted: Plan; readonly refused: readonly Refusal[] },
  { nodeId, error }: { readonly nodeId: string; readonly error: string },
): RolloutStep {
  const refusal: Refusal = { structure: structureVersion(newest.snapshot), nodeId, error };
  return {
    state: {
      phase: 'settled',
      newest,
      accepted,
      common: withRuntimeOf(accepted, newest),
      refused: [refusal, ...refused].slice(0, REFUSED_MAX),
    },
    actions: [{ kind: 'tell', what: 'refused', nodeId, error }, offerAll],
  };
}
