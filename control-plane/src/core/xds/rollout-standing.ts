import { structureVersion } from './plan.ts';
import type { RolloutState } from './rollout-state.ts';

/**
 * Where a rollout has one proxy. `current`: it is offered what was published last; `canary`: it tries it before the others; `waiting`: for the
 * canary, which may not be chosen yet; `refused`: it keeps the accepted structure, for a canary rejected the newest or went away with it.
 */
export interface RolloutStanding {
  readonly stage: 'current' | 'canary' | 'waiting' | 'refused';
  /** The canary that is waited for, or that rejected; empty otherwise. */
  readonly canary: string;
  /** Why it was refused. */
  readonly error: string;
}

export const upToDate: RolloutStanding = { stage: 'current', canary: '', error: '' };

export function rolloutStanding(state: RolloutState, nodeId: string): RolloutStanding {
  switch (state.phase) {
    case 'empty':
    case 'open':
      return upToDate;
    case 'seeking':
      return { stage: 'waiting', canary: '', error: '' };
    case 'trying':
      return state.canary === nodeId
        ? { stage: 'canary', canary: '', error: '' }
        : { stage: 'waiting', canary: state.canary, error: '' };
    case 'settled': {
      if (state.common === state.newest) return upToDate;
      const structure = structureVersion(state.newest.snapshot);
      const refusal = state.refused.find((one) => one.structure === structure);
      return { stage: 'refused', canary: refusal?.nodeId ?? '', error: refusal?.error ?? '' };
    }
  }
}
