/** Families of a telecoms company: subscriptions, customers and tariffs. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { cities, Day, json, list } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const options = [
  'ROAM_EU',
  'VOICEMAIL',
  'DATA_5G',
  'MULTISIM',
  'CLIR',
  'CALLWAIT',
  'FAX',
  'SPOTIFY',
] as const;
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] as const;

export const families: readonly Family[] = [
  ...coded(
    ['subscriptionStatus', 'SUBS_STAT', 'lifecycle'],
    [
      ['ACTV', 'active'],
      ['SUSP', 'suspended', 'active'],
      ['TERM', 'terminated', 'suspended'],
      ['PEND', 'pending'],
      ['PORT', 'ported'],
    ],
    { name: 'subscription_status_words', why: 'Each legacy abbreviation becomes the word it abbreviates.' },
    {
      name: 'subscription_suspended_as_active',
      critical: true,
      why: 'Suspended lines are shown as active, or terminated ones as merely suspended.',
    },
    3,
  ),
  ...twins(
    {
      fields: ['premiumNumbersBarred', 'marketingConsent', 'roamingAllowed'],
      least: 4,
      value(random) {
        const on = random.chance(0.5);
        return shownJson(on ? 'Y' : 'N', on, true);
      },
    },
    { name: 'line_flag_letter', why: 'Y and N are true and false.' },
    {
      name: 'line_flag_any_text_true',
      critical: true,
      why: 'N becomes true, as when any text that is not empty counts as true.',
    },
  ),
  ...twins(
    {
      fields: ['options', 'activeServices', 'OPT_LIST'],
      least: 4,
      value(random) {
        const codes = random.shuffled(options).slice(0, random.int(2, 6));
        const again = json(random.shuffled(codes));
        const sorted = [...codes].sort();
        return { ...shownJson(codes, sorted, sorted.slice(0, -1)), legacy2: again };
      },
    },
    {
      name: 'tariff_options_sorted',
      why: "Legacy's own order changes from run to run; the same options are there.",
    },
    {
      name: 'tariff_options_one_lost',
      critical: true,
      why: 'An option that the customer has booked is missing, whatever the order.',
    },
  ),
  ...twins(
    {
      fields: ['birthDate', 'dateOfBirth'],
      clear: true,
      value(random) {
        const day = Day.any(random, 1951, 1999);
        const old = `${day.dd}-${months[day.month - 1]}-${day.yyyy.slice(2)}`;
        return shownJson(old, day.iso, `20${day.iso.slice(2)}`);
      },
    },
    {
      name: 'birth_date_two_digit_year',
      why: 'A person of year 85 was born in 1985; both sides give the same day.',
    },
    {
      name: 'birth_date_in_the_future',
      critical: true,
      why: 'Customers are born a hundred years late, in the future or as infants.',
    },
  ),
  ...twins(
    {
      fields: ['contractEnd', 'validUntil', 'END_TS'],
      value(random) {
        const day = Day.any(random, 2024, 2029);
        return shownJson(`${day.iso}T24:00:00`, `${day.plus(1).iso}T00:00:00`, `${day.iso}T00:00:00`);
      },
    },
    { name: 'contract_end_at_24', why: '24:00 of a day is 00:00 of the next day (ISO 8601).' },
    {
      name: 'contract_ends_a_day_early',
      critical: true,
      why: '24:00 becomes 00:00 of the same day, so the contract ends a day early.',
    },
  ),
  ...twins(
    {
      fields: ['installationCity', 'city', 'FML_CITY'],
      least: 4,
      value(random) {
        const [city, before] = [random.pick(cities), random.pick(cities)];
        const padded = city.padEnd(10);
        return shownJson(padded, city, city + before.slice(city.length));
      },
    },
    {
      name: 'city_padding_trimmed',
      why: 'The city is the same; only the padding of the fixed field is gone.',
    },
    {
      name: 'city_of_uncleared_buffer',
      critical: true,
      why: 'The end of another, longer city stands behind the city, as in a buffer that is not cleared.',
    },
  ),
  ...twins(
    {
      clear: true,
      fields: ['tariffPrices', 'pricesRising', 'offerPrices'],
      value(random) {
        const prices = [
          '4.99',
          '9.99',
          random.pick(['14.99', '19.99']),
          '49.90',
          random.pick(['100.00', '129.00']),
        ];
        const numbers = (texts: readonly string[]) => list(texts.map((text) => String(Number(text))));
        return { legacy: json(prices), right: numbers(prices), wrong: numbers([...prices].sort()) };
      },
    },
    { name: 'tariffs_by_price', why: 'The same prices in the same rising order, as numbers.' },
    {
      name: 'tariffs_sorted_as_text',
      critical: false,
      why: 'Prices are sorted as text (100 before 14.99) where legacy sorts them by amount.',
    },
  ),
];
