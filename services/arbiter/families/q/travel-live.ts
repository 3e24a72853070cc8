/** What moves while one looks: prices, seats left, holds, and texts of Perl and Go around them. */
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, minorUnits, object, two } from '../kit-values.ts';

const clock = (seconds: number) =>
  `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['seatsLeft', 'availableSeats', 'remainingRooms', 'inventory'],
      clear: true,
      least: 20,
      value(random) {
        const left = random.int(12, 160);
        const sold = () => String(left - random.int(0, 2));
        return { legacy: sold(), legacy2: sold(), right: sold(), wrong: '0' };
      },
      always: true,
    },
    {
      name: 'seats_left_while_selling',
      why: 'Seats are sold between the calls: the rewrite differs from legacy as little as legacy from itself.',
    },
    {
      name: 'seats_left_always_zero',
      why: 'Everything is sold out in the rewrite while both runs of legacy have dozens of seats.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['quotedPrice', 'lowestFare', 'livePrice', 'offerTotal'],
      clear: true,
      least: 25,
      value(random) {
        const base = minorUnits(random, 6000, 180_000);
        const offer = (share: number) => decimal(Math.floor(base * share * (0.99 + random.next() * 0.02)), 2);
        return { legacy: offer(1), legacy2: offer(1), right: offer(1), wrong: offer(0.8) };
      },
      always: true,
    },
    {
      name: 'live_price_flutters',
      why: 'Prices move by a percent between any two calls, in legacy as well.',
    },
    {
      name: 'live_price_without_taxes',
      why: 'Every price is a fifth lower than both runs of legacy, which differ by a percent at most.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['hold', 'seatHold', 'optionWindow', 'reservationHold'],
      clear: true,
      least: 5,
      common: (random) => Day.any(random, 2026, 2026),
      value(random, day) {
        const start = random.int(0, 80_000);
        const hold = (from: number, seconds: number) =>
          json({
            createdAt: `${day.iso}T${clock(from)}Z`,
            expiresAt: `${day.iso}T${clock(from + seconds)}Z`,
          });
        return {
          legacy: hold(start, 900),
          legacy2: hold(start + random.int(1, 4), 900),
          right: hold(start + random.int(1, 4), 900),
          wrong: hold(start + random.int(1, 4), 15),
        };
      },
    },
    {
      name: 'hold_of_fifteen_minutes',
      why: 'Each call starts a hold of its own, and in both systems it lasts fifteen minutes.',
    },
    {
      name: 'hold_of_fifteen_seconds',
      why: 'The hold expires after fifteen seconds instead of fifteen minutes, before anybody can pay.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['intradayPosition', 'liveBalance', 'cashFlowToday', 'netPosition'],
      clear: true,
      least: 10,
      value(random) {
        const base = minorUnits(random, 20_000_000, 900_000_000) * (random.chance(0.7) ? -1 : 1);
        const tick = (sign: number) => decimal(sign * Math.floor(base * (0.998 + random.next() * 0.004)), 2);
        return { legacy: tick(1), legacy2: tick(1), right: tick(1), wrong: tick(-1) };
      },
      always: true,
    },
    {
      name: 'intraday_position_ticks',
      why: 'Payments arrive all day: the position moves by some tenths of a percent between calls of legacy too.',
    },
    {
      name: 'intraday_position_negated',
      why: 'The position has the other sign in the rewrite while both runs of legacy agree on it.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['driverDistanceMetres', 'pickupDistanceM', 'shuttleMetresAway'],
      clear: true,
      least: 8,
      value(random) {
        const away = random.int(900, 14_000);
        const moved = () => Math.floor(away * (0.97 + random.next() * 0.03));
        const wrong = decimal(moved(), 3);
        return { legacy: String(moved()), legacy2: String(moved()), right: String(moved()), wrong };
      },
      always: true,
    },
    {
      name: 'driver_distance_moves',
      why: 'The car drives while it is asked for: the metres differ as little as between two runs of legacy.',
    },
    {
      name: 'driver_distance_in_kilometres',
      why: 'A field of metres carries kilometres: every value is a thousand times smaller than in both runs of legacy.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['bookingExtras', 'remarks', 'serviceFees', 'ssr'],
      least: 3,
      value(random) {
        const members = random
          .shuffled(['bags', 'meal', 'wifi', 'lounge', 'insurance', 'transfer'])
          .slice(0, random.int(3, 5))
          .map((key) => [key, String(random.int(1, 60))] as const);
        const written = (kept: typeof members) => object(Object.fromEntries(random.shuffled(kept)));
        return {
          legacy: written(members),
          legacy2: written(members),
          right: written(members),
          wrong: written(members.slice(1)),
        };
      },
    },
    {
      name: 'perl_hash_order',
      why: 'A Perl hash comes in another order each time, and the order of members means nothing.',
    },
    {
      name: 'perl_hash_member_missing',
      why: 'Beside the order, which means nothing, one of the members is missing.',
      critical: false,
    },
  ),
];
