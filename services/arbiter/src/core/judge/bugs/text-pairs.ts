import { relateInstants } from '../meaning/instants.ts';
import { relateNumbers } from '../meaning/numbers.ts';
import { plainText, unescapeEntities } from '../value/text.ts';
import type { BugRule, Context, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export interface TextPair {
  readonly at: Observed;
  readonly legacy: string;
  readonly modern: string;
}

/** The unproven observations in which both sides are texts that are neither numbers nor instants, while legacy repeats itself. */
export function textPairs(context: Pick<Context, 'unproven' | 'profile'>): TextPair[] {
  const pairs: TextPair[] = [];
  for (const at of context.unproven) {
    const legacy = at.legacy.text;
    const modern = at.modern.text;
    if (at.varies || legacy === undefined || modern === undefined || legacy === '' || modern === '') continue;
    if (relateNumbers(at.legacy, at.modern, context.profile) !== undefined) continue;
    if (relateInstants(at.legacy, at.modern, context.profile) !== undefined) continue;
    pairs.push({ at, legacy, modern });
  }
  return pairs;
}

/** A bug rule over texts that one observation is enough to show. */
export function textRule(
  rule: Pick<BugRule, 'name' | 'shows' | 'spares'> & {
    how(pair: TextPair, context: Context): string | undefined;
  },
): BugRule {
  const { how, ...rest } = rule;
  return {
    ...rest,
    find(context) {
      let shownBy = 0;
      let explanation = '';
      for (const pair of textPairs(context)) {
        const found = how(pair, context) ?? howPlain(how, pair, context);
        if (found === undefined) continue;
        shownBy += 1;
        explanation ||= `Legacy has ${shown(pair.at.legacy)}, modern ${shown(pair.at.modern)}: ${found}`;
      }
      return shownBy === 0 ? undefined : { severity: severityOf(context), explanation, shownBy };
    },
  };
}

/** As `how`, of what the texts say: a slip may hide behind blanks, line ends or character references that modern rightly no longer writes. */
function howPlain(
  how: (pair: TextPair, context: Context) => string | undefined,
  { at, legacy, modern }: TextPair,
  context: Context,
): string | undefined {
  const plain = plainText(unescapeEntities(legacy) ?? legacy).trim();
  if (plain === legacy || plain === '' || plain === plainText(modern).trim()) return undefined;
  return how({ at, legacy: plain, modern }, context);
}
