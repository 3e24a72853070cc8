import type { Context } from './bugs/rule.ts';
import type { Judgement } from './judgement.ts';
import { isNamedOtherwise } from './unit-names.ts';
import { sameDecimal } from './value/decimal.ts';
import { isGroupOrDecimals, readQuantity } from './value/quantities.ts';
import { wordsOf } from './value/text.ts';

/** Different numbers that have the same unit before it is called the field's. */
const NUMBERS_MIN = 3;

/** The currency is part of an amount and of a price; a share and a dozen are factors, without which the number is another. */
const PART_OF_VALUE: readonly string[] = ['EUR', 'CHF', 'USD', 'sterling', 'rand', 'share', 'count'];

/**
 * Numbers that lose the unit behind them, which is the same in every request: nothing is lost that any request tells apart. Where the units are
 * not the same, or a number is another, this says nothing.
 */
export function constantUnit({ episode, all, unproven }: Context): Judgement | undefined {
  const units = new Set<string>();
  const numbers = new Set<string>();
  let isPlain = false;
  for (const { legacy, modern, varies } of all) {
    const quantity = varies || legacy.text === undefined ? undefined : readQuantity(legacy);
    const number = modern.number;
    if (quantity === undefined || number === undefined || !sameDecimal(quantity.number, number))
      return undefined;
    if (PART_OF_VALUE.includes(quantity.unit.dimension.replace(/ per .*/, ''))) return undefined;
    // A name that tells another unit than the text did: the number is now read in that.
    if (isNamedOtherwise(wordsOf(episode.field), quantity.unit)) return undefined;
    if (!isGroupOrDecimals(legacy)) isPlain = true;
    units.add(quantity.unitName);
    numbers.add(legacy.raw ?? '');
  }
  const [unit] = units;
  if (units.size !== 1 || numbers.size < NUMBERS_MIN || !isPlain) return undefined;
  return {
    verdict: 'harmless',
    rule: 'constant-unit',
    severity: '',
    explanation: `The number is the same, and its unit was ${unit} for all ${numbers.size} of them; ${unproven.length} of ${all.length} requests.`,
  };
}

/** For the page of rules. */
export const CONSTANT_UNIT = {
  name: 'constant-unit',
  accepts:
    'Three numbers or more without the unit that stood behind each of them, always the same: "622 kWh" and 622.',
  refuses:
    'Units that differ, another number, fewer than three numbers, amounts and prices (their currency is part of them), shares and dozens, a field whose name tells another unit (distance_in_kilometres) or ends with a word that may be one that is not known (height_hands).',
};
