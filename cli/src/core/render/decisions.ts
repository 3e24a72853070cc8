import type { Decision } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { storyOf, type Tone } from '../story.ts';
import { printable } from '../text/cells.ts';
import { timeOfDay } from '../text/numbers.ts';
import type { Palette } from '../text/palette.ts';

/** One decision as a line with its time. */
export function decisionLine(decision: Decision, colors: Palette): string {
  return `${colors.dim(timeOfDay(decision.at))}  ${decisionText(decision, colors)}`;
}

/** What happened in the words of the story, why, and who, unless it was Chronos itself. */
export function decisionText(decision: Decision, colors: Palette): string {
  const story = storyOf(decision);
  const byOther = decision.actor !== '' && decision.actor !== 'chronos';
  const actor = byOther ? colors.dim(` (by ${printable(decision.actor)})`) : '';
  const reason = story.reason === '' ? '' : ` — ${story.reason}`;
  return `${paint(story.tone, colors)(printable(story.headline))}${reason}${actor}`;
}

function paint(tone: Tone, colors: Palette): (text: string) => string {
  return tone === 'plain' ? colors.bold : (text) => colors.bold(colors[tone](text));
}
