/** A grid operator: load profiles, moments of readings, readings by meter; prices of energy (Delphi to Java). */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, decimal, json, list, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const meterNumber = (random: Random): string =>
  `1${random.pick(['EMH', 'ISK', 'LGZ', 'ELS'])}00${random.digits(8)}`;
const longDay = twins(
  {
    fields: ['loadProfile', 'hourlyValues', 'data'],
    clear: true,
    always: true,
    value: (random) => {
      const day = random.pick(['2021-10-31', '2022-10-30', '2023-10-29', '2024-10-27', '2025-10-26']);
      const values = Array.from({ length: 25 }, () => decimal(random.int(80, 4_900), 3));
      const answer = (of: readonly string[]) => object({ day: json(day), values: list(of) });
      const without = [...values.slice(0, 3), ...values.slice(4)];
      return shown(answer(values.map(json)), answer(values), answer(without));
    },
  },
  {
    name: 'long_day_profile_as_numbers',
    why: 'The same 25 hourly values of the day on which clocks go back, as numbers.',
  },
  {
    name: 'long_day_profile_of_24_hours',
    critical: true,
    why: 'The 25-hour day has only 24 values: the energy of the repeated hour is lost.',
  },
);

const delphi = twins(
  {
    fields: ['readAt', 'installedOn', 'switchDate', 'val'],
    least: 3,
    always: true,
    value: (random) => {
      const day = Day.any(random, 2012, 2026);
      const quarter = random.int(0, 95);
      const serial = day.epochDay + 25_569;
      const fraction = decimal(Math.round((quarter * 1e6) / 96), 6).slice(1);
      const time = `T${two(Math.floor(quarter / 4))}:${two((quarter % 4) * 15)}:00`;
      return shown(`${serial}${fraction}`, json(day.iso + time), json(day.plus(2).iso + time));
    },
  },
  {
    name: 'delphi_day_number_as_iso',
    why: 'Days since 1899-12-30 with their fraction are the same moment written in ISO 8601.',
  },
  {
    name: 'delphi_day_number_from_1900',
    critical: true,
    why: 'The day number was counted from 1900-01-01, so every date is two days late.',
  },
);

const byMeter = twins(
  {
    fields: ['readings', 'counters', 'misc', 'WS_OUT_2'],
    always: true,
    value: (random) => {
      const rows = Array.from(
        { length: random.int(2, 4) },
        () => [meterNumber(random), String(random.int(900, 89_999))] as const,
      );
      const legacy = list(rows.map(([meter, value]) => object({ meter: json(meter), reading: value })));
      const right = object(Object.fromEntries(rows));
      const moved = rows.map(([meter], at) => [meter, rows[(at + 1) % rows.length]![1]] as const);
      return shown(legacy, right, object(Object.fromEntries(moved)));
    },
  },
  {
    name: 'readings_keyed_by_meter',
    why: 'A list of meters with readings became a map from meter to the same reading.',
  },
  {
    name: 'readings_of_neighbouring_meter',
    critical: true,
    why: 'The meters are the same, but each carries the reading of another meter.',
  },
);

const workPrice = twins(
  {
    fields: ['workPrice', 'energyPrice', 'F0032'],
    value: (random) => {
      const hundredths = random.int(1_901, 4_899);
      const legacy = object({ price: json(decimal(hundredths, 2).replace('.', ',')), per: '"ct/kWh"' });
      const euros = (amount: string) => object({ price: amount, per: '"EUR/kWh"' });
      return shown(
        legacy,
        euros(decimal(hundredths, 4)),
        euros(random.chance(0.5) ? decimal(hundredths, 3) : decimal(hundredths, 2)),
      );
    },
  },
  {
    name: 'work_price_cents_to_euros',
    why: 'Price and unit change together: 32,45 ct/kWh are 0.3245 EUR/kWh.',
  },
  {
    name: 'work_price_cents_read_as_euros',
    critical: true,
    why: 'The unit is EUR/kWh but the number was not divided by a hundred: the energy costs ten or a hundred times as much.',
  },
);

export const families: Family[] = [longDay, delphi, byMeter, workPrice].flat();
