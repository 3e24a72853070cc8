/** Values that change with every run of legacy: the rewrite may vary as they do, and no further. */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, json, list, object, two } from '../kit-values.ts';

const livePrices: Family[] = twins(
  {
    fields: ['lastPrice', 'indicativePrice', 'marketPrice', 'geldkurs'],
    least: 8,
    common: (random) => ({ middle: random.int(12_000, 480_000), inPounds: random.chance(0.5) }),
    value: (random, { middle, inPounds }) => {
      const tick = () => middle + random.int(-40, 40);
      const pence = (hundredths: number) =>
        object({ price: String(hundredths / 100), currency: json('GBX') });
      const pounds = (value: number) => object({ price: String(value), currency: json('GBP') });
      const now = tick();
      return {
        legacy: pence(tick()),
        legacy2: pence(tick()),
        right: inPounds ? pounds(now / 10_000) : pence(now),
        wrong: inPounds ? pounds(now / 100) : pence(Math.round(now / 100)),
      };
    },
  },
  {
    name: 'w_price_moves_between_runs',
    why: 'GBX are pence of GBP, and the rewrite differs by as little as two runs of legacy.',
  },
  {
    name: 'w_price_off_by_the_pence_of_a_pound',
    critical: true,
    why: 'Legacy moves by a few hundredths, and the rewrite is a hundred times off for the currency it names.',
  },
);

const references: Family[] = twins(
  {
    fields: ['confirmationNumber', 'transactionReference', 'receiptId', 'belegnummer'],
    clear: true,
    least: 8,
    common: (random) => ({ day: Day.any(random, 2023, 2025), constant: random.digits(6) }),
    value: (random, { day, constant }) => {
      const written = (digits: string) => json(`TRX${day.yyyy}${day.mm}${day.dd}-${digits}`);
      return {
        legacy: written(random.digits(6)),
        legacy2: written(random.digits(6)),
        right: written(random.digits(6)),
        wrong: written(constant),
      };
    },
    always: true,
  },
  { name: 'w_reference_drawn_anew', why: 'Legacy draws another reference of this form in each run, too.' },
  {
    name: 'w_reference_the_same_for_all',
    critical: true,
    why: 'All requests get the same reference, where legacy gives each its own.',
  },
);

const valuationTimes: Family[] = twins(
  {
    fields: ['valuationTime', 'quotedAt', 'asOf', 'stand'],
    least: 5,
    common: (random) => Day.any(random, 2022, 2025),
    value: (random, day) => {
      const [h, m, s] = [random.int(13, 17), random.int(0, 59), random.int(0, 50)];
      const written = (hour: number, second: number) =>
        json(`${day.iso}T${two(hour)}:${two(m)}:${two(second)}`);
      return {
        legacy: written(h, s),
        legacy2: written(h, s + random.int(1, 4)),
        right: written(h, s + random.int(1, 4)),
        wrong: written(h - 12, s + random.int(1, 4)),
      };
    },
  },
  {
    name: 'w_time_of_the_request',
    why: 'Both runs of legacy and the rewrite tell their own moment, seconds apart.',
  },
  {
    name: 'w_time_of_the_request_on_a_clock_of_twelve_hours',
    critical: false,
    why: 'The rewrite is twelve hours early, where two runs of legacy are seconds apart.',
  },
);

const items = (random: Random): string[] =>
  Array.from({ length: 4 }, () => json(`SKU-${random.int(10_000, 99_999)}`));

const recommended: Family[] = twins(
  {
    fields: ['recommendations', 'youMayAlsoLike', 'suggestedItems'],
    clear: true,
    least: 4,
    value: (random) => ({
      legacy: list(items(random)),
      legacy2: list(items(random)),
      right: list(items(random)),
      wrong: list([...items(random).slice(0, 2), 'null', 'null']),
    }),
  },
  { name: 'w_recommendations_drawn_anew', why: 'Legacy recommends four other articles in each run, too.' },
  {
    name: 'w_recommendations_of_nothing',
    critical: false,
    why: 'Legacy always names four articles, and the rewrite has null in place of some.',
  },
);

const stocks: Family[] = twins(
  {
    fields: ['stock', 'availability', 'lagerbestand', 'inventory'],
    clear: true,
    least: 8,
    common: (random) => random.int(300, 4_000),
    value: (random, level) => {
      const now = () => level + random.int(-6, 6);
      const written = (count: number) => object({ available: String(count), unit: json('pcs') });
      return {
        legacy: written(now()),
        legacy2: written(now()),
        right: written(now()),
        wrong: written(-level),
      };
    },
  },
  { name: 'w_stock_moves_between_runs', why: 'The stock moves by a few pieces between any two runs.' },
  {
    name: 'w_stock_negative',
    critical: true,
    why: 'Legacy has hundreds of pieces in both runs, and the rewrite less than none.',
  },
);

export const families: Family[] = [
  ...livePrices,
  ...references,
  ...valuationTimes,
  ...recommended,
  ...stocks,
];
