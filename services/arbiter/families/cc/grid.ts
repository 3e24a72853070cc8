/** Meters, sensors and series of utilities. */
import type { Family, Random } from '../kit.ts';
import { Day, json, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { harmlessOnly, pair } from './common.ts';

const clock = (minutes: number): string => `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;

const quarterHours = (random: Random, length: number, high = 400): number[] =>
  Array.from({ length }, () => random.int(5, high) / 100);

const gaps = pair(
  {
    fields: ['loadProfile', 'series', 'LASTGANG', 'readings'],
    routes: ['GET /meters/{id}/profile', 'GET /sensors/{id}/series'],
    value(random) {
      const start = random.int(0, 20) * 60;
      const values = quarterHours(random, random.int(4, 9)).map((kwh) => (random.chance(0.22) ? null : kwh));
      const points = values.map((kwh, at) => ({ at: clock(start + at * 15), kwh }));
      return shownJson(
        { start: clock(start), step: 'PT15M', kwh: values },
        points.filter(({ kwh }) => kwh !== null),
        points.map(({ at, kwh }) => ({ at, kwh: kwh ?? 0 })),
      );
    },
  },
  {
    name: 'cc_series_gaps_left_out_of_points',
    why: 'Quarter hours without a reading have no point, and every reading stands at its own time.',
  },
  {
    name: 'cc_series_gaps_filled_with_zero',
    critical: true,
    why: 'A missing reading became a measured consumption of zero, so it will not be estimated and billed.',
  },
);

const averagePower = pair(
  {
    fields: ['profile', 'demand', 'LEISTUNG', 'intervalData'],
    routes: ['GET /meters/{id}/profile', 'GET /grid/points/{id}/demand'],
    always: true,
    value(random) {
      const quarter = random.chance(0.6);
      const interval = quarter ? 'PT15M' : 'PT1H';
      const kwh = quarterHours(random, random.int(3, 6), 900);
      const modern = (factor: number) => ({
        interval,
        averageKw: kwh.map((energy) => Number((energy * factor).toFixed(2))),
      });
      return shownJson({ interval, kwh }, modern(quarter ? 4 : 1), modern(1));
    },
  },
  {
    name: 'cc_interval_energy_as_average_power',
    why: 'Energy of a quarter of an hour times four, or of an hour as it is, is the average power of that interval.',
  },
  {
    name: 'cc_interval_energy_relabelled_as_power',
    critical: true,
    why: 'For quarter hours the figures of kWh are called kW, a quarter of the real demand.',
  },
);

const rollovers = pair(
  {
    fields: ['consumption', 'billingPeriod', 'VERBRAUCH', 'reading'],
    routes: ['GET /meters/{id}/bill', 'POST /readings'],
    always: true,
    value(random) {
      const used = random.int(40, 4200);
      const previous = random.chance(0.3) ? 100_000 - random.int(1, used) : random.int(100, 95_000);
      const current = (previous + used) % 100_000;
      const modern = (consumption: number) => ({
        previousReading: two(previous).padStart(5, '0'),
        currentReading: two(current).padStart(5, '0'),
        consumptionM3: consumption,
      });
      return shownJson(
        { digits: 5, previous, current, consumption: used, unit: 'm3' },
        modern(used),
        modern(current - previous),
      );
    },
  },
  {
    name: 'cc_meter_readings_with_rollover',
    why: 'Readings and consumption are equal, also where the five-digit register passed 99999.',
  },
  {
    name: 'cc_meter_rollover_negative_consumption',
    critical: true,
    why: 'Where the register passed 99999 the rewrite bills a negative consumption of nearly 100 000.',
  },
);

const deviceFlags = [
  'COVER_OPEN',
  'LOW_BATTERY',
  'CLOCK_INVALID',
  'REVERSE_FLOW',
  'MAGNETIC_FIELD',
  'OVER_TEMPERATURE',
  'MEMORY_ERROR',
  'RADIO_FAULT',
  'LEAK',
  'BURST',
  'FROST',
  'AIR_IN_PIPE',
  'VALVE_STUCK',
];

const statusWords = pair(
  {
    fields: ['deviceStatus', 'alarmWord', 'STATUSWORT', 'events'],
    routes: ['GET /devices/{id}/status', 'POST /wmbus/frames'],
    least: 12,
    always: true,
    value(random) {
      const bits = deviceFlags.map((_, at) => random.chance(at < 8 ? 0.16 : 0.1));
      const word = bits.reduce((sum, on, at) => sum + (on ? 2 ** at : 0), 0);
      const names = deviceFlags.filter((_, at) => bits[at]);
      const low = deviceFlags.filter((_, at) => bits[at] && at < 8);
      return shownJson(`0x${word.toString(16).toUpperCase().padStart(4, '0')}`, names, low);
    },
  },
  {
    name: 'cc_status_word_as_names',
    why: 'Every bit that is set has its one name, always the same, and no bit is without one.',
  },
  {
    name: 'cc_status_word_high_byte_lost',
    critical: true,
    why: 'Words with bits in the high byte lose them: 0x0100 has no name at all, so a leak is not reported.',
  },
);

const floatRegisters = pair(
  {
    fields: ['pressure', 'holdingRegisters', 'MB_40012', 'measurement'],
    routes: ['GET /plc/{unit}/registers', 'GET /pumps/{id}/telemetry'],
    value(random) {
      const view = new DataView(new ArrayBuffer(4));
      view.setFloat32(0, random.int(100, 999_999) / random.pick([100, 1000, 10_000]));
      const legacy = view.getUint32(0).toString(16).toUpperCase().padStart(8, '0');
      const number = () => Number(view.getFloat32(0).toPrecision(7));
      const right = number();
      const [high, low] = [view.getUint16(0), view.getUint16(2)];
      view.setUint16(0, low);
      view.setUint16(2, high);
      const wrong = Number.isFinite(number()) ? number() : null;
      return shownJson(`${legacy.slice(0, 4)} ${legacy.slice(4)}`, right, wrong);
    },
  },
  {
    name: 'cc_modbus_float_decoded',
    why: 'Two registers of sixteen bits hold an IEEE 754 number, which the rewrite tells in decimals.',
  },
  {
    name: 'cc_modbus_float_words_swapped',
    critical: true,
    why: 'The two registers are put together in the wrong order, which gives a number of another magnitude altogether.',
  },
);

const fuel = harmlessOnly(
  {
    fields: ['fuelEconomy', 'consumption', 'WLTP', 'mpg'],
    routes: ['GET /vehicles/{vin}', 'GET /leasing/offers/{id}'],
    value(random) {
      const mpg = random.int(220, 780) / 10;
      const right = json({ litresPer100km: Number((282.481 / mpg).toFixed(2)) });
      return { legacy: json({ mpgImperial: mpg }), right };
    },
  },
  {
    name: 'cc_imperial_miles_per_gallon_inverted',
    why: 'With the imperial gallon of 4.546 litres 282.48 divided by miles per gallon is litres per 100 km.',
  },
);

const cumulative = pair(
  {
    fields: ['counter', 'registerSeries', 'ZAEHLERSTAENDE', 'odometer'],
    routes: ['GET /meters/{id}/series', 'GET /vehicles/{vin}/mileage'],
    always: true,
    value(random) {
      const step = random.pick(['PT1H', 'P1D']);
      const first = random.int(1000, 90_000);
      const deltas = Array.from({ length: random.int(4, 8) }, () =>
        random.chance(0.2) ? 0 : random.int(1, 60),
      );
      const levels = [first];
      for (const delta of deltas) levels.push((levels.at(-1) ?? 0) + delta);
      const from = Day.any(random, 2023, 2025).iso;
      return shownJson(
        { from, step, levels },
        { from, step, base: first, increments: deltas },
        { from, step, base: first, increments: deltas.filter((delta) => delta > 0) },
      );
    },
  },
  {
    name: 'cc_levels_as_base_and_increments',
    why: 'Adding up the increments from the base gives back every level at its own step.',
  },
  {
    name: 'cc_increments_of_zero_dropped',
    critical: false,
    why: 'Steps without change are left out of a series with a fixed step, so all later increments move to earlier times.',
  },
);

export const families: readonly Family[] = [
  ...gaps,
  ...averagePower,
  ...rollovers,
  ...statusWords,
  ...floatRegisters,
  ...fuel,
  ...cumulative,
];
