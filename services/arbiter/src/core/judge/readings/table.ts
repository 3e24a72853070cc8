import type { Side } from '../value/side.ts';
import { businessWords } from './business-words.ts';
import { clockTimes } from './clock-times.ts';
import { bloodGroups, CODE_SETS, dailyCounts, isOfCodeSets, romanNumerals } from './code-sets.ts';
import { codedNumbers } from './coded-numbers.ts';
import { dayCounts } from './day-counts.ts';
import { days } from './days.ts';
import { debitCredit } from './debit-credit.ts';
import { fractions } from './fractions.ts';
import { geoPoints } from './geo-points.ts';
import { hostNames } from './host-names.ts';
import { monthSets } from './month-sets.ts';
import { numberLists } from './number-lists.ts';
import { optionSymbols } from './option-symbols.ts';
import { months, periods, quarters, weeks } from './periods.ts';
import { positions, ranges, slots, weekdaySets } from './ranges.ts';
import type { Domain } from './reading.ts';
import { cardChips, drugCodes, meterRegisters, partialDates } from './registered-numbers.ts';
import { countries, currencies, languages } from './registries.ts';
import { serialTimes } from './serial-times.ts';
import { spans } from './spans.ts';
import { taxYears } from './tax-years.ts';
import { TECHNICAL } from './technical.ts';
import { timeZones } from './time-zones.ts';
import { weekdays } from './weekdays.ts';

import { zonedTimes } from './zoned-times.ts';

const NOTATIONS: readonly Domain[] = [
  codedNumbers,
  numberLists,
  fractions,
  days,
  weekdays,
  months,
  weeks,
  quarters,
  spans,
  periods,
  dayCounts,
  debitCredit,
  clockTimes,
  countries,
  currencies,
  languages,
  timeZones,
  hostNames,
  ...TECHNICAL,
  romanNumerals,
  bloodGroups,
  dailyCounts,
  ranges,
  slots,
  weekdaySets,
  monthSets,
  taxYears,
  positions,
  cardChips,
  drugCodes,
  meterRegisters,
  partialDates,
  zonedTimes,
  optionSymbols,
  geoPoints,
  serialTimes,
  businessWords,
];

/** Domains of closed meaning beyond plain numbers and instants. */
export const DOMAINS: readonly Domain[] = [...NOTATIONS, ...CODE_SETS];

/** Those that may read a value: the sets of codes have each word of theirs in one table. */
export function domainsOf(side: Side): readonly Domain[] {
  return isOfCodeSets(side) ? DOMAINS : NOTATIONS;
}
