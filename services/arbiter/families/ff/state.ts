/** Caches and concurrency: answers of another moment or of another person. */
import type { Family } from '../kit.ts';
import { givenNames, json, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';
import { always, differs } from './base.ts';

const counters = [
  ['availableBalance', 'GET /accounts/4711/balance', 9_000],
  ['stock', 'GET /articles/100482/stock', 600],
  ['seatsLeft', 'GET /flights/LX318/seats', 180],
  ['limitLeft', 'GET /cards/5520/limit', 4_000],
] as const;

export const families: Family[] = [
  differs(
    {
      fields: [],
      routes: [],
      twice: true,
      shares: [0.4, 0.6, 0.8],
      evidence: 3,
      common(random) {
        const [field, route, most] = random.pick(counters);
        return { field, route, now: random.int(most / 10, most), before: undefined as number | undefined };
      },
      place: ({ field, route }) => ({ fields: [field], routes: [route] }),
      value(random, state) {
        if (random.chance(0.6)) {
          state.before = state.now;
          state.now = Math.max(0, state.now + random.pick([-1, -2, -3, -5, -20, 4, 25]));
        }
        const now = String(state.now);
        return shown(now, now, String(state.before ?? state.now));
      },
    },
    {
      name: 'ff_stale_value_from_cache',
      critical: true,
      why: 'After a change the rewrite still answers the value before it, from a cache nobody invalidated.',
    },
  ),
  differs(
    {
      fields: ['profile', 'customer', 'me', 'session.user'],
      routes: ['GET /me', 'GET /session', 'GET /profile'],
      shares: [0.15, 0.3, 0.5],
      common: () => ({ last: undefined as string | undefined }),
      value(random, state) {
        const who = json({
          customerNo: random.int(100_000, 999_999),
          name: `${random.pick(givenNames)} ${random.pick(surnames)}`,
        });
        const { last } = state;
        state.last = who;
        return last === undefined ? { legacy: who, right: who } : { legacy: who, right: who, wrong: last };
      },
    },
    {
      name: 'ff_answer_of_previous_customer',
      critical: true,
      why: 'The cache key lacks the user, so somebody is shown the customer of the request before.',
    },
  ),
  differs(
    {
      fields: ['points', 'loyaltyPoints', 'pointsBalance'],
      routes: ['GET /loyalty/88213', 'GET /members/88213/points'],
      twice: true,
      shares: always,
      evidence: 4,
      common: (random) => {
        const start = random.int(100, 4_000);
        return { all: start, kept: start };
      },
      value(random, counts) {
        const gain = random.int(1, 80);
        counts.all += gain;
        if (random.chance(0.85)) counts.kept += gain;
        return shown(String(counts.all), String(counts.all), String(counts.kept));
      },
    },
    {
      name: 'ff_update_lost_between_two_writers',
      critical: true,
      why: 'Now and then an increase is overwritten, and from then on the count stays behind by as much.',
    },
  ),
];
