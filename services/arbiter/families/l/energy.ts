/** Meter readings, tariffs and consumption at an energy supplier. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, json, list, object } from '../kit-values.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['reading', 'registers', 'meterStand', 'zaehlerstand'],
      value(random) {
        const [day, night] = [random.int(1_000, 90_000), random.int(500, 60_000)];
        const named = (HT: number, NT: number) => json({ HT, NT });
        return { legacy: json(`HT=${day};NT=${night}`), right: named(day, night), wrong: named(night, day) };
      },
    },
    {
      name: 'l_tariff_registers_object',
      why: 'The day and night registers are the same, as members instead of pairs in a text.',
    },
    {
      name: 'l_tariff_registers_swapped',
      critical: true,
      why: 'The night reading stands in the day register and the other way round.',
    },
  ),
  ...twins(
    {
      fields: ['energy', 'gasConsumption', 'heatDelivered'],
      value(random) {
        const tenths = random.int(20, 9_000);
        const kwh = decimal(tenths, 1);
        return {
          legacy: object({ value: decimal(tenths * 36, 2), unit: '"MJ"' }),
          right: object({ value: kwh, unit: '"kWh"' }),
          wrong: object({ value: decimal(tenths * 36, 2), unit: '"kWh"' }),
        };
      },
    },
    {
      name: 'l_megajoule_to_kwh',
      why: 'One kilowatt-hour is 3.6 megajoules, so both quantities are the same energy.',
    },
    {
      name: 'l_megajoule_relabelled',
      critical: true,
      why: 'The unit was changed from MJ to kWh while the number stayed, 3.6 times the energy.',
    },
  ),
  ...twins(
    {
      fields: ['loadProfile', 'quarterHours', 'intervals'],
      value(random) {
        const runs = Array.from({ length: random.int(2, 5) }, (_, at) => ({
          times: random.int(2, 6),
          text: decimal(random.int(5, 40) * 10 + at, 2),
        }));
        const spread = (drop: number) =>
          list(runs.flatMap(({ times, text }) => Array.from({ length: times - drop }, () => text)));
        return {
          legacy: json(runs.map(({ times, text }) => `${times}*${text}`).join(' ')),
          right: spread(0),
          wrong: spread(1),
        };
      },
    },
    {
      name: 'l_load_profile_unrolled',
      why: 'The list repeats each value as often as the run length before the star says.',
    },
    {
      name: 'l_load_profile_short_runs',
      critical: true,
      why: 'Each run is one interval too short, so consumption is lost and the rest shifts in time.',
    },
  ),
  ...twins(
    {
      fields: ['meterValues', 'obisReadings', 'smartMeter'],
      value(random) {
        const [bought, sold] = [
          decimal(random.int(100_000, 900_000), 1),
          decimal(random.int(1_000, 90_000), 1),
        ];
        return {
          legacy: object({ '1.8.0': bought, '2.8.0': sold }),
          right: object({ import: bought, export: sold }),
          wrong: object({ import: sold, export: bought }),
        };
      },
    },
    {
      name: 'l_obis_named',
      why: 'OBIS 1.8.0 is energy taken from the grid and 2.8.0 energy fed in, which the new names say.',
    },
    {
      name: 'l_obis_import_export_swapped',
      critical: true,
      why: 'OBIS 1.8.0 is import, yet its figure is returned as export.',
    },
  ),
  ...twins(
    {
      fields: ['workPrice', 'tariff', 'arbeitspreis'],
      value(random) {
        const cents = random.int(1_800, 4_900);
        return {
          legacy: object({ price: decimal(cents, 2), currency: '"EUR"', per: '"100 kWh"' }),
          right: object({ price: decimal(cents, 4), currency: '"EUR"', per: '"kWh"' }),
          wrong: object({ price: decimal(cents, 2), currency: '"EUR"', per: '"kWh"' }),
        };
      },
    },
    { name: 'l_price_per_unit', why: 'A price per 100 kWh divided by 100 is the same price per kWh.' },
    {
      name: 'l_price_base_dropped',
      critical: true,
      why: 'The price for 100 kWh is now charged for each single kWh.',
    },
  ),
  ...coded(
    ['readingType', 'ablesehinweis', 'readingQuality'],
    [
      ['EST', 'ESTIMATED', 'ACTUAL'],
      ['ACT', 'ACTUAL'],
      ['CUST', 'CUSTOMER_REPORTED'],
      ['REPL', 'REPLACED'],
    ],
    {
      name: 'l_reading_quality_words',
      why: 'Each abbreviation is spelled out as the word that it abbreviates.',
    },
    {
      name: 'l_estimate_called_actual',
      critical: false,
      why: 'An estimated reading is returned as an actual one.',
    },
  ),
  ...twins(
    {
      fields: ['reading', 'consumption', 'lastValue', 'flow'],
      least: 5,
      value(random) {
        if (random.chance(0.3)) return { legacy: '"n/a"', right: 'null', wrong: '0' };
        const value = decimal(random.int(12, 9_000), 1);
        return { legacy: json(value), right: value };
      },
    },
    {
      name: 'l_not_available_null',
      why: 'The text n/a says that there is no value, and so does null; the numbers are equal.',
    },
    {
      name: 'l_not_available_zero',
      critical: true,
      why: 'A value that is not available is returned as a measured zero.',
    },
  ),
];
