import type { Side } from '../value/side.ts';
import { businessWords } from './business-words.ts';
import { floatRegisters, guidBytes, ulids } from './byte-words.ts';
import { clockTimes } from './clock-times.ts';
import { bloodGroups, CODE_SETS, dailyCounts, isOfCodeSets, romanNumerals } from './code-sets.ts';
import { codedNumbers } from './coded-numbers.ts';
import { cronTimes } from './cron-times.ts';
import { csvTables } from './csv-tables.ts';
import { dangerousGoods } from './dangerous-goods.ts';
import { dayCounts } from './day-counts.ts';
import { dayRanges } from './day-ranges.ts';
import { days } from './days.ts';
import { debitCredit } from './debit-credit.ts';
import { edifactParties } from './edifact-parties.ts';
import { elementStrings } from './element-strings.ts';
import { encodedData } from './encoded-data.ts';
import { fractions } from './fractions.ts';
import { geoPoints } from './geo-points.ts';
import { gestation } from './gestation.ts';
import { gridReferences } from './grid-references.ts';
import { hostNames } from './host-names.ts';
import { intervals } from './intervals.ts';
import { LOOKS, lookOf } from './look.ts';
import { feetAndInches, intakeSchemes, packedDecimals, temperatureRanges, workedHours } from './measures.ts';
import { monthSets } from './month-sets.ts';
import { numberLists } from './number-lists.ts';
import { odds } from './odds.ts';
import { optionSymbols } from './option-symbols.ts';
import { months, periods, quarters, weeks } from './periods.ts';
import { polylines } from './polylines.ts';
import { positions, ranges, slots, weekdaySets } from './ranges.ts';
import { rates } from './rates.ts';
import type { Domain } from './reading.ts';
import { recurrences } from './recurrences.ts';
import { paymentReferences, personalNumbers, shortArticles } from './reference-numbers.ts';
import { cardChips, drugCodes, meterRegisters, partialDates } from './registered-numbers.ts';
import { countries, currencies, languages } from './registries.ts';
import { serialTimes } from './serial-times.ts';
import { serviceTimes } from './service-times.ts';
import { spans } from './spans.ts';
import { statementLines } from './statement-lines.ts';
import { subscriberNumbers } from './subscriber-numbers.ts';
import { taxYears } from './tax-years.ts';
import { addresses, colours, fileModes, mediaTypes, versions } from './technical.ts';
import { telephones } from './telephones.ts';
import { tiers } from './tiers.ts';
import { timeSeries } from './time-series.ts';
import { timeZones } from './time-zones.ts';
import { timesAndDays } from './times-and-days.ts';
import { toldPeriods } from './told-periods.ts';
import { travelDocuments } from './travel-documents.ts';
import { airTemperatures, weatherReports } from './weather-reports.ts';
import { WEB_VALUES } from './web-values.ts';
import { weekdays } from './weekdays.ts';
import { zonedTimes } from './zoned-times.ts';

/** Each with the looks that its reader reads anything of (readings.test.ts holds both together): on other values it is not tried. */
const NOTATIONS: readonly (readonly [Domain, looks: string])[] = [
  [codedNumbers, 'number object F L FL FM LM FLM'],
  [numberLists, 'list FM FLM'],
  [fractions, 'number FM'],
  [days, 'number object F FL FM FLM'],
  [weekdays, 'L LM'],
  [months, 'number F FL FM FLM'],
  [weeks, 'number F FL FM FLM'],
  [quarters, 'FL FM FLM'],
  [spans, 'object F FL FM FLM'],
  [periods, 'object F L FL FM LM FLM'],
  [dayCounts, 'FM LM FLM'],
  [debitCredit, 'L LM'],
  [clockTimes, 'number F FL FM FLM'],
  [countries, 'number F L LM'],
  [currencies, 'number F L LM'],
  [languages, 'number F L LM'],
  [timeZones, 'LM'],
  [hostNames, 'LM FLM'],
  [colours, 'number object FM LM FLM'],
  [addresses, 'number F FM FLM'],
  [fileModes, 'number F LM'],
  [mediaTypes, 'LM FLM'],
  [versions, 'FM FLM'],
  [romanNumerals, 'number F L'],
  [bloodGroups, 'F L FL FM LM FLM'],
  [dailyCounts, 'object L FL LM FLM'],
  [ranges, 'object F FL FM FLM'],
  [slots, 'object FL FM FLM'],
  [weekdaySets, 'list object F L LM FLM'],
  [monthSets, 'list F'],
  [taxYears, 'FM'],
  [dayRanges, 'FM FLM'],
  [timesAndDays, 'object F FM'],
  [positions, 'number object F FM'],
  [cardChips, 'number F FL'],
  [drugCodes, 'number F FM'],
  [meterRegisters, 'FM'],
  [partialDates, 'number object F FM'],
  [zonedTimes, 'object F FL FM FLM'],
  [optionSymbols, 'object FL FLM'],
  [geoPoints, 'object FLM'],
  [serialTimes, 'number F FL FM FLM'],
  [intervals, 'object FM FLM any'],
  [encodedData, 'object'],
  [cronTimes, 'object FM FLM LM'],
  [telephones, 'object F FM FLM'],
  [businessWords, 'L LM'],
  [rates, 'object FM FLM'],
  [recurrences, 'LM FLM'],
  [weatherReports, 'object FLM'],
  [airTemperatures, 'object FM FLM'],
  [dangerousGoods, 'object FLM'],
  [elementStrings, 'object FM FLM'],
  [travelDocuments, 'object FLM'],
  [subscriberNumbers, 'object F'],
  [gridReferences, 'object FLM FL'],
  [odds, 'object FM FLM'],
  [shortArticles, 'F'],
  [paymentReferences, 'F FL FM FLM'],
  [personalNumbers, 'F FM'],
  [guidBytes, 'object FM FLM'],
  [ulids, 'FL FM FLM'],
  [floatRegisters, 'number object FM FLM LM'],
  [polylines, 'object list L LM FL FLM FM any'],
  [serviceTimes, 'object FM FLM'],
  [gestation, 'number object FM FLM'],
  [statementLines, 'object FLM'],
  [timeSeries, 'object list'],
  [tiers, 'list'],
  [toldPeriods, 'object'],
  [edifactParties, 'object FLM LM any'],
  [csvTables, 'FL FM LM FLM any'],
  [feetAndInches, 'object FM FLM'],
  [workedHours, 'object'],
  [packedDecimals, 'number object F FM'],
  [intakeSchemes, 'object FM any'],
  [temperatureRanges, 'object FLM any'],
  ...WEB_VALUES,
];

/** Domains of closed meaning beyond plain numbers and instants. */
export const DOMAINS: readonly Domain[] = [...NOTATIONS.map(([domain]) => domain), ...CODE_SETS];

const OF_LOOK = new Map(
  LOOKS.map((look) => {
    const notations = NOTATIONS.filter(([, looks]) => look === 'any' || looks.split(' ').includes(look));
    const domains = notations.map(([domain]) => domain);
    return [look, { notations: domains, all: [...domains, ...CODE_SETS] }] as const;
  }),
);

/** Those that may read a value: by its look, and the sets of codes, which have each word of theirs in one table. */
export function domainsOf(side: Side): readonly Domain[] {
  const of = OF_LOOK.get(lookOf(side));
  return (isOfCodeSets(side) ? of?.all : of?.notations) ?? DOMAINS;
}
