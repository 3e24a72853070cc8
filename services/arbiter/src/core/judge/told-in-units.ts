import { countedUnit } from './proofs/duration-notation.ts';
import { epochUnit } from './proofs/instant-notation.ts';
import { Side } from './value/side.ts';
import { wordsOf } from './value/text.ts';

const NAMED_UNIT = /(?:ms|millis|milliseconds|s|sec|secs|seconds|min|mins|minutes|hours?|h)$/;

/** What a bare number beside a duration or an instant counts, where its name does not say so: within one value all count the same. */
export function countedBy(
  rule: string,
  legacy: string | undefined,
  modern: string | undefined,
  name: string,
): string | undefined {
  const word = wordsOf(name).split(' ').at(-1) ?? '';
  if (rule === 'duration-notation' && !NAMED_UNIT.test(word))
    return countedUnit(new Side(legacy), new Side(modern));
  return rule === 'same-instant' ? epochUnit(legacy, modern) : undefined;
}
