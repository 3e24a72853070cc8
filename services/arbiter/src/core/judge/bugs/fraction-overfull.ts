import type { Judgement } from '../judgement.ts';
import type { Side } from '../value/side.ts';
import { rawOf } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import type { Observed } from './rule.ts';
import { shown } from './shown.ts';

/** A percentage under the name of a fraction, which is at most one: "75%" and {"fraction":75}. */
export function fractionOverfull(unproven: readonly Observed[]): Judgement | undefined {
  const found = unproven.filter(({ legacy, modern, varies }) => !varies && isOverfull(legacy, modern));
  const [first] = found;
  if (first === undefined) return undefined;
  return {
    verdict: 'bug',
    rule: 'fraction-overfull',
    severity: 'critical',
    explanation: `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: the number of percent is told as a fraction (${found.length} requests).`,
  };
}

function isOverfull({ text = '' }: Side, { fields }: Side): boolean {
  const percent = /^([0-9]{1,6}(?:[.,][0-9]{1,6})?) ?%$/.exec(text)?.[1];
  const [[key, value] = ['', null], ...others] = fields ?? [];
  if (percent === undefined || others.length > 0 || value === null || !/\bfraction\b/.test(wordsOf(key)))
    return false;
  const number = Number(rawOf(value).replaceAll('"', ''));
  return number > 1 && number === Number(percent.replace(',', '.'));
}
