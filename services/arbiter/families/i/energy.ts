/** Families of an energy supplier: registers, readings, prices and their units. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, list, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const energyUnit = twins(
  {
    fields: ['energy', 'consumption', 'meteredEnergy', 'supply'],
    value(random) {
      const kilo = random.int(200, 95_000);
      const mega = (value: string) => object({ quantity: value, unit: json('MWh') });
      return shown(
        object({ qty: json(String(kilo).padStart(9, '0')), uom: json('KWH') }),
        mega(String(kilo / 1000)),
        mega(String(kilo)),
      );
    },
  },
  { name: 'kwh_as_mwh', why: 'The same energy, a thousand kWh being one MWh.' },
  {
    name: 'kwh_labelled_mwh',
    why: 'Only the unit changed, so the customer used a thousand times more energy.',
    critical: true,
  },
);

const unitPrice = twins(
  {
    fields: ['workingPrice', 'tariff', 'energyPrice', 'pricePerUnit'],
    least: 3,
    common: (random) => random.pick([0, 10]),
    value(random, divisor) {
      const hundredths = random.int(1500, 4900);
      const cents = hundredths / 100;
      const wrong = divisor === 0 ? cents : cents / divisor;
      return shown(
        json(`${decimal(hundredths, 2).replace('.', ',')} ct/kWh`),
        json(`${decimal(hundredths, 4)} EUR/kWh`),
        json(`${wrong.toFixed(4)} EUR/kWh`),
      );
    },
  },
  { name: 'cents_as_euro_per_kwh', why: 'The same price: a hundred cents are one euro.' },
  {
    name: 'cents_labelled_euro',
    why: 'The price in euro was not divided by a hundred: customers are charged ten or a hundred times more.',
    critical: true,
  },
);

const registers = twins(
  {
    fields: ['registers', 'readings', 'meterRegisters'],
    value(random) {
      const high = random.int(1000, 99_999);
      const low = high + random.int(1, 40_000);
      const rows = random.shuffled([
        ['1.8.1', high],
        ['1.8.2', low],
      ] as const);
      const byPosition = rows.map(([, value]) => value);
      return shown(
        list(
          rows.map(([obis, value]) => object({ OBIS: json(obis), READING: json(decimal(value * 10, 1)) })),
        ),
        object({ '1.8.1': String(high), '1.8.2': String(low) }),
        object({ '1.8.1': String(byPosition[0]), '1.8.2': String(byPosition[1]) }),
      );
    },
  },
  { name: 'registers_by_code', why: 'Each register code keeps its reading; a list became an object.' },
  {
    name: 'registers_by_position',
    why: 'Readings were taken by position, so day and night registers are swapped where the list is in the other order.',
    critical: true,
  },
);

const rollover = twins(
  {
    fields: ['meterPeriod', 'billingReading', 'usage'],
    least: 4,
    value(random) {
      const used = random.int(40, 3000);
      const previous = random.chance(0.35) ? 100_000 - random.int(1, used) : random.int(0, 90_000);
      const current = (previous + used) % 100_000;
      const pad = (value: number) => json(String(value).padStart(5, '0'));
      const modern = (consumption: number) =>
        object({ previous: String(previous), current: String(current), consumption: String(consumption) });
      return shown(
        object({ PREV: pad(previous), CURR: pad(current), CONS: pad(used) }),
        modern(used),
        modern(current - previous),
      );
    },
  },
  {
    name: 'reading_rolled_over',
    why: 'Readings and consumption are the same numbers, also where the five-digit counter passed zero.',
  },
  {
    name: 'rollover_negative_use',
    why: 'Where the counter passed zero the consumption is negative, though legacy counted the units used.',
    critical: true,
  },
);

const quarterHour = twins(
  {
    fields: ['loadProfile', 'quarterHour', 'interval'],
    value(random) {
      const quarter = random.int(0, 95);
      const clock = (at: number) => `${two(Math.floor(at / 4))}:${two((at % 4) * 15)}`;
      const energy = random.int(10, 980);
      const modern = (at: number) =>
        object({ start: json(clock(at % 96)), durationMinutes: '15', kWh: decimal(energy, 2) });
      return shown(
        object({ END: json(clock(quarter + 1)), MINUTES: json('15'), KWH: json(decimal(energy * 10, 3)) }),
        modern(quarter),
        modern(quarter + 1),
      );
    },
  },
  {
    name: 'quarter_hour_by_start',
    why: 'The same quarter of an hour, named by its start instead of its end.',
  },
  {
    name: 'quarter_hour_shifted',
    why: 'The end of each quarter of an hour became its start, so all energy counts fifteen minutes later.',
    critical: false,
  },
);

const tiers = twins(
  {
    fields: ['tiers', 'priceSteps', 'blocks', 'scale'],
    least: 5,
    value(random) {
      const limits = [random.int(5, 20) * 10, random.int(30, 90) * 10, random.int(100, 400) * 10];
      const prices = limits.map((_, at) => random.int(3000, 4000) - at * 300);
      const rows = [...limits.slice(0, random.int(1, 2)), 99_999_999];
      const modern = rows.map((limit, at) =>
        object({
          upTo: limit === 99_999_999 ? 'null' : String(limit),
          price: String((prices[at] ?? 0) / 10_000),
        }),
      );
      return shown(
        list(
          rows.map((limit, at) =>
            object({ UPTO: json(String(limit)), PRICE: json(decimal(prices[at] ?? 0, 4)) }),
          ),
        ),
        list(modern),
        list(modern.slice(0, -1)),
      );
    },
  },
  {
    name: 'tiers_last_open',
    why: 'All tiers and prices are there; the all-nines limit of the last one became null: no limit.',
  },
  {
    name: 'tiers_last_lost',
    why: 'The open last tier is gone, so consumption above the limit has no price.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...energyUnit,
  ...unitPrice,
  ...registers,
  ...rollover,
  ...quarterHour,
  ...tiers,
];
