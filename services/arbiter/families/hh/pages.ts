/** How answers are wrapped: pages, versions of records, whole records at once. */
import type { Family } from '../kit.ts';
import { Day, decimal, json, minorUnits, object, surnames } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, fine, pair } from './setting.ts';

const cursors = pair(
  {
    fields: ['page', 'paging', 'pagination', 'cursor'],
    routes: ['GET /orders', 'GET /accounts/{id}/bookings', 'GET /articles'],
    common: (random) => random.pick([20, 25, 50]),
    value: (random, size) => {
      const offset = random.int(0, 6) * size;
      const total = random.chance(0.3)
        ? offset + random.int(1, size)
        : offset + size * random.int(1, 3) + random.int(0, size);
      const more = total > offset + size;
      const text = (next: string | null) => ({ size, total, next });
      const after = btoa(`offset=${offset + size}`);
      const fresh = btoa(JSON.stringify({ after: random.int(100_000, 999_999), size }));
      // The comparison that decides whether there is more counts one page too few.
      const wrongEnd = total <= offset + 2 * size;
      return shownJson(
        text(more ? after : null),
        text(more ? fresh : null),
        text(more && !wrongEnd ? fresh : null),
      );
    },
  },
  {
    name: 'hh_cursor_of_its_own',
    why: 'The cursor is a token only its maker reads; both say as often that there is a next page.',
  },
  {
    name: 'hh_no_way_to_the_last_page',
    why: 'Before the last page the rewrite says that there is no next one, although more rows are counted.',
    critical: false,
  },
);

const stamps = fine(
  {
    fields: ['etag', 'rowVersion', 'versionStamp', 'eTag'],
    routes: ['GET /customers/{id}', 'GET /orders/{id}', 'PUT /contracts/{id}'],
    clear: true,
    value: (random) => ({
      legacy: json(
        `AAAAAA${random.text('ABCDEFGHIJKLMNOP', 1)}${random.text('ABCDEFGHabcdefgh0123456789', 4)}=`,
      ),
      right: json(`"${random.hex(16)}"`),
    }),
  },
  {
    name: 'hh_version_stamp',
    why: 'A version stamp is only ever compared with one from the same system; its text says nothing about the record.',
  },
);

const record = pair(
  {
    fields: ['customer', 'account', 'partner', 'debtor'],
    routes: ['GET /customers/{id}', 'GET /partners/{id}', 'POST /ws/CustomerService'],
    evidence: 3,
    value: (random) => {
      const number = String(random.int(10_000, 9_999_999));
      const name = random.pick(surnames);
      const since = Day.any(random, 1998, 2024);
      const vip = random.chance(0.2);
      const discount = random.pick([0, 0, 200, 250, 300, 550, 725]);
      const limit = minorUnits(random, 50_000, 5_000_000);
      const legacy = object({
        NO: json(number.padStart(10, '0')),
        NAME: json(name.padEnd(20)),
        SINCE: json(since.iso.replaceAll('-', '')),
        VIP: vip ? '"X"' : '" "',
        DISCOUNT: json(decimal(discount, 2)),
        LIMIT: json(decimal(limit, 2)),
      });
      const modern = (percent: number) =>
        object({
          number: json(number),
          name: json(name),
          since: json(since.iso),
          vip: String(vip),
          discount: json(percent),
          limit: json(limit / 100),
        });
      return shown(legacy, modern(discount / 100), modern(Math.floor(discount / 100)));
    },
  },
  {
    name: 'hh_record_reshaped',
    why: 'Names and types of the members follow the new style; number, name, day, flag, discount and limit are the same facts.',
  },
  {
    name: 'hh_record_with_discount_cut',
    why: 'Among the new shapes the discount is parsed as a whole number, so 2.50 percent became 2.',
    critical: true,
  },
);

const totals = broken(
  {
    fields: ['order', 'orderSummary', 'cart', 'invoice'],
    routes: ['GET /orders/{id}', 'GET /orders/{id}/summary', 'GET /carts/{id}', 'GET /invoices/{number}'],
    value: (random) => {
      const lines = Array.from({ length: random.int(1, 4) }, () => ({
        cents: minorUnits(random, 400, 40_000),
        state: random.chance(0.15) ? 'cancelled' : 'ok',
      }));
      const sum = (of: typeof lines) => of.reduce((total, { cents }) => total + cents, 0);
      const text = (total: number) =>
        `{"lines":[${lines.map(({ cents, state }) => `{"amount":${decimal(cents, 2)},"state":"${state}"}`).join(',')}],"total":${decimal(total, 2)}}`;
      const right = text(sum(lines.filter(({ state }) => state === 'ok')));
      return shown(right, right, text(sum(lines)));
    },
  },
  {
    name: 'hh_cancelled_lines_are_charged',
    why: 'The total of the rewrite includes cancelled lines, which legacy leaves out.',
    critical: true,
  },
);

export const families: readonly Family[] = [...cursors, stamps, ...record, totals];
