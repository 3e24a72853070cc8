/** Families of a customs house: values, duties, origins, terms and parties. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { companies, Day, decimal, grouped, json, minorUnits, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['customsValue', 'statisticalValue', 'WERT'],
      value(random) {
        const minor = minorUnits(random, 1500, 90_000_000);
        const text = decimal(minor, 2);
        const old = grouped(text, '.', ',');
        return shown(json(old), text, String(Number.parseFloat(old)));
      },
    },
    { name: 'customs_value_decimal_comma', why: 'Dots group thousands and the comma is the decimal sign.' },
    {
      name: 'customs_value_cut_at_comma',
      critical: true,
      why: 'The value is read up to its comma, with the dot of the thousands as decimal point.',
    },
  ),
  ...twins(
    {
      fields: ['dutyRate', 'ZOLLSATZ', 'rate'],
      value(random) {
        const tenths = random.int(5, 320);
        return shown(json(`${decimal(tenths, 1)} %`), String(tenths / 1000), String(tenths / 100));
      },
    },
    {
      name: 'duty_percent_as_fraction',
      why: 'A percentage with its sign and the fraction are the same rate.',
    },
    {
      name: 'duty_percent_tenfold',
      critical: true,
      why: 'The fraction is ten times the rate that legacy states in percent.',
    },
  ),
  ...coded(
    ['countryOfOrigin', 'originCountry'],
    [
      ['276', 'DE'],
      ['040', 'AT', 'AU'],
      ['036', 'AU', 'AT'],
      ['756', 'CH'],
      ['752', 'SE', 'CH'],
      ['703', 'SK', 'SI'],
      ['705', 'SI', 'SK'],
      ['528', 'NL'],
    ],
    {
      name: 'origin_numeric_to_letters',
      why: 'ISO 3166 has both the number and the letters for each of the countries.',
    },
    {
      name: 'origin_confused_with_similar_name',
      critical: true,
      why: 'Austria and Australia, Sweden and Switzerland or Slovakia and Slovenia are confused.',
    },
    4,
  ),
  ...coded(
    ['incoterm', 'deliveryTerms'],
    [
      ['EXW', 'Ex Works'],
      ['FCA', 'Free Carrier', 'Free Alongside Ship'],
      ['FOB', 'Free On Board'],
      ['CIF', 'Cost, Insurance and Freight', 'Cost and Freight'],
      ['CIP', 'Carriage and Insurance Paid To', 'Carriage Paid To'],
      ['DDP', 'Delivered Duty Paid', 'Delivered At Place'],
      ['DAP', 'Delivered At Place', 'Delivered Duty Paid'],
    ],
    { name: 'incoterm_spelled_out', why: 'Each three-letter Incoterm becomes its own official wording.' },
    {
      name: 'incoterm_other_terms',
      critical: true,
      why: 'Some terms are spelled out as others, so somebody else pays for duty or insurance.',
    },
    3,
  ),
  ...twins(
    {
      fields: ['releasedOn', 'clearanceDate', 'FREIGABE'],
      least: 4,
      value(random) {
        const day = Day.any(random, 2022, 2026);
        return random.chance(0.4)
          ? shownJson('0001-01-01', null, '2026-11-20')
          : shownJson(day.iso, day.iso, day.iso);
      },
    },
    {
      name: 'db2_no_date_as_null',
      why: 'The first day of year 1 is how DB2 programs say that there is no date.',
    },
    {
      name: 'no_date_becomes_migration_day',
      critical: true,
      why: 'Goods without a release date (year 1) get a real one, always the same day.',
    },
  ),
  ...twins(
    {
      fields: ['declarantName', 'exporter', 'party'],
      value(random) {
        const name = `${random.pick(['Müller', 'Åkesson', 'Łódź', 'Peña', 'Gößling'])} ${random.pick(companies)}`;
        const escapes = (slash: string) =>
          name.replace(/[^\0-\x7f]/g, (at) => `${slash}u${at.charCodeAt(0).toString(16).padStart(4, '0')}`);
        return shown(`"${escapes('\\')}"`, json(name), json(escapes('\\')));
      },
    },
    { name: 'party_name_json_escapes', why: 'JSON escapes and the letters themselves are the same text.' },
    {
      name: 'party_name_escaped_twice',
      critical: true,
      why: 'The name contains backslashes and code numbers instead of its letters.',
    },
  ),
  ...twins(
    {
      fields: ['duties', 'charges', 'assessment'],
      value(random) {
        const [duty, excise] = [minorUnits(random, 500, 900_000), minorUnits(random, 100, 90_000)];
        const old = object({ duty: json(decimal(duty, 2)), excise: json(decimal(excise, 2)) });
        const modern = (first: number, second: number) =>
          object({ duty: decimal(first, 2), excise: decimal(second, 2) });
        return shown(old, modern(duty, excise), modern(excise, duty));
      },
    },
    { name: 'assessment_typed', why: 'Duty and excise keep their amounts, as numbers.' },
    {
      name: 'assessment_swapped',
      critical: true,
      why: 'The amounts of duty and excise are exchanged.',
    },
  ),
];
