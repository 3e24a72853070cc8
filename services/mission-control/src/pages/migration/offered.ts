import { percent } from '@chronos/cli/core/text/numbers.ts';
import { type MigrationState, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { movingGroups } from './which-group.ts';

export interface Offered {
  readonly start: 'Start' | 'Start again' | undefined;
  readonly pause: boolean;
  readonly resume: boolean;
  readonly weight: boolean;
  readonly seal: boolean;
}

const started: ReadonlySet<Stage> = new Set([Stage.SHADOW, Stage.CANARY, Stage.SWAPPED]);

/** What makes sense now, of the route `chosen` or (empty) of any that moves. The seal is the whole migration's: every route must be swapped. */
export function offered(state: MigrationState, chosen: string): Offered {
  const groups = movingGroups(state).filter((group) => chosen === '' || group.name === chosen);
  const killed = groups.some(({ stage }) => stage === Stage.KILLED);
  const draft = groups.some(({ stage }) => stage === Stage.DRAFT);
  const running = groups.filter(({ stage }) => started.has(stage));
  return {
    start: killed ? 'Start again' : draft ? 'Start' : undefined,
    pause: running.some(({ paused }) => !paused),
    resume: groups.some(({ paused }) => paused),
    weight: running.length > 0,
    seal: state.groups.length > 0 && state.groups.every(({ stage }) => stage === Stage.SWAPPED),
  };
}

/** What may be set by hand, said without a claim about gates: whether one is open, the server alone knows. */
export function weightHint(state: MigrationState): string {
  const steps = state.spec?.policy?.ladder.map((step) => percent(step.percent)) ?? [];
  return `Steps: ${steps.join(', ')}. Up only where the gate is open; down to anything.`;
}
