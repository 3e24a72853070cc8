/** Energy meters: registers, load profiles, roll-over, clock changes, prices. */
import { defect, type Family, mixed, twins } from '../kit.ts';
import { Day, decimal, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const least = 8;

const registers = twins(
  {
    fields: ['registers', 'obisReadings', 'meter.dlms'],
    least,
    value(random) {
      const reading = () => decimal(random.int(100_000, 89_999_999), 3);
      const [day, night, feed] = [reading(), reading(), reading()];
      const line = (code: string, value: string) => `${code}(${value.padStart(10, '0')}*kWh)`;
      const shape = (first: string, second: string, third: string) => ({
        importTariff1: first,
        importTariff2: second,
        exportTotal: third,
        unit: 'kWh',
      });
      return shownJson(
        [line('1-0:1.8.1', day), line('1-0:1.8.2', night), line('1-0:2.8.0', feed)],
        shape(day, night, feed),
        random.chance(0.5) ? shape(night, day, feed) : shape(feed, night, day),
      );
    },
  },
  {
    name: 'z_obis_registers_named',
    why: '1.8.1 and 1.8.2 are energy drawn in the two tariffs and 2.8.0 energy fed in; each reading has the name of its code.',
  },
  {
    name: 'z_obis_registers_confused',
    why: 'Two readings have changed places: day with night tariff, or energy drawn with energy fed in.',
    critical: true,
  },
);

const profiles = twins(
  {
    fields: ['loadProfile', 'intervals', 'lp15'],
    least,
    value(random) {
      const start = Day.any(random, 2022, 2025).date.getTime() + random.int(0, 90) * 900_000;
      const energy = Array.from({ length: random.int(3, 6) }, () => decimal(random.int(10, 2900), 3));
      const at = (index: number) => `${new Date(start + index * 900_000).toISOString().slice(0, 16)}Z`;
      return shownJson(
        energy.map((kWh, index) => ({ intervalEnd: at(index + 1), minutes: 15, kWh })),
        energy.map((kWh, index) => ({ intervalStart: at(index), minutes: 15, kWh })),
        energy.map((kWh, index) => ({ intervalStart: at(index + 1), minutes: 15, kWh })),
      );
    },
  },
  {
    name: 'z_load_profile_by_interval_start',
    why: 'Intervals of 15 minutes are labelled by their start instead of their end, a quarter of an hour earlier: the same intervals.',
  },
  {
    name: 'z_load_profile_end_called_start',
    why: 'The end of each interval is called its start, so all energy moves a quarter of an hour later, across tariff and day boundaries.',
    critical: true,
  },
);

const rollovers = twins(
  {
    fields: ['consumption', 'billing.reading', 'readingPair'],
    least: 10,
    value(random) {
      const size = random.pick([5, 6]);
      const over = random.chance(0.4);
      const used = random.int(200, 4500);
      const old = over ? 10 ** size - random.int(1, used) : random.int(1000, 10 ** size - used - 1);
      const current = (old + used) % 10 ** size;
      const pad = (value: number) => String(value).padStart(size, '0');
      const shape = (kWh: number) => ({
        previous: old,
        current,
        registerDigits: size,
        consumptionKwh: kWh,
      });
      return shownJson(
        `${pad(old)} -> ${pad(current)} = ${used} kWh`,
        shape(used),
        shape(Math.abs(current - old)),
      );
    },
  },
  {
    name: 'z_meter_roll_over_explained',
    why: 'The readings, the digits of the register and the consumption are given apart; past 99999 the register begins again at zero.',
  },
  {
    name: 'z_meter_roll_over_as_difference',
    why: 'Where the register has passed zero, the consumption is the bare difference of the readings, near a whole turn of the register.',
    critical: true,
  },
);

/** Days of a change of clocks in Europe, and ordinary ones, with the hours they have. */
const clockDays = [
  ['2023-03-26', 23],
  ['2023-10-29', 25],
  ['2024-03-31', 23],
  ['2024-10-27', 25],
  ['2024-02-14', 24],
  ['2024-11-20', 24],
] as const;

const hours = twins(
  {
    fields: ['hourlyValues', 'daySeries', 'spot.day'],
    least,
    value(random) {
      const [day, count] = random.pick(clockDays);
      const values = Array.from({ length: count }, () => random.int(20, 99));
      // The day begins at midnight in Berlin: 23:00 UTC in winter time, 22:00 in summer time.
      const start = Date.parse(`${day}T00:00:00Z`) - (count === 25 ? 2 : 1) * 3_600_000;
      const shape = (numbers: readonly number[]) => ({
        firstHourUtc: new Date(start).toISOString().slice(0, 16).concat('Z'),
        step: 'PT1H',
        values: numbers,
      });
      const wrong =
        count === 25
          ? [...values.slice(0, 2), ...values.slice(3)]
          : count === 23
            ? [...values.slice(0, 2), 0, ...values.slice(2)]
            : values;
      return shownJson({ day, zone: 'Europe/Berlin', hours: values.join(';') }, shape(values), shape(wrong));
    },
  },
  {
    name: 'z_hours_of_day_in_utc',
    why: 'The hours of a Berlin day start at its midnight in UTC; days on which the clocks change have 23 or 25 of them on both sides.',
  },
  {
    name: 'z_hours_of_day_forced_to_24',
    why: 'Days on which the clocks change get 24 hours: one measured hour is dropped in autumn and a zero is put in in spring.',
    critical: true,
  },
);

const prices = twins(
  mixed({
    fields: ['workingPrice', 'tariff.energyPrice', 'unitRate'],
    least,
    value(random) {
      const hundredths = random.int(12, 48) * 100 + random.int(1, 99);
      const right = decimal(hundredths, 4);
      return shownJson(
        `${decimal(hundredths, 2).replace('.', ',')} ct/kWh`,
        { price: right, currency: 'EUR', per: 'kWh' },
        { price: (hundredths / 10_000).toFixed(2), currency: 'EUR', per: 'kWh' },
      );
    },
  }),
  {
    name: 'z_energy_price_in_euro',
    why: 'Cents per kilowatt-hour are given in euros per kilowatt-hour with all their digits.',
  },
  {
    name: 'z_energy_price_cut_to_cents',
    why: 'The price per kilowatt-hour is rounded to whole cents, which makes tens of euros over a year.',
    critical: true,
  },
);

const negative = defect(
  {
    fields: ['dayAheadPrices', 'spotPrice', 'marketPrices'],
    least,
    value(random) {
      const price = () => random.int(-9000, 21_000);
      const cents = Array.from({ length: 6 }, price);
      const hour = random.int(0, 3) * 6;
      const table = (values: readonly number[]) =>
        values.map((value, at) => [`${two(hour + at)}:00`, decimal(value, 2), 'EUR/MWh']);
      return shownJson(table(cents), table(cents), table(cents.map((value) => Math.max(0, value))));
    },
  },
  {
    name: 'z_negative_prices_cut_to_zero',
    why: 'Hours in which the market price lies below zero are shown at zero, so those who are paid for drawing power are not.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...registers,
  ...profiles,
  ...rollovers,
  ...hours,
  ...prices,
  negative,
];
