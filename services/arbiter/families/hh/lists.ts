/** Lists: their order, their ends, their duplicates. */
import type { Family, Random } from '../kit.ts';
import { Day, decimal, json, list, minorUnits } from '../kit-values.ts';
import { shown } from '../shown.ts';
import { broken, fine, pair } from './setting.ts';

const options = [
  'wifi', 'parking', 'breakfast', 'pets', 'sauna', 'crib', 'late-checkout', 'balcony', 'gym', 'airport-shuttle',
]; // biome-ignore format: a word list

const unordered = pair(
  {
    fields: ['amenities', 'roomFeatures', 'services'],
    routes: ['GET /hotels/{id}', 'GET /rooms/{id}', 'GET /search/hotels'],
    twice: true,
    least: 10,
    value: (random) => {
      const chosen = random.shuffled(options).slice(0, random.int(2, 7));
      const again = json(random.shuffled(chosen));
      const legacy = json(random.shuffled(chosen));
      const right = random.shuffled(chosen);
      // An inner join drops what has no translation yet.
      const kept = right.filter((option) => option !== 'crib' && option !== 'pets');
      const both = { legacy, right: json(right), legacy2: again };
      return kept.length === right.length ? both : { ...both, wrong: json(kept) };
    },
  },
  {
    name: 'hh_set_in_any_order',
    why: 'The extras are a set: legacy itself gives them in another order when asked again.',
  },
  {
    name: 'hh_elements_lost_in_join',
    why: 'Beside the changing order, certain extras are always missing from the rewrite, whose join drops them.',
    critical: false,
  },
);

const ranked = pair(
  {
    fields: ['ranking', 'topSellers', 'bestMatches', 'mostViewed'],
    routes: ['GET /search', 'GET /categories/{id}/top', 'GET /search', 'GET /categories/{id}/viewed'],
    twice: true,
    value: (random) => {
      const scores = Array.from({ length: random.int(4, 7) }, () =>
        random.pick([3, 8, 12, 12, 25, 40, 40, 97, 110, 110, 230]),
      );
      const items = scores.map((score) => ({ sku: `A${random.digits(5)}`, score }));
      const byScore = (mixed: typeof items) => json([...mixed].sort((a, b) => b.score - a.score));
      const asText = [...items].sort((a, b) => (String(b.score) > String(a.score) ? 1 : -1));
      return {
        ...shown(byScore(random.shuffled(items)), byScore(random.shuffled(items)), json(asText)),
        legacy2: byScore(random.shuffled(items)),
      };
    },
  },
  {
    name: 'hh_ties_in_any_order',
    why: 'Only items of equal score change places, as they do when legacy is asked again.',
  },
  {
    name: 'hh_scores_sorted_as_text',
    why: 'The ranking compares scores as text, so 97 stands above 230 and 8 above 40.',
    critical: false,
  },
);

const joined = fine(
  {
    fields: ['perils', 'insuredPerils', 'coverages'],
    routes: ['GET /policies/{id}', 'GET /quotes/{id}'],
    twice: true,
    value: (random) => {
      const chosen = random
        .shuffled(['fire', 'theft', 'glass', 'storm', 'hail', 'water'])
        .slice(0, random.int(1, 5));
      const text = () => json(random.shuffled(chosen).join(', '));
      return { legacy: text(), right: json([...chosen].sort().join(', ')), legacy2: text() };
    },
  },
  {
    name: 'hh_joined_words_sorted',
    why: 'The words are joined in the order the old database happens to read them; the rewrite sorts the same words.',
  },
);

const newestFirst = broken(
  {
    fields: ['latestEvents', 'recentEvents', 'lastScans', 'latestStates'],
    routes: ['GET /parcels/{id}/events', 'GET /shipments/{id}', 'GET /parcels/{id}'],
    clear: true,
    value: (random) => {
      const steps = ['REGISTERED', 'PICKED_UP', 'IN_HUB', 'OUT_FOR_DELIVERY', 'DELIVERED'];
      let day = Day.any(random, 2023, 2025);
      const items = steps.slice(0, random.int(1, 5)).map((status) => {
        day = day.plus(random.int(1, 2));
        return { at: day.iso, status };
      });
      return shown(json(items.toReversed()), json(items.toReversed()), json(items));
    },
  },
  {
    name: 'hh_newest_no_longer_first',
    why: 'Legacy always lists the newest event first; the rewrite lists the oldest first, which screens show as the current state.',
    critical: false,
  },
);

