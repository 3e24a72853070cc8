import type { Family } from '../kit.ts';
import { decimal, json, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { harmlessOnly, pair, tabled } from './common.ts';

const workedTimes = pair(
  {
    fields: ['workedTime', 'overtime', 'IST-STD', 'shiftLength'],
    routes: ['GET /staff/{no}/timesheet', 'POST /payroll/run'],
    value(random) {
      const [hours, minutes] = [random.int(0, 12), random.pick([0, 6, 15, 15, 30, 30, 45, 45, 48, 51])];
      return shownJson(
        { hhmm: `${two(hours)}:${two(minutes)}` },
        { hours: decimal(hours * 100 + (minutes * 5) / 3, 2) },
        { hours: `${hours}.${two(minutes)}` },
      );
    },
  },
  {
    name: 'cc_worked_minutes_to_decimal_hours',
    why: 'Forty-five minutes are three quarters of an hour, so 7:45 and 7.75 hours are the same working time.',
  },
  {
    name: 'cc_worked_minutes_behind_the_point',
    critical: true,
    why: '7:45 is 7.75 hours; minutes put behind a decimal point pay less than was worked.',
  },
);

const quantityTiers = pair(
  {
    fields: ['priceBreaks', 'STAFFEL', 'tiers', 'volumePricing'],
    routes: ['GET /articles/{sku}/prices', 'POST /quotes'],
    value(random) {
      const starts = [
        1,
        random.pick([5, 6, 10, 12]),
        random.pick([25, 50, 60]),
        random.pick([100, 144, 250]),
      ].slice(0, random.int(2, 4));
      const price = random.int(120, 4900);
      const rows = starts.map((from, at) => ({
        from,
        to: starts[at + 1] === undefined ? null : (starts[at + 1] ?? 0) - 1,
        price: decimal(Math.round(price * (1 - at * 0.07)), 2),
      }));
      const modern = (less: number) =>
        rows.map(({ from, to, price: each }) => ({
          minQuantity: from,
          ...(to === null ? {} : { belowQuantity: to + 1 - less }),
          unitPrice: each,
        }));
      return shownJson(rows, modern(0), modern(1));
    },
  },
  {
    name: 'cc_price_tiers_with_exclusive_end',
    why: 'Pieces are whole numbers, so up to 9 and below 10 are the same tier.',
  },
  {
    name: 'cc_price_tiers_with_a_hole',
    critical: true,
    why: 'The inclusive end of legacy became an exclusive one, so the last quantity of each tier has no price.',
  },
);

const dangerousGoods = pair(
  {
    fields: ['dangerousGoods', 'ADR', 'hazard', 'GEFAHRGUT'],
    routes: ['GET /consignments/{id}', 'POST /transport-documents'],
    always: true,
    value(random) {
      const [number, name, hazard, group] = random.pick([
        ['1203', 'PETROL', '3', 'II'],
        ['1866', 'RESIN SOLUTION', '3', 'III'],
        ['1202', 'DIESEL FUEL', '3', 'III'],
        ['1824', 'SODIUM HYDROXIDE SOLUTION', '8', 'II'],
        ['1830', 'SULPHURIC ACID', '8', 'II'],
        ['1092', 'ACROLEIN, STABILIZED', '6.1 (3)', 'I'],
        ['3082', 'ENVIRONMENTALLY HAZARDOUS SUBSTANCE, LIQUID, N.O.S.', '9', 'III'],
        ['1993', 'FLAMMABLE LIQUID, N.O.S.', '3', 'I'],
      ] as const);
      const modern = (packingGroup: string) => ({ unNumber: number, name, class: hazard, packingGroup });
      return shownJson(
        `UN ${number}, ${name}, ${hazard}, ${group}`,
        modern(group),
        modern(group.slice(0, 2)),
      );
    },
  },
  {
    name: 'cc_dangerous_goods_line_split',
    why: 'UN number, proper name, class and packing group are the parts of the line, none of them changed.',
  },
  {
    name: 'cc_packing_group_cut_to_two_characters',
    critical: true,
    why: 'Packing group III lost its last character and so claims medium instead of low danger for those goods.',
  },
);

const coldChain = pair(
  {
    fields: ['storage', 'transportTemperature', 'LAGERTEMP', 'condition'],
    routes: ['GET /vaccines/{pzn}', 'GET /shipments/{id}/conditions'],
    always: true,
    value(random) {
      const [low, high] = random.pick([
        [2, 8],
        [2, 8],
        [15, 25],
        [-25, -15],
        [-90, -60],
        [-22, -18],
        [8, 15],
      ] as const);
      const text = (degrees: number) => (degrees < 0 ? `−${-degrees}` : `+${degrees}`);
      const wrong = [Math.abs(low), Math.abs(high)].sort((a, b) => a - b);
      return shownJson(
        `${text(low)} … ${text(high)} °C`,
        { minC: low, maxC: high },
        { minC: wrong[0], maxC: wrong[1] },
      );
    },
  },
  {
    name: 'cc_storage_range_parsed',
    why: 'The typographic minus is a minus: lower and upper temperature are those of the text.',
  },
  {
    name: 'cc_storage_range_minus_not_understood',
    critical: true,
    why: 'The typographic minus is dropped, so goods to be kept frozen may be stored warm.',
  },
);

const allergens = tabled(
  {
    fields: ['allergens', 'ALLERGENE', 'declaration', 'contains'],
    routes: ['GET /menus/{date}', 'GET /articles/{ean}/label'],
  },
  [
    ['A', 'gluten'],
    ['C', 'egg'],
    ['D', 'fish'],
    ['F', 'soya'],
    ['G', 'milk'],
    ['H', 'tree nuts'],
    ['L', 'celery', 'sulphites'],
    ['M', 'mustard', 'lupin'],
    ['N', 'sesame', 'molluscs'],
    ['A,G', 'gluten,milk'],
    ['A,C,L', 'gluten,egg,celery', 'gluten,egg,sulphites'],
    ['M,N', 'mustard,sesame', 'lupin,molluscs'],
  ],
  {
    name: 'cc_austrian_allergen_letters',
    why: 'The letters of the Austrian food code (which skip I, J and K) are told as the allergens they stand for.',
  },
  {
    name: 'cc_austrian_allergen_letters_counted',
    critical: true,
    why: 'The code skips I, J and K; counting on through the alphabet makes celery sulphites and sesame molluscs.',
  },
);

const odds = harmlessOnly(
  {
    fields: ['price', 'odds', 'QUOTE', 'startingPrice'],
    routes: ['GET /races/{id}/runners', 'POST /bets'],
    value(random) {
      const [over, under] = random.pick([
        [5, 2],
        [7, 4],
        [4, 5],
        [1, 2],
        [10, 1],
        [33, 1],
        [9, 4],
        [13, 8],
        [100, 1],
        [random.int(2, 20), 1],
      ] as const);
      const places = under === 8 ? 3 : 2;
      const right = json({ decimal: (over / under + 1).toFixed(places) });
      return { legacy: json({ fractional: `${over}/${under}` }), right };
    },
  },
  {
    name: 'cc_fractional_odds_to_decimal',
    why: 'Decimal odds include the stake, so they are the fraction plus one for every price.',
  },
);

export const families: readonly Family[] = [
  ...workedTimes,
  ...quantityTiers,
  ...dangerousGoods,
  ...coldChain,
  ...allergens,
  ...odds,
];
