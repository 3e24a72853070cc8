/** Rates, waits and expiries that move between two calls of legacy as well. */
import { defect, twins } from '../kit.ts';
import { Day, decimal, json } from '../kit-values.ts';

export const families = [
  ...twins(
    {
      fields: ['spot', 'midPrice', 'indicativeRate', 'lastPrice'],
      least: 5,
      always: true,
      common: (random) => random.int(10_500, 11_200),
      value(random, mid) {
        const quote = (level: number) => decimal(level + random.int(-4, 4), 4);
        const level = mid + random.int(-60, 60);
        return {
          legacy: quote(level),
          legacy2: quote(level),
          right: quote(level),
          wrong: quote(Math.round(level * 1.05)),
        };
      },
    },
    {
      name: 'spot_rate_ticks',
      why: 'The rate moves by a few ticks between any two calls, of legacy too; the rewrite stays within them.',
    },
    {
      name: 'spot_rate_five_percent_high',
      critical: true,
      why: 'Two runs of legacy differ by a few ticks; the rewrite is five per cent higher each time.',
    },
  ),
  defect(
    {
      fields: ['spot', 'midPrice', 'liveRate', 'lastPrice'],
      least: 8,
      always: true,
      common: (random) => random.int(10_500, 11_200),
      value(random, mid) {
        const level = mid + random.int(-200, 200);
        const legacy = decimal(level, 4);
        return {
          legacy,
          legacy2: decimal(level + random.int(-3, 3), 4),
          right: legacy,
          wrong: decimal(mid, 4),
        };
      },
    },
    {
      name: 'spot_rate_frozen',
      critical: true,
      why: 'Legacy follows the market and the rewrite answers the same rate in every observation.',
    },
  ),
  ...twins(
    {
      fields: ['expiresAt', 'sessionEnds', 'tokenExpiry', 'quoteValidUntil'],
      least: 3,
      value(random) {
        const start = Day.any(random, 2024, 2026).date.getTime() + random.int(0, 86_399) * 1000;
        const text = (seconds: number) =>
          json(`${new Date(start + seconds * 1000).toISOString().slice(0, 19)}Z`);
        return {
          legacy: text(900),
          legacy2: text(900 + random.int(1, 9)),
          right: text(900 + random.int(0, 9)),
          wrong: text(54_000 + random.int(0, 9)),
        };
      },
    },
    {
      name: 'expiry_from_now',
      why: 'Expiry counts from the call, so two runs of legacy differ by seconds as well; the rewrite does no more.',
    },
    {
      name: 'expiry_in_hours_not_minutes',
      critical: true,
      why: 'Two runs of legacy differ by seconds; the rewrite lets it expire almost fifteen hours later.',
    },
  ),
  ...twins(
    {
      fields: ['waitMinutes', 'etaMinutes', 'queueMinutes'],
      least: 4,
      value(random) {
        const wait = random.int(6, 55);
        const now = () => wait + random.int(-2, 2);
        return {
          legacy: String(now()),
          legacy2: String(now()),
          right: String(now()),
          wrong: String(now() * 60),
        };
      },
    },
    {
      name: 'waiting_time_moves',
      why: 'The estimate moves by some minutes from call to call, in legacy too.',
    },
    {
      name: 'waiting_time_in_seconds',
      critical: false,
      why: 'The estimate moves by some minutes in legacy; the rewrite answers sixty times as much.',
    },
  ),
];