const deleted = broken(
  {
    fields: ['paymentMethods', 'mandates', 'bankAccounts', 'authorisations'],
    routes: [
      'GET /customers/{id}/payment-methods',
      'GET /members/{id}/mandates',
      'GET /customers/{id}/bank-accounts',
      'GET /accounts/{id}/authorisations',
    ],
    clear: true,
    value: (random) => {
      const item = (state: string) => json({ ref: `M-${random.digits(6)}`, last4: random.digits(4), state });
      const active = Array.from({ length: random.int(1, 3) }, () => item('active'));
      if (random.chance(0.55)) return { legacy: list(active), right: list(active) };
      const all = active.toSpliced(
        random.int(0, active.length),
        0,
        item(random.pick(['revoked', 'deleted'])),
      );
      return shown(list(active), list(active), list(all));
    },
  },
  {
    name: 'hh_deleted_rows_come_back',
    why: 'Mandates the customer revoked are listed and offered again, as the rewrite forgot the filter on deleted rows.',
    critical: true,
  },
);

const pageCut = broken(
  {
    fields: ['openItems', 'contracts', 'orders', 'invoices'],
    routes: [
      'GET /customers/{id}/open-items',
      'GET /customers/{id}/contracts',
      'GET /customers/{id}/orders',
      'GET /suppliers/{id}/invoices',
    ],
    common: (random) => random.pick([10, 20]),
    value: (random, size) => {
      const count = random.int(1, size + 9);
      const items = Array.from({ length: count }, () =>
        json(`${random.int(2019, 2025)}-${random.digits(5)}`),
      );
      return shown(list(items), list(items), list(items.slice(0, size)));
    },
  },
  {
    name: 'hh_list_ends_at_a_page',
    why: 'Longer lists end at the default page size, and the route offers no way to the rest.',
    critical: false,
  },
);

const lastDay = broken(
  {
    fields: ['statement', 'report', 'periodBookings'],
    routes: ['GET /accounts/{id}/statements', 'GET /reports/bookings', 'GET /merchants/{id}/settlements'],
    value: (random) => {
      const from = Day.of(random.int(2023, 2025), random.int(1, 12), 1);
      const to = new Day(Date.UTC(from.year, from.month, 0));
      const bookings = Array.from({ length: random.int(1, 5) }, () => random.int(1, to.day));
      if (random.chance(0.4)) bookings.push(to.day);
      const text = (days: readonly number[]) =>
        json({
          from: from.iso,
          to: to.iso,
          bookedOn: days.toSorted((a, b) => a - b).map((day) => from.plus(day - 1).iso),
        });
      return shown(text(bookings), text(bookings), text(bookings.filter((day) => day < to.day)));
    },
  },
  {
    name: 'hh_last_day_missing',
    why: 'Bookings on the last day of the period are left out, because its end is compared with midnight.',
    critical: true,
  },
);

const goods = [
  'Desk lamp',
  'Printer paper A4',
  'Garden hose 25 m',
  'Installation',
  'Freight',
  'Coffee beans 1 kg',
  'Service fee',
];
const lineOf = (random: Random, line: number): string =>
  `{"line":${line},"text":${json(random.pick(goods))},"amount":${decimal(minorUnits(random, 500, 50_000), 2)}}`;
const duplicates = broken(
  {
    fields: ['lines', 'positions', 'items', 'charges'],
    routes: ['GET /invoices/{number}', 'GET /orders/{id}/lines'],
    value: (random) => {
      const lines = Array.from({ length: random.int(1, 4) }, (_, at) => lineOf(random, 10 * (at + 1)));
      const right = list(lines);
      if (random.chance(0.6)) return { legacy: right, right };
      const twice = random.int(0, lines.length - 1);
      return shown(right, right, list(lines.flatMap((line, at) => (at === twice ? [line, line] : [line]))));
    },
  },
  {
    name: 'hh_line_doubled_by_join',
    why: 'A join multiplies rows, so the same line with its amount stands twice on the invoice.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...unordered,
  ...ranked,
  joined,
  newestFirst,
  deleted,
  pageCut,
  lastDay,
  duplicates,
];
