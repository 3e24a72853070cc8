import { sameReading } from '../readings/relate.ts';
import type { ProofRule } from './rule.ts';

export const codedNotation: ProofRule = {
  name: 'coded-notation',
  numbers: true,
  accepts:
    'The same thing in a coded notation of a closed domain, one side of which is recognised by its look: days, months, weeks, quarters, periods, times of day, coded numbers, countries, currencies and languages by their ISO codes.',
  refuses:
    'Any other day, month, number or code; two notations of which neither shows what it is; a domain that the look of both sides contradicts.',
  prove({ legacy, modern }) {
    const found = sameReading(legacy, modern);
    return found === undefined
      ? undefined
      : `Both are the same ${found.domain.name.replace('-', ' ')} (${found.legacy.reader}, ${found.modern.reader}).`;
  },
};
