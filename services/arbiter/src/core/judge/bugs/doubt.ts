import type { Context, Doubt } from './rule.ts';
import { shownRaw } from './shown.ts';

/** The doubt that is left when nothing proves the differences and no rule shows a bug. */
export function doubtOf({ unproven, all, episode }: Context): Doubt {
  const first = unproven[0];
  return doubtBetween(
    episode.field,
    first && [first.legacy.raw, first.modern.raw],
    `${unproven.length} of ${all.length}`,
  );
}

/** As {@link doubtOf}: the field's name, the first two values that differ as raw JSON (undefined: no field), and in how many of all requests. */
export function doubtBetween(
  field: string,
  values: readonly [string | undefined, string | undefined] | undefined,
  counts: string,
): Doubt {
  const example = values === undefined ? '' : `${shownRaw(values[0])} and ${shownRaw(values[1])}`;
  return {
    rule: 'unproven',
    explanation: `${counts} requests differ (${example}) and nothing proves or disproves that they mean the same.`,
    question: `May ${field || 'this field'} be ${example} for the same request?`,
  };
}
