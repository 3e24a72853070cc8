/** How DB2 and Smalltalk write things, and what .NET makes of them. */
import { type Family, twins } from '../kit.ts';
import {
  cities,
  Day,
  decimal,
  grouped,
  json,
  minorUnits,
  object,
  streets,
  timeOfDay,
} from '../kit-values.ts';
import { shown } from '../shown.ts';

const umlauts = ['Müller', 'Lefèvre', 'Björk', 'Núñez', 'Grün', 'Sørensen', 'Bäcker', 'Fröhlich'] as const;

/** JSON text with every character outside ASCII as an escape. */
const escaped = (text: string) =>
  json(text).replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['coverEnd', 'closedAt', 'expiry', 'TS_END'],
      value(random) {
        const day = Day.any(random, 2018, 2026);
        const next = json(`${day.plus(1).iso}T00:00:00`);
        if (random.chance(0.5))
          return shown(json(`${day.iso}-24.00.00.000000`), next, json(`${day.iso}T00:00:00`));
        const time = timeOfDay(random).text;
        return {
          legacy: json(`${day.iso}-${time.replaceAll(':', '.')}.000000`),
          right: json(`${day.iso}T${time}`),
        };
      },
    },
    {
      name: 'db2_hour_24_into_next_day',
      why: 'In DB2 the hour 24 of a day is the same moment as the hour 0 of the next one.',
    },
    {
      name: 'db2_hour_24_into_same_day',
      why: 'The end of a day became its beginning, which is 24 hours earlier.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['holderName', 'beneficiary', 'driver', 'lastName'],
      value(random) {
        const name = random.pick(umlauts);
        const wrong = Buffer.from(name, 'utf8').toString('latin1');
        return shown(json(name), escaped(name), json(wrong));
      },
    },
    {
      name: 'name_with_json_escapes',
      why: 'JSON escapes and plain characters are two writings of the same text.',
    },
    {
      name: 'name_utf8_read_as_latin1',
      why: 'The letters with accents became two wrong characters each.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['riskAddress', 'premises', 'insuredObject', 'location'],
      least: 2,
      value(random) {
        const [street, no, city] = [random.pick(streets), random.int(1, 180), random.pick(cities)];
        const legacy = object({ line1: json(`${street} ${no}`.padEnd(30)), line2: json(city.padEnd(30)) });
        const answer = (line1: string) => object({ line1: json(line1), line2: json(city) });
        return shown(legacy, answer(`${street} ${no}`), answer(street));
      },
    },
    {
      name: 'address_lines_unpadded',
      why: 'Only the blanks at the end of the fixed lines are gone.',
    },
    {
      name: 'address_without_house_number',
      why: 'The house number is missing, so another house may be insured.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['rebuildCost', 'estimate', 'insuredValue', 'quotedTotal'],
      value(random) {
        const plain = decimal(minorUnits(random, 120_000, 80_000_000), 2);
        const [first] = grouped(plain, '.').split('.');
        return shown(
          json(grouped(plain, '.', ',')),
          plain,
          `${first}.${plain.replace('.', '').slice(first!.length, -2)}`,
        );
      },
    },
    {
      name: 'continental_text_into_number',
      why: 'Points group the thousands and the comma precedes the cents: the number is the same.',
    },
    {
      name: 'continental_text_in_wrong_culture',
      why: 'The text was parsed in a culture where the first point is the decimal point.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['occupation', 'vehicleModel', 'tariffName', 'label'],
      once: true,
      value(random) {
        const text = random.pick([
          'Butcher & Sons',
          'R&D engineer',
          'Bed & Breakfast',
          'Plumbing < 10 staff',
          'Deli & Wine',
        ]);
        const legacy = json(text);
        const right = legacy.replaceAll('&', '\\u0026').replaceAll('<', '\\u003c');
        return shown(
          legacy,
          right,
          json(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('&', '&amp;')),
        );
      },
    },
    {
      name: 'ampersand_as_json_escape',
      why: 'The new serializer escapes & and < in JSON, which every parser reads as the same text.',
    },
    {
      name: 'ampersand_encoded_twice',
      why: 'The text carries HTML entities that were encoded twice, and shows them to the reader.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['requestGuid', 'correlationId', 'messageGuid', 'traceToken'],
      clear: true,
      least: 4,
      value(random) {
        const guid = () => [8, 4, 4, 4, 12].map((length) => random.hex(length)).join('-');
        const braces = () => json(`{${guid().toUpperCase()}}`);
        return {
          legacy: braces(),
          legacy2: braces(),
          right: json(guid()),
          wrong: json('00000000-0000-0000-0000-000000000000'),
        };
      },
    },
    {
      name: 'fresh_guid_without_braces',
      why: 'Each answer of legacy has a fresh GUID as well; the rewrite writes its own without braces.',
    },
    {
      name: 'fresh_guid_all_zero',
      why: 'The empty GUID is answered where each request should get a fresh one.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['nextVisit', 'cancelledOn', 'lastPaymentDate', 'inspectionDate'],
      least: 5,
      value(random) {
        if (random.chance(0.4)) return { legacy: 'null', right: 'null', wrong: json('0001-01-01T00:00:00') };
        const day = Day.any(random, 2019, 2026);
        return { legacy: json(`${day.dd}.${day.mm}.${day.yyyy}`), right: json(day.iso) };
      },
    },
    {
      name: 'nullable_date_into_iso',
      why: 'Days are the same in ISO form, and where legacy has none the rewrite has none.',
    },
    {
      name: 'nullable_date_into_year_one',
      why: 'Where legacy has no date the rewrite answers the first day of the calendar, as DateTime does by default.',
      critical: false,
    },
  ),
];
