import type { FieldProfile } from '../profile.ts';
import { CODE_SET } from '../readings/code-sets.ts';
import { type ReadingPair, sameReading } from '../readings/relate.ts';
import { isOddYear, yearTold } from '../value/centuries.ts';
import { type Side, Side as SideOf } from '../value/side.ts';
import type { ProofRule } from './rule.ts';

export const codedNotation: ProofRule = {
  name: 'coded-notation',
  ofField: true,
  accepts:
    'The same thing in a coded notation of a closed domain, one side of which is recognised by its look: days, months, weeks, quarters, periods, times of day, coded numbers, countries, currencies and languages by their ISO codes.',
  refuses:
    'Any other day, month, number or code; two notations of which neither shows what it is; a domain that the look of both sides contradicts; 202405 as a week where all values may be months, a last C or D as a sign where other values are overpunched; a code of one or two letters of which the field has no other of its set; a day of birth of two digits that would be yet to come, or a maturity of a hundred years ago.',
  prove({ legacy, modern, profile, field }) {
    // The same word is for code-case.
    if (legacy.text !== undefined && legacy.text.toLowerCase() === modern.text?.toLowerCase())
      return undefined;
    const found = sameReading(legacy, modern);
    const year = found?.domain.name === 'coded-day' ? yearTold(legacy, modern) : undefined;
    if (year !== undefined && isOddYear(field, year)) return undefined;
    return found === undefined || !isSettled(found, profile) || !areOfDomain(found, legacy, modern, profile)
      ? undefined
      : `Both are the same ${found.domain.name.replace('-', ' ')} (${found.legacy.reader}, ${found.modern.reader}).`;
  },
};

/** Whether the field's other values leave the notation open, where one value alone can be of two. */
function isSettled({ legacy }: ReadingPair, { data }: FieldProfile): boolean {
  const values = data.legacy.vocabulary.map((raw) => raw.replaceAll('"', ''));
  if (legacy.reader === 'YYYYWW')
    return values.some((text) => /^[0-9]{6}$/.test(text) && Number(text.slice(4)) > 12);
  if (legacy.reader === 'packed decimal')
    return data.observed > 0 && !values.some((text) => /^[0-9]+[{}ABEG-R]$/.test(text));
  return true;
}

/**
 * Codes of a few letters are those of a domain only where all codes of the field are: CA beside NY is no country. One of one or two letters is
 * a code of anything, so that another code of the same set has to stand beside it (C is CREDIT where D is there, too, not where S is), or each of
 * its letters begins a word (SW, south-west).
 */
function areOfDomain(
  { domain, legacy }: ReadingPair,
  { text }: Side,
  modern: Side,
  { data }: FieldProfile,
): boolean {
  if (text === undefined || !/^[A-Za-z]{1,3}$/.test(text)) return true;
  if (domain.name === 'roman-numeral' && /^[IVXLC]+$/.test(text)) return true;
  const codes = data.legacy.vocabulary
    .map((raw) => new SideOf(raw))
    .filter((other) => /^[A-Za-z]{1,3}$/.test(other.text ?? ''));
  const keys = codes.map((other) => other.read(domain.read)[0]?.key);
  const isCertain = legacy.reader !== CODE_SET || text.length > 2 || new Set(keys).size > 1;
  return (isCertain || areInitials(text, modern.text ?? '')) && !keys.includes(undefined);
}

function areInitials(code: string, name: string): boolean {
  const words = name.toUpperCase().split(/[^\p{L}]+/u);
  return code.length > 1 && words.map((word) => word[0]).join('') === code.toUpperCase();
}
