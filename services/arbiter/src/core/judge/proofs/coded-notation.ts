import type { FieldProfile } from '../profile.ts';
import { type ReadingPair, sameReading } from '../readings/relate.ts';
import { type Side, Side as SideOf } from '../value/side.ts';
import type { ProofRule } from './rule.ts';

export const codedNotation: ProofRule = {
  name: 'coded-notation',
  accepts:
    'The same thing in a coded notation of a closed domain, one side of which is recognised by its look: days, months, weeks, quarters, periods, times of day, coded numbers, countries, currencies and languages by their ISO codes.',
  refuses:
    'Any other day, month, number or code; two notations of which neither shows what it is; a domain that the look of both sides contradicts; 202405 as a week where all values may be months, a last C or D as a sign where other values are overpunched.',
  prove({ legacy, modern, profile }) {
    // The same word is for code-case.
    if (legacy.text !== undefined && legacy.text.toLowerCase() === modern.text?.toLowerCase())
      return undefined;
    const found = sameReading(legacy, modern);
    return found === undefined || !isSettled(found, profile) || !areOfDomain(found, legacy, profile)
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

/** Codes of a few letters are those of a domain only where all codes of the field are: CA beside NY is no country. */
function areOfDomain({ domain }: ReadingPair, { text }: Side, { data }: FieldProfile): boolean {
  if (text === undefined || !/^[A-Za-z]{1,3}$/.test(text) || /^[IVXLC]+$/.test(text)) return true;
  return data.legacy.vocabulary.every((raw) => {
    const other = new SideOf(raw);
    return (
      other.text === undefined || !/^[A-Za-z]{1,3}$/.test(other.text) || other.read(domain.read).length > 0
    );
  });
}
