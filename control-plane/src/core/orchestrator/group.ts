import { type Stage, type StageEvent, transitions } from './stages.ts';

/** Modern's whole share, in basis points; weights are integers of this unit everywhere. */
export const fullWeightBp = 10_000;

/** State of one route group; a value, replaced as a whole. Times are milliseconds since the epoch. */
export interface GroupState {
  readonly name: string;
  readonly stage: Stage;
  readonly paused: boolean;
  /** Modern's share of the customers, 0 to 10,000. */
  readonly weightBp: number;
  readonly stageEnteredAtMs: number;
  /** When the weight last changed; the dwell of a step is counted from here. */
  readonly stepEnteredAtMs: number;
}

/** An event with what it needs. `weightBp` is the share wanted afterwards. */
export type GroupCommand =
  | { readonly event: 'step' | 'lower'; readonly weightBp: number }
  | { readonly event: Exclude<StageEvent, 'step' | 'lower'> };

export type TransitionResult =
  | { readonly kind: 'changed'; readonly group: GroupState }
  | { readonly kind: 'ignored'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string };

export function newGroup(name: string, nowMs: number): GroupState {
  return {
    name,
    stage: 'draft',
    paused: false,
    weightBp: 0,
    stageEnteredAtMs: nowMs,
    stepEnteredAtMs: nowMs,
  };
}

/** Applies one event. Gates are not looked at here: who sends `step` or `swap` has asked them. */
export function transition(group: GroupState, command: GroupCommand, nowMs: number): TransitionResult {
  const outcome = transitions[group.stage][command.event];
  if (outcome.kind === 'refuse') return { kind: 'refused', why: outcome.why };
  if (outcome.kind === 'ignore') return { kind: 'ignored', why: outcome.why };
  const flaw = weightFlaw(group, command);
  if (flaw !== undefined) return { kind: 'refused', why: flaw };
  const next: GroupState = {
    ...group,
    stage: outcome.kind === 'to' ? outcome.stage : group.stage,
    paused: command.event === 'pause' ? true : command.event === 'resume' ? false : group.paused,
    weightBp: weightAfter(group, command),
  };
  if (next.stage === group.stage && next.paused === group.paused && next.weightBp === group.weightBp) {
    return { kind: 'ignored', why: `nothing changes in ${group.stage}` };
  }
  return {
    kind: 'changed',
    group: {
      ...next,
      stageEnteredAtMs: next.stage === group.stage ? group.stageEnteredAtMs : nowMs,
      stepEnteredAtMs:
        next.stage === group.stage && next.weightBp === group.weightBp ? group.stepEnteredAtMs : nowMs,
    },
  };
}

/** The event that leads from one share to another, by its direction. */
export function commandForWeight(group: GroupState, weightBp: number): GroupCommand {
  if (weightBp <= 0) return { event: 'return' };
  if (weightBp < group.weightBp) return { event: 'lower', weightBp };
  return weightBp >= fullWeightBp ? { event: 'swap' } : { event: 'step', weightBp };
}

function weightFlaw(group: GroupState, command: GroupCommand): string | undefined {
  const raises = command.event === 'step' || command.event === 'swap';
  if (raises && group.paused) return 'it is paused; resume it first';
  if (command.event !== 'step' && command.event !== 'lower') return undefined;
  const { weightBp } = command;
  if (!Number.isInteger(weightBp) || weightBp <= 0 || weightBp >= fullWeightBp) {
    return `a canary's share lies between 0.01 and 99.99 %, not ${weightBp / 100} %`;
  }
  if (command.event === 'step' && weightBp <= group.weightBp) {
    return `a step must raise the share of ${group.weightBp / 100} %`;
  }
  if (command.event === 'lower' && weightBp >= group.weightBp) {
    return `lowering must reduce the share of ${group.weightBp / 100} %`;
  }
  return undefined;
}

function weightAfter(group: GroupState, command: GroupCommand): number {
  switch (command.event) {
    case 'step':
    case 'lower':
      return command.weightBp;
    case 'swap':
      return fullWeightBp;
    case 'return':
    case 'kill':
      return 0;
    case 'replace':
      // After the seal modern is all there is: a new build of it takes over at full weight.
      return group.stage === 'sealed' ? group.weightBp : 0;
    case 'start':
    case 'pause':
    case 'resume':
    case 'remediate':
    case 'seal':
      return group.weightBp;
  }
}
