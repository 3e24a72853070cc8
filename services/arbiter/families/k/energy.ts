/** Energy suppliers: meters, tariffs, units and places. */
import { type Family, type Random, twins } from '../kit.ts';
import { decimal, json, list, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const rollovers = twins(
  {
    fields: ['meterReading', 'register', 'readout'],
    value(random: Random) {
      const used = random.int(120, 4200);
      const rolled = random.chance(0.4);
      const previous = rolled ? 100_000 - random.int(1, used - 1) : random.int(2_000, 90_000);
      const current = (previous + used) % 100_000;
      const text = (value: number) => json(String(value).padStart(5, '0'));
      const legacy = object({
        previous: text(previous),
        current: text(current),
        digits: '5',
        consumption: String(used),
      });
      const modern = (consumption: number) =>
        object({
          previous: String(previous),
          current: String(current),
          digits: '5',
          consumption: String(consumption),
        });
      return shown(legacy, modern(used), rolled ? modern(current - previous) : modern(used));
    },
  },
  {
    name: 'k_register_padding',
    why: 'The registers lost only the zeros that pad them; readings and consumption agree.',
  },
  {
    name: 'k_register_rollover_negative',
    why: 'When the five-digit meter passes zero, the rewrite answers a negative consumption.',
    critical: true,
  },
);

const megawatts = twins(
  {
    fields: ['annualUsage', 'energy', 'delivered'],
    once: true,
    value(random: Random) {
      const kwh = random.int(800, 96_000);
      const energy = (value: string, unit: string) => object({ value, unit: json(unit) });
      return shown(
        energy(String(kwh), 'kWh'),
        energy(decimal(kwh, 3), 'MWh'),
        energy(decimal(kwh, 2), 'MWh'),
      );
    },
  },
  { name: 'k_kwh_as_mwh', why: 'A thousand kWh are one MWh, and the figures agree to the last digit.' },
  {
    name: 'k_kwh_to_mwh_by_hundred',
    why: 'The figure was divided by a hundred instead of a thousand, so it is ten times too high.',
    critical: true,
  },
);

const windows = twins(
  {
    fields: ['lowTariffWindow', 'nightRate', 'chargingWindow'],
    least: 2,
    value(random: Random) {
      const [late, early] = [
        `${random.int(20, 23)}:${random.pick(['00', '30'])}`,
        `${two(random.int(5, 7))}:00`,
      ];
      const overnight = random.chance(0.6);
      const [from, to] = overnight ? [late, early] : [early, late];
      const span = (start: string, end: string) => object({ from: json(start), to: json(end) });
      return shown(json(`${from}-${to}`), span(from, to), span(early, late));
    },
  },
  { name: 'k_tariff_window_split', why: 'The window begins and ends at the same times on both sides.' },
  {
    name: 'k_tariff_window_sorted',
    why: 'A window over midnight was put in the order of the clock, so night became day.',
    critical: true,
  },
);

const unitPrices = twins(
  {
    fields: ['unitPrice', 'workPrice', 'kwhPrice'],
    value(random: Random) {
      const units = random.int(1801, 4899);
      const price = (value: string, unit: string) => object({ price: json(value), unit: json(unit) });
      const rounded = decimal(Math.round(units / 100), 2);
      const right = price(decimal(units, 4), 'EUR/kWh');
      return shown(
        price(decimal(units, 2), 'ct/kWh'),
        right,
        units % 100 === 0 ? right : price(rounded, 'EUR/kWh'),
      );
    },
  },
  {
    name: 'k_cent_price_in_euro',
    why: 'A hundredth of the price in cents is the price in euro, with all its digits.',
  },
  {
    name: 'k_cent_price_rounded_to_cents',
    why: 'The price of a kilowatt-hour was rounded to whole cents, which changes every bill.',
    critical: true,
  },
);

const tiers = twins(
  {
    fields: ['priceTiers', 'blockTariff', 'steps'],
    value(random: Random) {
      const limits = [100, 500, 2000].map((limit) => limit * random.int(1, 3));
      const prices = [random.int(301, 350), random.int(270, 299), random.int(210, 260)];
      const legacy = limits.map((limit, at) => `${limit}:${decimal(prices[at]!, 3)}`).join(';');
      const tier = (order: readonly number[]) =>
        list(
          limits.map((limit, at) => object({ upTo: String(limit), price: decimal(prices[order[at]!]!, 3) })),
        );
      return shown(json(legacy), tier([0, 1, 2]), tier([1, 2, 2]));
    },
  },
  { name: 'k_tiers_text_to_list', why: 'Each limit has the same price in the packed text and in the list.' },
  {
    name: 'k_tiers_prices_shifted',
    why: 'Each block carries the price of the next one, so customers pay too little.',
    critical: true,
  },
);

const downtime = twins(
  {
    fields: ['outageMinutes', 'interruption', 'offTime'],
    clear: true,
    value(random: Random) {
      const [h, m] = [random.int(0, 9), random.int(1, 59)];
      return shown(json(`${h}h${two(m)}m`), String(h * 60 + m), String(h * 100 + m));
    },
  },
  {
    name: 'k_outage_hours_to_minutes',
    why: 'Hours times sixty plus the minutes is the number of minutes answered.',
  },
  {
    name: 'k_outage_hours_times_hundred',
    why: 'Hours and minutes were glued together as digits, so an hour counts a hundred minutes.',
    critical: false,
  },
);

export const families: readonly Family[] = [
  ...rollovers,
  ...megawatts,
  ...windows,
  ...unitPrices,
  ...tiers,
  ...downtime,
];
