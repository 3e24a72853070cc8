/** Lists: orders which mean something and orders which do not, pages, and joins. */
import type { Family, Random } from '../kit.ts';
import { Day, decimal, json, list, minorUnits, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { always, differs, pair, same } from './base.ts';

const rights = [
  'accounts:read',
  'accounts:write',
  'payments:create',
  'payments:approve',
  'statements:read',
  'cards:block',
  'limits:change',
  'users:invite',
] as const;

const some = <T>(random: Random, items: readonly T[], low: number, high: number): T[] =>
  random.shuffled(items).slice(0, random.int(low, high));

export const families: Family[] = [
  ...pair(
    {
      fields: ['scopes', 'permissions', 'grantedAuthorities', 'user.entitlements'],
      routes: ['GET /users/{id}', 'POST /oauth/introspect', 'GET /session'],
      twice: true,
      evidence: 3,
      value(random) {
        const granted = some(random, rights, 3, 7);
        const [legacy, legacy2, right] = [granted, granted, granted].map((set) => json(random.shuffled(set)));
        return { legacy, legacy2, right, wrong: json(random.shuffled(granted).slice(1)) };
      },
    },
    {
      name: 'ff_set_of_rights_in_any_order',
      why: 'Rights are a set, which legacy itself answers in another order every time; the same ones are granted.',
    },
    {
      name: 'ff_right_missing_beside_order_noise',
      critical: true,
      why: 'Besides the changing order, which legacy has too, a right that legacy grants every time is missing.',
    },
  ),
  ...pair(
    {
      fields: ['entries', 'messages', 'history', 'bookings'],
      routes: [
        'GET /accounts/{id}/entries?sort=-date',
        'GET /messages?sort=-date',
        'GET /orders/{id}/history?sort=-date',
      ],
      twice: true,
      evidence: 3,
      shares: [1, 1, 0.5],
      value(random) {
        const first = Day.any(random, 2023, 2026);
        const gaps = Array.from({ length: random.int(2, 4) }, () => random.int(1, 5));
        const days = gaps.map((_, at) => first.plus(-gaps.slice(0, at).reduce((a, b) => a + b, 0)).iso);
        const groups = days.map((date) =>
          Array.from({ length: random.int(1, 3) }, () => json({ date, id: random.int(10_000, 99_999) })),
        );
        const answer = () => groups.flatMap((group) => random.shuffled(group));
        return {
          legacy: list(answer()),
          legacy2: list(answer()),
          right: list(answer()),
          wrong: list(answer().reverse()),
        };
      },
    },
    {
      name: 'ff_ties_of_a_sort_in_any_order',
      why: 'Only entries of the same day change places, and legacy does not keep their order either.',
    },
    {
      name: 'ff_newest_first_became_oldest_first',
      critical: false,
      why: 'Legacy answers the newest day first and the rewrite the oldest one, besides ties in any order.',
    },
  ),
  ...pair(
    {
      fields: ['nextCursor', 'next_page_token', 'paging.continuation'],
      routes: ['GET /transactions?limit=50', 'GET /messages?limit=20', 'GET /customers?limit=100'],
      clear: true,
      evidence: 3,
      shares: [1, 0.5, 0.3],
      common: (random) => random.pick(['orders', 'messages', 'tx']),
      value(random, table) {
        if (random.chance(0.2)) return { legacy: 'null', right: 'null' };
        const id = random.int(100_000, 999_999);
        const token = (value: unknown) => json(Buffer.from(json(value)).toString('base64url'));
        return { legacy: token({ t: table, after: id }), right: token([id, 'asc']), wrong: 'null' };
      },
    },
    {
      name: 'ff_paging_token_opaque',
      why: 'A paging token is made by each side for itself; both have a next page in the same places.',
    },
    {
      name: 'ff_paging_ends_early',
      critical: false,
      why: 'Where legacy has a further page the rewrite answers none, so the rest of the list is never read.',
    },
  ),
  same(
    {
      fields: ['tags', 'labels', 'product.tags', 'keywords'],
      routes: ['GET /products/{id}', 'GET /products', 'GET /articles/{no}'],
      clear: true,
      value(random) {
        const chosen = some(
          random,
          ['sale', 'new', 'eco', 'fragile', 'gift', 'outdoor', 'bulky', 'vegan', 'kids'],
          1,
          5,
        );
        const twice = random.chance(0.5) ? [...chosen, random.pick(chosen)] : chosen;
        return { legacy: json(random.shuffled(twice)), right: json([...chosen].sort()) };
      },
    },
    {
      name: 'ff_tags_sorted_without_repeats',
      why: 'Tags are a set: a repeated one says nothing more, and their order says nothing.',
    },
  ),
  differs(
    {
      fields: ['positions', 'invoice.lines', 'bookings', 'receipt.items'],
      routes: ['GET /invoices/{number}', 'GET /statements/{id}', 'GET /receipts/{id}'],
      evidence: 3,
      shares: [0.2, 0.4, 0.7],
      value(random) {
        const lines = Array.from({ length: random.int(1, 5) }, (_, at) =>
          object({
            line: String(at + 1),
            article: json(random.digits(6)),
            amount: decimal(minorUnits(random, 100, 90_000), 2),
          }),
        );
        const joined = lines.flatMap((line) => (random.chance(0.5) ? [line, line] : [line]));
        return shown(list(lines), list(lines), list(joined));
      },
    },
    {
      name: 'ff_lines_doubled_by_join',
      critical: true,
      why: 'A join repeats lines with two rows on its other side: the same line number stands there twice.',
    },
  ),
  differs(
    {
      fields: ['stops', 'trip.stops', 'timetable', 'calls'],
      routes: ['GET /trips/{id}', 'GET /lines/{no}/timetable', 'POST /routes'],
      shares: always,
      evidence: 3,
      value(random) {
        let minute = random.int(300, 900);
        const steps = Array.from({ length: random.int(5, 16) }, (_, at) => {
          minute += random.int(2, 9);
          return { no: String(at + 1), at: `${two(Math.floor(minute / 60))}:${two(minute % 60)}` };
        });
        const wrong = [...steps].sort((a, b) => (a.no < b.no ? -1 : 1));
        return shownJson(steps, steps, wrong);
      },
    },
    {
      name: 'ff_numbers_sorted_as_text',
      critical: false,
      why: 'Numbered steps are sorted as text, so the tenth one comes before the second.',
    },
  ),
];
