import { relateInstants } from '../meaning/instants.ts';
import { relateNumbers } from '../meaning/numbers.ts';
import { once, type Reading } from '../observe.ts';
import { sameReading } from '../readings/relate.ts';
import { plainText, unescapeEntities } from '../value/text.ts';
import type { BugRule, Context, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export interface TextPair {
  readonly at: Observed;
  readonly legacy: string;
  readonly modern: string;
  /** The same of what the texts say, without blanks, line ends and character references; undefined where that is no other pair. */
  readonly plain?: TextPair;
}

/** The unproven observations in which both sides are texts that are neither numbers nor instants, while legacy repeats itself. */
export function textPairs(read: Reading): readonly TextPair[] {
  return once(read, readPairs);
}

function readPairs(context: Reading): readonly TextPair[] {
  const pairs: TextPair[] = [];
  for (const at of context.unproven) {
    const legacy = at.legacy.text;
    const modern = at.modern.text;
    if (at.varies || legacy === undefined || modern === undefined || legacy === '' || modern === '') continue;
    if (relateNumbers(at.legacy, at.modern, context.profile) !== undefined) continue;
    if (relateInstants(at.legacy, at.modern, context.profile) !== undefined) continue;
    // What one of them may mean by the look of the other is for the rules of coded values; but any figures may be a day.
    const same = sameReading(at.legacy, at.modern);
    if (same !== undefined && same.domain.name !== 'coded-day') continue;
    const plain = plainPair({ at, legacy, modern });
    pairs.push({ at, legacy, modern, ...(plain && { plain }) });
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
    needs: ['texts'],
    find(context) {
      let shownBy = 0;
      let explanation = '';
      for (const pair of textPairs(context)) {
        const found = how(pair, context) ?? (pair.plain && how(pair.plain, context));
        if (found === undefined) continue;
        shownBy += 1;
        explanation ||= `Legacy has ${shown(pair.at.legacy)}, modern ${shown(pair.at.modern)}: ${found}`;
      }
      return shownBy === 0 ? undefined : { severity: severityOf(context), explanation, shownBy };
    },
  };
}

/** A slip may hide behind blanks, line ends or character references that modern rightly no longer writes. */
function plainPair({ at, legacy, modern }: TextPair): TextPair | undefined {
  const plain = plainText(unescapeEntities(legacy) ?? legacy).trim();
  return plain === legacy || plain === '' || plain === plainText(modern).trim()
    ? undefined
    : { at, legacy: plain, modern };
}
