import type { Context, Doubt } from './rule.ts';
import { shown } from './shown.ts';

/** The doubt that is left when nothing proves the differences and no rule shows a bug. */
export function doubtOf({ unproven, all, episode }: Context): Doubt {
  const first = unproven[0];
  const example = first === undefined ? '' : `${shown(first.legacy)} and ${shown(first.modern)}`;
  return {
    rule: 'unproven',
    explanation: `${unproven.length} of ${all.length} requests differ (${example}) and nothing proves or disproves that they mean the same.`,
    question: `May ${episode.field || 'this field'} be ${example} for the same request?`,
  };
}
