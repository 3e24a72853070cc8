import { gateShare } from '@chronos/cli/core/render/confidence-bar.ts';
import { count, durationText, percent } from '@chronos/cli/core/text/numbers.ts';
import {
  type Decision,
  DeploymentPhase,
  type GroupState,
  type MigrationState,
  Stage,
  UniverseName,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';

export type Standing = 'ahead' | 'now' | 'done';

export interface Act {
  readonly name: string;
  readonly standing: Standing;
  readonly text: string;
}

/** The demo's four acts, as the real system stands. `decisions` are newest first. */
export function actsOf(state: MigrationState, group: GroupState, decisions: readonly Decision[]): Act[] {
  const moving = group.stage === Stage.CANARY;
  const swapped = group.stage === Stage.SWAPPED || group.stage === Stage.SEALED;
  const killed = group.stage === Stage.KILLED;
  const mirrored = group.stage !== Stage.DRAFT && group.stage !== Stage.UNSPECIFIED;
  const remedied = buildsOf(state) > 1;
  const failing = mirrored && group.mismatched > 0n;
  const proven = remedied && !failing;
  const kill = decisions.find((each) => each.action === 'kill' && ['', group.name].includes(each.group));
  const act = (name: string, done: boolean, now: boolean, text: string): Act => ({
    name,
    standing: done ? 'done' : now ? 'now' : 'ahead',
    text,
  });
  return [
    act(
      'The Mirror',
      mirrored && (failing || remedied || moving || swapped || killed),
      mirrored,
      mirrored ? `${count(state.coverage?.compared ?? 0n)} requests compared` : 'waits for its start',
    ),
    act(
      'Remediation',
      proven || moving || swapped,
      failing && !killed,
      failing
        ? `modern differs in ${count(group.mismatched)} requests`
        : proven
          ? 'the corrected build serves'
          : 'causes, then a corrected build',
    ),
    act('Convergence', swapped, (proven && mirrored && !killed) || moving, convergenceText(group)),
    act(
      'The Kill Switch',
      !killed && state.kills > 0,
      killed,
      kill === undefined ? unusedText(group) : killText(kill),
    ),
  ];
}

function unusedText({ stage }: GroupState): string {
  return stage === Stage.SEALED ? 'was not needed; now there is no way back' : 'in reach: k, then Enter';
}

/** Only a kill that every proxy has ACKed has a duration; a note of the journal that one is not proven has none and is newer. */
function killText({ ackDuration }: Decision): string {
  return ackDuration === undefined
    ? 'not proven: clients may still be on modern; look at the proxies'
    : `every client back on legacy in ${durationText(ackDuration)}`;
}

/** Builds of modern that have served. */
function buildsOf({ deployments }: MigrationState): number {
  const unserved = [DeploymentPhase.STARTING, DeploymentPhase.FAILED];
  return deployments.filter(
    ({ universe, phase }) => universe === UniverseName.MODERN && !unserved.includes(phase),
  ).length;
}

function convergenceText(group: GroupState): string {
  if (group.stage === Stage.SEALED) return 'legacy is sealed in its Time Capsule';
  if (group.stage === Stage.SWAPPED) return 'Hot-Swap: modern answers everyone';
  const next = group.nextStep;
  if (group.stage === Stage.CANARY)
    return `modern answers ${percent(group.modernPercent)} % of the customers`;
  return next === undefined
    ? 'evidence opens the gates'
    : `confidence ${percent(group.confidence)} % of ${percent(next.confidenceNeeded)} %`;
}

/** As long as mismatches stand, modern is no better than this, however many requests match. */
const failingMax = 0.08;
const preset = 99;

/** How far modern is from red (0) to green (1), with the word for it. */
export function modernHealth(group: GroupState): { readonly share: number; readonly word: string } {
  if (group.stage === Stage.SWAPPED || group.stage === Stage.SEALED)
    return { share: 1, word: 'answers everyone' };
  if (group.compared === 0n) return { share: 0, word: 'not proven' };
  const share = gateShare(group.confidence, group.nextStep?.confidenceNeeded ?? preset);
  if (group.mismatched > 0n) return { share: Math.min(failingMax, share), word: 'differs' };
  return share >= 1 ? { share: 1, word: 'proven for the next step' } : { share, word: 'proves itself' };
}
