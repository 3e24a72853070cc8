/** A hotel group moves its booking service from Rails to Elixir. */
import type { Family } from '../kit.ts';
import { decimal, givenNames, json, list, minorUnits, object, surnames } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { both, bugOnly } from './mirrored.ts';

const pages = both(
  {
    fields: ['pagination', 'meta', 'paging'],
    routes: ['GET /bookings', 'GET /guests', 'GET /invoices'],
    always: true,
    alike: true,
    common: (random) => ({ size: random.pick([10, 20, 25, 50]) }),
    value(random, { size }) {
      const total = random.chance(0.3) ? size * random.int(1, 12) : random.int(1, 900);
      const counted = Math.ceil(total / size);
      const page = random.int(1, counted);
      const meta = (text: (value: number) => string, last: number) =>
        object({ page: text(page), perPage: text(size), total: text(total), totalPages: text(last) });
      return shown(
        meta((value) => json(String(value)), counted),
        meta(String, counted),
        meta(String, Math.floor(total / size)),
      );
    },
  },
  {
    name: 'ee_page_numbers',
    why: 'The same numbers as JSON numbers instead of texts.',
  },
  {
    name: 'ee_last_page_missing',
    critical: false,
    why: 'The number of pages is rounded down, so the entries of the last page cannot be reached.',
  },
);

const freeRooms = both(
  {
    fields: ['freeRooms', 'availableRooms', 'rooms_available'],
    clear: true,
    noisy: true,
    routes: ['GET /hotels/{id}/availability', 'GET /rooms'],
    value(random) {
      const all = random
        .shuffled(Array.from({ length: 24 }, (_, at) => json(`${1 + Math.floor(at / 8)}0${1 + (at % 8)}`)))
        .slice(0, random.int(3, 9));
      const free = all.slice(1);
      return {
        legacy: list(free),
        right: list(random.shuffled(free)),
        wrong: list(random.shuffled(all)),
        legacy2: list(random.shuffled(free)),
      };
    },
  },
  {
    name: 'ee_free_rooms_any_order',
    why: 'The rooms are a set that legacy itself lists in another order each time.',
  },
  {
    name: 'ee_occupied_room_free',
    critical: false,
    why: 'Beside the order, which varies in legacy too, a room is listed as free that legacy never lists.',
  },
);

const dollars: readonly (readonly [string, string])[] = [
  ['$', 'USD'],
  ['CA$', 'CAD'],
  ['A$', 'AUD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['HK$', 'HKD'],
];
const labelled = both(
  {
    fields: ['displayPrice', 'roomRate', 'deposit'],
    routes: ['GET /hotels/{id}/rates', 'GET /bookings/{ref}'],
    always: true,
    least: 10,
    value(random) {
      const [symbol, code] = random.pick(dollars);
      const amount = decimal(minorUnits(random, 4_000, 99_000), 2);
      return shownJson(
        `${symbol}${amount}`,
        `${code} ${amount}`,
        `${symbol.endsWith('$') ? 'USD' : code} ${amount}`,
      );
    },
  },
  {
    name: 'ee_currency_code',
    why: 'The same amount, with the ISO code of the currency instead of its symbol.',
  },
  {
    name: 'ee_every_dollar_is_us',
    critical: true,
    why: 'Canadian, Australian and Hong Kong dollars are called US dollars: another price.',
  },
);

const cancelled = bugOnly(
  {
    fields: ['activeBookings', 'upcomingStays', 'openReservations'],
    clear: true,
    routes: ['GET /guests/{id}/bookings', 'GET /hotels/{id}/arrivals'],
    value(random) {
      const booking = (status: string) =>
        object({ ref: json(random.text('ABCDEFGHJKLMNPQRSTUVWXYZ', 6)), status: json(status) });
      const active = Array.from({ length: random.int(0, 3) }, () =>
        booking(random.pick(['confirmed', 'confirmed', 'pending'])),
      );
      const legacy = list(active);
      if (random.chance(0.5)) return { legacy, right: legacy };
      return { legacy, right: legacy, wrong: list([...active, booking('cancelled')]) };
    },
  },
  {
    name: 'ee_cancelled_listed',
    critical: false,
    why: 'Cancelled bookings, which legacy filters out, are listed as still to come.',
  },
);

const statuses: readonly (readonly [string, string, string?])[] = [
  ['Confirmed', 'confirmed'],
  ['PendingPayment', 'pending_payment'],
  ['WaitListed', 'wait_listed', 'confirmed'],
  ['Cancelled', 'cancelled'],
  ['NoShow', 'no_show', 'cancelled'],
  ['CheckedIn', 'checked_in'],
];
const status = both(
  {
    fields: ['bookingStatus', 'state', 'reservation_status'],
    routes: ['GET /bookings/{ref}', 'GET /bookings'],
    least: 10,
    alike: true,
    value(random) {
      const [legacy, right, wrong] = random.pick(statuses);
      const value = { legacy: json(legacy), right: json(right) };
      return wrong === undefined ? value : { ...value, wrong: json(wrong) };
    },
  },
  {
    name: 'ee_status_words',
    why: 'The same states in small letters with underscores, one to one.',
  },
  {
    name: 'ee_waiting_is_confirmed',
    critical: true,
    why: 'Some states turn into others: guests on the waiting list are told that they have a room.',
  },
);

const guestNames = bugOnly(
  {
    fields: ['leadGuest', 'guestName', 'bookedBy'],
    routes: ['GET /bookings/{ref}', 'GET /bookings/{ref}/guest'],
    common: () => ({ last: undefined as string | undefined }),
    value(random, state) {
      const legacy = json(`${random.pick(givenNames)} ${random.pick(surnames)}`);
      const before = state.last;
      state.last = legacy;
      return before === undefined || before === legacy
        ? { legacy, right: legacy }
        : { legacy, right: legacy, wrong: before };
    },
    least: 10,
  },
  {
    name: 'ee_former_request_leaks',
    critical: true,
    why: 'Now and then the answer holds the guest of the request before: somebody else reads the name.',
  },
);

export const families: Family[] = [...pages, ...freeRooms, ...labelled, cancelled, ...status, guestNames];
