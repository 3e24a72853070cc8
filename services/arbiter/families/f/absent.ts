/** What is absent, empty or unknown, as PHP, MySQL and Java write it. */
import { germanIbanDigits } from '../check-digits.ts';
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, list, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['closedOn', 'terminatedAt', 'lastClaim', 'deathDate'],
      once: true,
      value: (random) => {
        if (random.chance(0.5)) {
          const day = json(Day.any(random, 2015, 2026).iso);
          return { legacy: day, right: day };
        }
        return shown(json('0000-00-00'), 'null', json('-0001-11-30'));
      },
    },
    { name: 'f_zero_date_null', why: "MySQL's date of zeros says that there is none, and so does null." },
    {
      name: 'f_zero_date_parsed',
      critical: false,
      why: 'The date of zeros was parsed into the last day of November before year 0.',
    },
  ),
  ...twins(
    {
      fields: ['loanToValue', 'personalRate', 'riskScore', 'coverRatio'],
      least: 3,
      value: (random) => {
        const text = decimal(random.int(110, 9_800), 2);
        if (random.chance(0.6)) return { legacy: json(text), right: json(text) };
        return shown(json('n/a'), 'null', json('0.00'));
      },
    },
    { name: 'f_not_available_null', why: 'Both n/a and null say that there is no value.' },
    {
      name: 'f_not_available_zero',
      critical: true,
      why: 'An unknown ratio or rate became zero, which is the best or the cheapest one.',
    },
  ),
  ...twins(
    {
      fields: ['metadata', 'attributes', 'customFields', 'extras'],
      least: 2,
      value: (random) => {
        if (random.chance(0.4)) return { legacy: '[]', right: '{}' };
        const pairs = {
          channel: json(random.pick(['app', 'web', 'branch'])),
          campaign: json(`K${random.digits(3)}`),
        };
        return shown(object(pairs), object(pairs), '{}');
      },
    },
    { name: 'f_php_empty_map', why: 'PHP writes an empty map as an empty list; both hold nothing.' },
    { name: 'f_php_map_emptied', critical: false, why: 'Maps that hold entries in legacy are empty.' },
  ),
  ...twins(
    {
      fields: ['signers', 'coHolders', 'insuredPersons', 'drivers'],
      least: 2,
      value: (random) => {
        const names = random.shuffled(surnames).slice(0, random.int(2, 5)).map(json);
        if (random.chance(0.4)) return { legacy: list(names), right: list(names) };
        const gap = random.int(1, names.length - 1);
        const keyed = object(
          Object.fromEntries(names.map((name, at) => [String(at < gap ? at : at + 1), name])),
        );
        return shown(keyed, list(names), list(names.slice(0, gap)));
      },
    },
    {
      name: 'f_php_sparse_list',
      why: 'PHP writes a list with a gap in its keys as a map; it holds the same names in the same order.',
    },
    {
      name: 'f_php_sparse_list_cut',
      critical: true,
      why: 'The persons after a gap in the keys are missing: the loop ended at the first missing index.',
    },
  ),
  ...twins(
    {
      fields: ['creditor', 'bankDetails', 'counterparty', 'recipient'],
      value: (random) => {
        const account = random.digits(18);
        const iban = json(`DE${germanIbanDigits(account)}${account}`);
        if (random.chance(0.5))
          return { legacy: object({ iban, reference: 'null' }), right: object({ iban }) };
        const reference = json(`INV-${random.int(2019, 2026)}-${random.digits(5)}`);
        return shown(object({ iban, reference }), object({ iban, reference }), object({ iban }));
      },
      least: 2,
    },
    { name: 'f_null_member_left_out', why: 'Only members without a value are left out of the object.' },
    {
      name: 'f_reference_member_forgotten',
      critical: false,
      why: 'The reference is missing although legacy has one.',
    },
  ),
];
