/** Meters and consumption of a municipal utility. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { json, list, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const rollovers: Family[] = twins(
  {
    fields: ['consumption', 'meterPeriod', 'verbrauch', 'usage'],
    least: 4,
    value: (random) => {
      const used = random.int(90, 4_200);
      const rolled = random.chance(0.3);
      const previous = rolled ? 100_000 - random.int(1, used) : random.int(1_000, 90_000);
      const current = (previous + used) % 100_000;
      const legacy = json({
        previous: String(previous).padStart(5, '0'),
        current: String(current).padStart(5, '0'),
        consumption: String(used),
      });
      const right = json({ previous, current, consumption: used });
      return current < previous
        ? shown(legacy, right, json({ previous, current, consumption: current - previous }))
        : { legacy, right };
    },
  },
  { name: 'w_readings_as_numbers', why: 'The readings and the consumption are the same numbers.' },
  {
    name: 'w_meter_rollover_negative',
    critical: true,
    why: 'A five-digit counter passed 99999, and the rewrite bills a large negative consumption.',
  },
);

const octals: Family[] = twins(
  {
    fields: ['meterReading', 'zaehlerstand', 'reading', 'counter'],
    value: (random) => {
      const text = `00${random.text(random.chance(0.7) ? '01234567' : '0123456789', 4)}`;
      const right = String(Number(text));
      return /[89]/.test(text)
        ? { legacy: json(text), right }
        : shown(json(text), right, String(Number.parseInt(text, 8)));
    },
  },
  { name: 'w_padded_reading_as_number', why: 'The zeros in front only fill the six places of the reading.' },
  {
    name: 'w_padded_reading_taken_as_octal',
    critical: true,
    why: 'A reading with zeros in front was read in base eight and became a smaller one.',
  },
);

const units: Family[] = twins(
  {
    fields: ['energy', 'volume', 'annualConsumption', 'verbrauch'],
    value: (random) => {
      const thousandths = random.int(200, 48_000);
      const [large, small] = random.pick([
        ['MWh', 'kWh'],
        ['m3', 'l'],
      ] as const);
      const value = String(thousandths / 1000);
      return shown(
        object({ value, unit: json(large) }),
        object({ value: String(thousandths), unit: json(small) }),
        object({ value, unit: json(small) }),
      );
    },
  },
  { name: 'w_consumption_in_smaller_unit', why: 'A thousand of the smaller unit make one of the larger.' },
  {
    name: 'w_unit_changed_without_the_value',
    critical: true,
    why: 'The unit became a thousand times smaller while the figure stayed.',
  },
);

const locations: Family[] = twins(
  {
    fields: ['marketLocation', 'maLoId', 'supplyPoint', 'meteringPoint'],
    value: (random) => {
      const id = `5${random.digits(10)}`;
      return shownJson(id, Number(id), Number(id).toExponential(5).replace('e+10', 'E+10'));
    },
  },
  { name: 'w_market_location_as_number', why: 'The eleven digits are the same, as a number.' },
  {
    name: 'w_market_location_in_spreadsheet_notation',
    critical: true,
    why: 'Six digits of the eleven are left, so the supply point can no longer be told.',
  },
);

const hours: Family[] = twins(
  {
    fields: ['hourlyValues', 'loadProfile', 'lastgang', 'intervals'],
    value: (random) => {
      const long = random.chance(0.25);
      const values = Array.from({ length: long ? 25 : 24 }, () => random.int(60, 2_900));
      const numbers = values.map((value) => String(value / 1000));
      const legacy = list(numbers.map((value) => json(value.replace('.', ','))));
      const right = list(numbers);
      return long ? shown(legacy, right, list(numbers.filter((_, at) => at !== 3))) : { legacy, right };
    },
  },
  { name: 'w_hourly_values_as_numbers', why: 'Every hour has the same value, with a decimal point.' },
  {
    name: 'w_doubled_hour_dropped',
    critical: true,
    why: 'On the day of 25 hours one hourly value of the list is missing in the rewrite.',
  },
);

const registers: Family[] = coded(
  ['register', 'obis', 'channel', 'meteringDirection'],
  [
    ['1-0:1.8.0', 'active_energy_import_total', 'active_energy_export_total'],
    ['1-0:2.8.0', 'active_energy_export_total', 'active_energy_import_total'],
    ['1-0:1.8.1', 'active_energy_import_tariff_1'],
    ['1-0:1.8.2', 'active_energy_import_tariff_2', 'active_energy_import_tariff_1'],
  ],
  {
    name: 'w_obis_code_in_words',
    why: 'OBIS 1.8 is imported and 2.8 exported energy, the last figure the tariff.',
  },
  {
    name: 'w_obis_register_confused',
    critical: true,
    why: 'OBIS 1.8 is imported and 2.8 exported energy, and the rewrite names another register.',
  },
  3,
);

export const families: Family[] = [...rollovers, ...octals, ...units, ...locations, ...hours, ...registers];
