/** Lists, rows and their joins. */
import { type Family, type Random, twins } from '../kit.ts';
import {
  companies,
  Day,
  decimal,
  givenNames,
  json,
  list,
  minorUnits,
  object,
  surnames,
} from '../kit-values.ts';
import { shown } from '../shown.ts';

const bookings = twins(
  {
    fields: ['bookings', 'transactions', 'entries'],
    least: 5,
    value(random: Random) {
      const rows = Array.from({ length: random.int(3, 6) }, () =>
        object({ ref: json(`T${random.digits(7)}`), amount: decimal(minorUnits(random, 100, 500_000), 2) }),
      );
      const [first, ...others] = random.shuffled(rows);
      const twice = [first!, first!, ...others.slice(1)];
      return {
        legacy: list(rows),
        legacy2: list(random.shuffled(rows)),
        right: list(random.shuffled(rows)),
        wrong: list(random.shuffled(twice)),
      };
    },
  },
  {
    name: 'g_bookings_in_loose_order',
    why: 'Legacy itself answers the same bookings in another order each time, and so does the rewrite.',
  },
  {
    name: 'g_booking_twice_in_loose_order',
    why: 'One booking stands twice and another is missing, which no order explains.',
    critical: true,
  },
);

const merchants = twins(
  {
    fields: ['merchants', 'cardTurnover', 'counterparties'],
    least: 2,
    value(random: Random) {
      const rows = random
        .shuffled(companies)
        .slice(0, random.int(2, 4))
        .map((name) => ({ ref: `R${random.digits(6)}`, name }));
      const as = (shift: number) =>
        object(
          Object.fromEntries(rows.map(({ ref }, at) => [ref, json(rows[(at + shift) % rows.length]!.name)])),
        );
      const legacy = list(rows.map(({ ref, name }) => object({ ref: json(ref), merchant: json(name) })));
      return shown(legacy, as(0), as(1));
    },
  },
  {
    name: 'g_merchants_keyed_by_reference',
    why: 'Each reference keeps its merchant; the rows became members.',
  },
  {
    name: 'g_merchant_of_next_row',
    why: 'Each reference has the merchant of the row after it.',
    critical: false,
  },
);

const range = twins(
  {
    fields: ['range', 'page', 'window'],
    value(random: Random) {
      const size = random.pick([10, 20, 25, 50]);
      const first = size * random.int(0, 6);
      const total = first + size + random.int(1, 90);
      const as = (last: number) => object({ first: String(first), last: String(last), total: String(total) });
      return shown(
        json(`items ${first}-${first + size - 1}/${total}`),
        as(first + size - 1),
        as(first + size),
      );
    },
  },
  { name: 'g_item_range_split', why: 'The same first, last and total of the page, in members.' },
  {
    name: 'g_item_range_end_exclusive',
    why: 'The last item of the page is one further than legacy says.',
    critical: false,
  },
);

const holders = twins(
  {
    fields: ['holders', 'accountNames', 'jointOwners'],
    value(random: Random) {
      const [one, two] = random.shuffled(givenNames);
      const surname = [random.pick(surnames), random.pick(surnames)];
      const names = [`${one} ${surname[0]}`, `${two} ${surname[1]}`];
      const legacy = json(`${surname[0]}, ${one} / ${surname[1]}, ${two}`);
      return shown(legacy, json(names), json([names[1], names[1]]));
    },
  },
  { name: 'g_joint_holders_listed', why: 'The same two people, given name first, in a list.' },
  {
    name: 'g_joint_holder_twice',
    why: 'The second holder stands twice and the first is gone.',
    critical: true,
  },
);

const counts = twins(
  {
    fields: ['ticketCounts', 'claimsByState', 'summary'],
    least: 3,
    value(random: Random) {
      const [open, closed, waiting] = [random.int(1, 40), random.int(2, 300), random.int(1, 25)];
      const as = (write: (n: number) => string, total: number) =>
        object({ open: write(open), waiting: write(waiting), closed: write(closed), total: write(total) });
      const sum = open + closed + waiting;
      return shown(
        as((n) => json(String(n)), sum),
        as(String, sum),
        as(String, sum - waiting),
      );
    },
  },
  { name: 'g_counts_unquoted', why: 'The same counts, as numbers instead of texts.' },
  {
    name: 'g_count_of_waiting_not_in_total',
    why: 'The total lacks the waiting cases that are still listed beside it.',
    critical: false,
  },
);

const schedule = twins(
  {
    fields: ['schedule', 'repayments', 'plan'],
    value(random: Random) {
      const start = Day.any(random, 2020, 2026);
      const [count, cents] = [random.int(2, 5), minorUnits(random, 3000, 90_000)];
      const due = (at: number) => Day.of(start.year, start.month + at, Math.min(start.day, 28)).iso;
      const rows = Array.from({ length: count }, (_, at) => ({
        due: due(at),
        amount: decimal(cents + at, 2),
      }));
      const legacy = list(rows.map((row) => object({ due: json(row.due), amount: json(row.amount) })));
      const as = (of: (at: number) => string) =>
        list(rows.map(({ amount }, at) => object({ amount, due: json(of(at)) })));
      return shown(
        legacy,
        as(due),
        as((at) => due(at + 1)),
      );
    },
  },
  {
    name: 'g_repayment_rows_typed',
    why: 'Each repayment keeps its day and amount; amounts are numbers now.',
  },
  {
    name: 'g_repayment_a_month_late',
    why: 'Every repayment is due a month later than legacy says.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...bookings, ...merchants, ...range, ...holders, ...counts, ...schedule,
]; // biome-ignore format: a list of names
