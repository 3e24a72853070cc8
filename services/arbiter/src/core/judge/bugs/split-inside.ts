import type { Judgement } from '../judgement.ts';
import type { Side } from '../value/side.ts';
import type { BugRule, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** Delimiters, each of which separates what the ones behind it only divide further. */
const RANKED = ['\n', '|', ';', ','];

export const splitInside: BugRule = {
  name: 'split-inside',
  needs: ['tree'],
  shows:
    'A text of parts is split at a delimiter that stands within the parts, so that a part begins in one element and ends in the next (Garcia, Sam; Novak, Yuki split at the commas), or that modern leaves within the parts in other requests.',
  spares: 'Texts that are split at the delimiter of the highest rank in all requests.',
  find(context) {
    const found = splitWrongly(context.all);
    const [first] = found;
    if (first === undefined) return undefined;
    return { severity: severityOf(context), explanation: told(first), shownBy: found.length };
  },
};

/** The same of observations of which each by itself is proven: one is split where another is not. */
export function mixedSplits(all: readonly Observed[]): Judgement | undefined {
  const found = splitWrongly(all);
  const [first] = found;
  if (first === undefined) return undefined;
  const explanation = `${told(first)} (${found.length} of ${all.length} requests).`;
  return { verdict: 'bug', rule: splitInside.name, severity: 'major', explanation };
}

function told({ legacy, modern }: Observed): string {
  return `Legacy has ${shown(legacy)}, modern ${shown(modern)}: the parts are split in their middle`;
}

function splitWrongly(all: readonly Observed[]): readonly Observed[] {
  const listed = all.filter(
    ({ legacy, modern, varies }) =>
      !varies && legacy.text !== undefined && legacy.text.length <= 8192 && modern.items !== undefined,
  );
  if (listed.length === 0) return [];
  // What is quoted or escaped is no delimiter.
  const bare = listed.filter(({ legacy }) => !/["'\\]/.test(legacy.text ?? ''));
  const kept = new Set(
    bare.flatMap(({ modern }) =>
      RANKED.filter((sign) => partsOf(modern).some((part) => part.includes(sign))),
    ),
  );
  return listed.filter(({ legacy, modern }) => {
    const at = splitAt(legacy, modern);
    return at !== undefined && (kept.has(at) || isSplitInside(legacy, modern));
  });
}

/** Split at a delimiter, though one of a higher rank is left within the elements. */
export function isSplitInside(legacy: Side, modern: Side): boolean {
  const at = splitAt(legacy, modern);
  if (at === undefined) return false;
  return RANKED.slice(0, RANKED.indexOf(at)).some((outer) =>
    partsOf(modern).some((part) => part.includes(outer)),
  );
}

function splitAt({ text = '' }: Side, modern: Side): string | undefined {
  const parts = partsOf(modern);
  if (parts.length < 2) return undefined;
  const whole = parts.join('\0');
  return RANKED.find(
    (sign) =>
      text.includes(sign) &&
      text
        .split(sign)
        .map((part) => part.trim())
        .join('\0') === whole,
  );
}

/** The elements, when all are texts. */
function partsOf({ items = [] }: Side): readonly string[] {
  const parts = items.flatMap((item) => (typeof item === 'string' ? [item.trim()] : []));
  return parts.length === items.length ? parts : [];
}
