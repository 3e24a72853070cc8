/** States and codes, translated by tables. */
import { coded } from '../code-table.ts';

const cardStates = coded(
  ['cardStatus', 'plasticState', 'cardState', 'state'],
  [
    ['ACT', 'ACTIVE'],
    ['BLK', 'BLOCKED', 'ACTIVE'],
    ['EXP', 'EXPIRED', 'ACTIVE'],
    ['STL', 'STOLEN', 'ACTIVE'],
    ['CAN', 'CANCELLED'],
  ],
  { name: 'e_card_state_spelled_out', why: 'Each code of three letters became the word it abbreviates.' },
  {
    name: 'e_blocked_card_active',
    critical: true,
    why: 'Blocked, expired or stolen cards are answered as active: the default of an unmapped code.',
  },
);

const currencyNumbers = coded(
  ['currencyCode', 'waers', 'txnCurrency', 'settlementCurrency'],
  [
    ['978', 'EUR'],
    ['840', 'USD', 'EUR'],
    ['826', 'GBP', 'EUR'],
    ['756', 'CHF', 'EUR'],
    ['392', 'JPY', 'EUR'],
    ['752', 'SEK', 'EUR'],
  ],
  { name: 'e_currency_number_to_letters', why: 'ISO 4217 gives each currency a number and three letters.' },
  {
    name: 'e_currency_number_default_euro',
    critical: true,
    why: 'Numbers of other currencies became EUR: the table was not complete.',
  },
);

const countries = coded(
  ['country', 'residence', 'taxCountry', 'issuerCountry'],
  [
    ['DE', 'DEU'],
    ['AT', 'AUT', 'AUS'],
    ['CH', 'CHE', 'CHN'],
    ['IE', 'IRL', 'IRN'],
    ['SE', 'SWE', 'SEN'],
    ['FR', 'FRA'],
    ['SK', 'SVK', 'SVN'],
  ],
  { name: 'e_country_in_three_letters', why: 'ISO 3166 gives each country two letters and three.' },
  {
    name: 'e_country_taken_for_neighbour_in_table',
    critical: true,
    why: 'Austria became Australia, Switzerland China: codes were matched by their looks.',
  },
  2,
);

const zones = coded(
  ['timezone', 'branchZone', 'tz', 'zoneId'],
  [
    ['US/Eastern', 'America/New_York', 'America/Chicago'],
    ['Asia/Calcutta', 'Asia/Kolkata', 'Asia/Karachi'],
    ['Asia/Saigon', 'Asia/Ho_Chi_Minh', 'Asia/Tokyo'],
    ['Europe/Kiev', 'Europe/Kyiv', 'Europe/Moscow'],
    ['Europe/Berlin', 'Europe/Berlin'],
  ],
  { name: 'e_time_zone_by_new_name', why: 'The IANA database keeps the old names as links to the new.' },
  {
    name: 'e_time_zone_of_other_place',
    critical: false,
    why: 'The zone is that of a place with another clock.',
  },
);

const threeValued = coded(
  ['consent', 'pepCheck', 'marketingOptIn', 'kycPassed'],
  [
    ['YES', 'true'],
    ['NO', 'false', 'true'],
    ['UNKNOWN', 'unknown', 'true'],
  ],
  { name: 'e_answers_of_three_kinds', why: 'Yes, no and unknown keep their three meanings as texts.' },
  {
    name: 'e_any_answer_is_true',
    critical: true,
    why: 'No and unknown became true: any text that is not empty counts as true in the new language.',
  },
  3,
);

export const families = [...cardStates, ...currencyNumbers, ...countries, ...zones, ...threeValued];
