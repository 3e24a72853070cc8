/** A retail chain: stock, suppliers, deliveries, tills (RPG and PL/SQL to Go). */
import { type Family, twins } from '../kit.ts';
import { decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const stock = twins(
  {
    fields: ['stockPosition', 'inventory', 'data', 'total'],
    value: (random) => {
      const hand = random.int(6, 480);
      const reserved = random.chance(0.8) ? random.int(1, Math.ceil(hand / 3)) : 0;
      const padded = (count: number) => json(String(count).padStart(7, '0'));
      const legacy = object({
        ON_HAND: padded(hand),
        RESERVED: padded(reserved),
        AVAILABLE: padded(hand - reserved),
      });
      const answer = (available: number) =>
        object({ onHand: `${hand}`, reserved: `${reserved}`, available: `${available}` });
      return shown(legacy, answer(hand - reserved), answer(random.chance(0.5) ? hand : hand + reserved));
    },
  },
  { name: 'stock_columns_as_numbers', why: 'Stock on hand, reserved and available are the same counts.' },
  {
    name: 'reserved_stock_available',
    critical: true,
    why: 'What is reserved counts as available again, or twice: articles are sold that are not there.',
  },
);

const chain = twins(
  {
    fields: ['supplierDiscount', 'purchaseTerms', 'attr12'],
    clear: true,
    value: (random) => {
      const steps = random.pick([
        [10, 5],
        [20, 10],
        [15, 10],
        [10, 5, 2],
        [25, 10, 4],
        [30, 20, 5],
      ] as const);
      const left = steps.reduce((rest, step) => rest * (100 - step), 1);
      const basis = 100 ** steps.length;
      const effective = String(((basis - left) * 100) / basis);
      const sum = String(steps.reduce((total: number, step) => total + step, 0));
      const answer = (percent: string) =>
        object({ discountsAfterEachOther: list(steps.map(String)), effectivePercent: percent });
      const legacy = object({
        DISCOUNTS_AFTER_EACH_OTHER: json(steps.join('+')),
        EFFECTIVE_PERCENT: json(`${effective.replace('.', ',')} %`),
      });
      return shown(legacy, answer(effective), answer(sum));
    },
  },
  {
    name: 'chained_discounts_as_list',
    why: 'The same discounts after each other, with the same effective percentage.',
  },
  {
    name: 'chained_discounts_summed',
    critical: true,
    why: 'The discounts were summed, although legacy and their name say that each applies to what the last one left.',
  },
);

const cases = twins(
  {
    fields: ['orderQuantity', 'delivered', 'F0032', 'misc'],
    value: (random) => {
      const [count, per] = [random.int(2, 60), random.pick([6, 10, 12, 24])];
      const legacy = object({
        QTY: json(String(count).padStart(5, '0')),
        UNIT: '"CASE"',
        PIECES_PER_CASE: json(String(per).padStart(3, '0')),
      });
      const answer = (pieces: number) => object({ quantity: `${pieces}`, unit: '"PIECE"' });
      return shown(legacy, answer(count * per), answer(count));
    },
  },
  { name: 'cases_as_pieces', why: 'Quantity and unit change together: so many cases hold that many pieces.' },
  {
    name: 'cases_relabelled_as_pieces',
    critical: true,
    why: 'The unit became pieces but the number is still that of cases.',
  },
);

const weekdays = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

const deliveryDays = twins(
  {
    fields: ['deliveryDays', 'orderDays', 'WS_OUT_2'],
    value: (random) => {
      const days = weekdays.map((_, at) => at).filter(() => random.chance(0.4));
      const legacy = weekdays.map((day, at) => (days.includes(at) ? day.slice(0, 2) : '--')).join('');
      const answer = (shift: number) =>
        list(
          days
            .map((at) => (at + shift) % 7)
            .sort()
            .map((at) => json(weekdays[at])),
        );
      return shown(json(legacy), answer(0), answer(random.pick([1, 6])));
    },
  },
  {
    name: 'delivery_day_columns_as_list',
    why: 'The days that are not dashed out are exactly those of the list.',
  },
  {
    name: 'delivery_days_shifted_by_one',
    critical: false,
    why: 'Every day of delivery is the neighbouring day: Monday became Sunday or Tuesday.',
  },
);

const tender = twins(
  {
    fields: ['tenders', 'tillClosing', 'item.value'],
    value: (random) => {
      const amounts = [
        ['CASH', minorUnits(random, 4_000, 300_000)],
        ['CARD', minorUnits(random, 300_001, 900_000)],
        ['VOUCHER', minorUnits(random, 500, 3_999)],
      ] as const;
      const rows = (shift: number) =>
        list(
          amounts.map(([kind], at) =>
            object({ tender: json(kind), amount: decimal(amounts[(at + shift) % 3]![1], 2) }),
          ),
        );
      const legacy = object(
        Object.fromEntries(amounts.map(([kind, cents]) => [kind, json(decimal(cents, 2))])),
      );
      return shown(legacy, rows(0), rows(random.int(1, 2)));
    },
  },
  {
    name: 'tenders_of_till_as_list',
    why: 'Each kind of payment has the same amount, in rows instead of keys.',
  },
  {
    name: 'tenders_of_till_swapped',
    critical: true,
    why: 'The amounts are those of other kinds of payment: cash stands under card.',
  },
);

const suppliers = [
  'Nordsee Fisch',
  'Alpenmilch',
  'Toscana Feinkost',
  'Hansa Textil',
  'Bergquell Brunnen',
  'Atlas Spielwaren',
];

const supplierName = twins(
  {
    fields: ['supplierName', 'manufacturer', 'type'],
    least: 3,
    value: (random) => {
      const name = `${random.pick(suppliers)} ${random.pick(['Handels GmbH', 'Distribution Ltd', 'International BV', 'Vertriebs AG'])}`;
      return shownJson(name.padEnd(40), name, name.slice(0, 20));
    },
  },
  { name: 'supplier_name_trimmed', why: 'The same name without the blanks that filled its column.' },
  {
    name: 'supplier_name_cut_at_20',
    critical: false,
    why: 'Names longer than twenty characters end in the middle of a word.',
  },
);

const listed = twins(
  {
    fields: ['orderable', 'ageRestricted', 'returnable'],
    clear: true,
    least: 5,
    value: (random) =>
      random.chance(0.5) ? { legacy: '"1"', right: 'true' } : shown('"0"', 'false', 'true'),
  },
  {
    name: 'one_and_zero_as_boolean',
    why: 'Text 1 is true and text 0 is false for this flag in every observation.',
  },
  {
    name: 'text_zero_as_true',
    critical: true,
    why: 'The text 0 became true, as any text that is not empty does: both values of legacy are one.',
  },
);

export const families: Family[] = [stock, chain, cases, deliveryDays, tender, supplierName, listed].flat();
