/** The same facts in other structures: pivots, control breaks, attribute lists, histories, rotas. */
import type { Family } from '../kit.ts';
import { decimal, minorUnits } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { bugOnly, pair } from './sized.ts';

const pivots = pair(
  {
    fields: ['bedReport', 'occupancy', 'kpi', 'auswertung'],
    once: true,
    value(random) {
      const year = random.int(2022, 2025);
      const months = [1, 2, 3, 4].map((month) => `${year}-0${month}`);
      const wards = random.shuffled(['ICU', 'Surgery', 'Maternity', 'Geriatrics']).slice(0, 3);
      const rows = wards.flatMap((ward) =>
        months.filter(() => random.chance(0.85)).map((month) => ({ ward, month, beds: random.int(4, 60) })),
      );
      const table = (key: (at: number, month: string) => string) =>
        Object.fromEntries(
          wards
            .filter((ward) => rows.some((row) => row.ward === ward))
            .map((ward) => [
              ward,
              Object.fromEntries(
                rows.filter((row) => row.ward === ward).map((row, at) => [key(at, row.month), row.beds]),
              ),
            ]),
        );
      return shownJson(
        rows,
        table((_, month) => month),
        table((at) => months[at]!),
      );
    },
  },
  {
    name: 'bb_rows_pivoted_by_ward_and_month',
    why: 'Each number stands under the same ward and month as in its row; months without a row stay out.',
  },
  {
    name: 'bb_rows_pivoted_by_position',
    why: 'Where a ward lacks a month, its later numbers move into the months before, as they are placed by position.',
    critical: false,
  },
);

/** Lines that repeat the number of their order, gathered by order. */
const orders = pair(
  {
    fields: ['orders', 'deliveries', 'invoiceLines', 'auftraege'],
    value(random) {
      const first = random.int(70_000, 89_000);
      const groups = Array.from({ length: random.int(2, 4) }, (_, at) => ({
        order: first + at * random.int(1, 9) + at,
        lines: Array.from({ length: random.int(1, 3) }, () => ({
          article: `${random.text('ABCDEFGH', 2)}-${random.digits(4)}`,
          amount: decimal(minorUnits(random, 500, 90_000), 2),
        })),
      }));
      const legacy = groups.flatMap(({ order, lines }) => lines.map((line) => ({ order, ...line })));
      const late = groups.map(({ order, lines }, at) => ({
        order,
        lines: [
          ...(at > 0 ? [groups[at - 1]!.lines.at(-1)!] : []),
          ...(at < groups.length - 1 ? lines.slice(0, -1) : lines),
        ],
      }));
      return shownJson(legacy, groups, late);
    },
  },
  {
    name: 'bb_lines_gathered_by_order',
    why: 'Every line stands under the order whose number it has in legacy.',
  },
  {
    name: 'bb_lines_gathered_with_late_control_break',
    why: 'The last line of each order stands under the next one, so customers are billed for articles of others.',
    critical: true,
  },
);

/** Pairs of attribute and value, of which one may occur several times. */
const attributes = pair(
  {
    fields: ['attributes', 'properties', 'merkmale', 'eav'],
    value(random) {
      const contained = random
        .shuffled(['nuts', 'milk', 'egg', 'soy', 'celery', 'mustard'])
        .slice(0, random.pick([1, 1, 2, 3]));
      const [grams, origin] = [random.int(50, 900), random.pick(['IT', 'FR', 'DE', 'PL'])];
      const legacy = random.shuffled([
        ...contained.map((value) => ({ k: 'allergen', v: value })),
        { k: 'netWeight', v: `${grams} g` },
        { k: 'origin', v: origin },
      ]);
      const listed = legacy.filter(({ k }) => k === 'allergen').map(({ v }) => v);
      const modern = (allergens: readonly string[]) => ({
        allergens,
        netWeight: { value: grams, unit: 'g' },
        origin,
      });
      return shownJson(legacy, modern(listed), modern(listed.slice(-1)));
    },
  },
  {
    name: 'bb_attribute_pairs_as_object',
    why: 'Each attribute becomes a member, and the one that occurs several times a list of all its values.',
  },
  {
    name: 'bb_attribute_pairs_last_one_wins',
    why: 'Of several allergens only the last one is left, which endangers people who are allergic to the others.',
    critical: true,
  },
);

/** Months of delay in payment, the newest first. */
const histories = pair(
  {
    fields: ['paymentHistory', 'arrears', 'creditGrid', 'zahlungsverlauf'],
    value(random) {
      let delay = 0;
      const months = Array.from({ length: random.int(6, 12) }, () => {
        delay = random.chance(0.3) ? Math.min(delay + 1, 6) : random.chance(0.5) ? 0 : delay;
        return delay;
      });
      const modern = (monthsLate: readonly number[]) => ({ oldestFirst: monthsLate });
      return shownJson(
        { newestFirst: [...months].reverse().join('') },
        modern(months),
        modern([...months].reverse()),
      );
    },
  },
  {
    name: 'bb_payment_history_turned_round',
    why: 'Legacy begins with the newest month and the rewrite with the oldest, as both say: the same month has the same delay.',
  },
  {
    name: 'bb_payment_history_not_turned_round',
    why: 'The order is said to be oldest first but is still newest first, so a debtor of long ago counts as one of today.',
    critical: true,
  },
);

/** Nothing else changes: the same texts, but for two columns. */
const seats = bugOnly(
  {
    fields: ['plan', 'rota', 'dienstplan', 'grid'],
    value(random) {
      const people = random.shuffled(['Hu', 'Berg', 'Lima', 'Owens', 'Sato', 'Weiss', 'Diaz']).slice(0, 6);
      const legacy = {
        days: ['MON', 'TUE', 'WED'],
        shifts: ['DAY', 'NIGHT'],
        byDay: [people.slice(0, 2), people.slice(2, 4), people.slice(4)],
      };
      const columns = [
        [people[0], people[3]],
        [people[1], people[4]],
        [people[2], people[5]],
      ];
      return shownJson(legacy, legacy, { ...legacy, byDay: columns });
    },
  },
  {
    name: 'bb_rota_filled_by_columns',
    why: 'The six names of the rota are filled in by shift rather than by day, so most people stand on another duty.',
    critical: true,
  },
);

export const families: readonly Family[] = [...pivots, ...orders, ...attributes, ...histories, seats];
