import type { Judgement } from '../judgement.ts';
import type { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import type { Observed } from './rule.ts';
import { shown } from './shown.ts';

/** A pair of currencies names its base first: EUR/GBP is {base: EUR, quote: GBP}, and the other way round it is another rate. */
export function pairSwapped(unproven: readonly Observed[]): Judgement | undefined {
  const found = unproven.filter(
    ({ legacy, modern, varies }) => !varies && (isSwapped(legacy, modern) || isSwapped(modern, legacy)),
  );
  const [first] = found;
  if (first === undefined) return undefined;
  return {
    verdict: 'bug',
    rule: 'pair-swapped',
    severity: 'critical',
    explanation: `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: base and quote of the pair are confused (${found.length} requests).`,
  };
}

function isSwapped(legacy: Side, modern: Side): boolean {
  const { fields } = modern;
  if (fields === undefined) return false;
  const texts = legacy.text === undefined ? [...(legacy.fields?.values() ?? [])] : [legacy.text];
  const pair = texts.flatMap((text) =>
    typeof text === 'string' ? [/^([A-Z]{3})[/-]([A-Z]{3})(?: [0-9.]{1,20})?$/.exec(text)] : [],
  );
  const [, base, quote] = pair.find((match) => match !== null) ?? [];
  if (base === undefined || base === quote) return false;
  const named = (keys: RegExp) => [...fields].find(([key]) => keys.test(wordsOf(key)))?.[1];
  return named(/^base\b/) === quote && named(/^(?:quote|counter|term)\b/) === base;
}
