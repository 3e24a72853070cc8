/** Decisions of the journal in the words of the story: Time Rift, Parallel Universes, Hot-Swap, Kill Switch, Time Capsule. */
import { type Decision, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { printable } from './text/cells.ts';
import { durationText, percent } from './text/numbers.ts';

export type Tone = 'good' | 'bad' | 'warn' | 'accent' | 'plain';

export type StoryLine = { readonly tone: Tone; readonly headline: string; readonly reason: string };

export function storyOf(decision: Decision): StoryLine {
  const acked = durationText(decision.ackDuration);
  // The first line: what follows are a log's last lines, which the deployments show.
  const [first = '', ...rest] = decision.reason.split('\n');
  const told = rest.length === 0 ? first : `${first} …`;
  const reason = printable(acked === '' ? told : `${told} (every proxy ACKed within ${acked})`);
  const group = decision.group === '' ? '' : `${decision.group}: `;
  const line = (tone: Tone, headline: string): StoryLine => ({
    tone,
    headline: `${group}${headline}`,
    reason,
  });
  switch (decision.action) {
    case 'start':
      return line('accent', 'Parallel Universes: both see the same requests, legacy answers');
    case 'step':
      return line('good', stepHeadline(decision));
    case 'return':
      return line(
        'warn',
        `back from ${percent(decision.fromPercent)} % to ${percent(decision.toPercent)} % on modern`,
      );
    case 'kill':
      return line('bad', killHeadline(decision));
    case 'seal':
      return line('good', 'Time Capsule: legacy is sealed');
    default:
      return line('plain', plainHeadlines[decision.action] ?? decision.action);
  }
}

/** Back on legacy is what every proxy has ACKed. The journal's note that a kill is not proven changes no stage. */
function killHeadline({ ackDuration, toStage }: Decision): string {
  if (toStage === Stage.UNSPECIFIED) return 'Kill Switch: not proven';
  const every = ackDuration === undefined ? 'every client is sent back to' : 'every client is back on';
  return `Kill Switch: ${every} legacy`;
}

/** An epoch that begins with a deployment: the journal has both, the story needs one line. */
export function repeatsDeployment(before: Decision | undefined, decision: Decision): boolean {
  if (before?.action !== 'deploy' || decision.action !== 'epoch') return false;
  return before.reason.startsWith(decision.reason.replace(/^evidence begins anew: /, ''));
}

/** Actions that need no story. */
const plainHeadlines: Readonly<Record<string, string>> = {
  apply: 'migration applied',
  deploy: 'build deployed',
  epoch: 'new epoch of evidence',
  pause: 'paused',
  resume: 'resumed',
  hold: 'held',
  answer: 'question answered',
  rule: 'rule changed',
  verify: 'verification begun',
  copy: 'copy begun',
  stop: 'stopped',
};

function stepHeadline(decision: Decision): string {
  if (decision.toStage === Stage.SWAPPED || decision.toPercent >= 100)
    return 'Hot-Swap: modern answers everyone, legacy gets the copies';
  return `Time Rift: ${percent(decision.fromPercent)} % → ${percent(decision.toPercent)} % of the customers are answered by modern`;
}

/** Stage in the word of the API, lower case. */
export function stageName(stage: Stage): string {
  return (Stage[stage] ?? 'unknown').toLowerCase();
}
