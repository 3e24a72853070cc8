import { clockTimes } from './clock-times.ts';
import { codedNumbers } from './coded-numbers.ts';
import { days } from './days.ts';
import { numberLists } from './number-lists.ts';
import { months, periods, quarters, weeks } from './periods.ts';
import type { Domain } from './reading.ts';
import { countries, currencies, languages } from './registries.ts';
import { TECHNICAL } from './technical.ts';

/** Domains of closed meaning beyond plain numbers and instants. */
export const DOMAINS: readonly Domain[] = [
  codedNumbers,
  numberLists,
  days,
  months,
  weeks,
  quarters,
  periods,
  clockTimes,
  countries,
  currencies,
  languages,
  ...TECHNICAL,
];
