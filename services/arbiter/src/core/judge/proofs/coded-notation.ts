import { sameReading } from '../readings/relate.ts';
import { areOfDomain, isSettled } from '../readings/settled.ts';
import { isOddYear, yearTold } from '../value/centuries.ts';
import type { ProofRule } from './rule.ts';

export const codedNotation: ProofRule = {
  name: 'coded-notation',
  ofField: true,
  accepts:
    'The same thing in a coded notation of a closed domain, one side of which is recognised by its look: days, months, weeks, quarters, periods, times of day, coded numbers, countries, currencies and languages by their ISO codes.',
  refuses:
    'Any other day, month, number or code; two notations of which neither shows what it is; a domain that the look of both sides contradicts; 202405 as a week where all values may be months, a last C or D as a sign where other values are overpunched; a code of one or two letters of which the field has no two others of its set and no name of it; figures that are of two notations (200512, 09/10) unless another value or the name excludes one; a day of birth of two digits that would be yet to come, or a maturity of a hundred years ago.',
  prove({ legacy, modern, profile, field }) {
    // The same word is for code-case.
    if (legacy.text !== undefined && legacy.text.toLowerCase() === modern.text?.toLowerCase())
      return undefined;
    const found = sameReading(legacy, modern);
    const year = found?.domain.name === 'coded-day' ? yearTold(legacy, modern) : undefined;
    if (year !== undefined && isOddYear(field, year)) return undefined;
    return found === undefined ||
      !isSettled(found, profile, field, legacy.text ?? legacy.raw ?? '') ||
      !areOfDomain(found, legacy, modern, profile, field)
      ? undefined
      : `Both are the same ${found.domain.name.replace('-', ' ')} (${found.legacy.reader}, ${found.modern.reader}).`;
  },
};
