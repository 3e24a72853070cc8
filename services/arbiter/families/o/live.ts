/** Values that differ from one run of legacy to the next, as a second run shows. */
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, timeOfDay } from '../kit-values.ts';

const capitals = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';

const authCode = twins(
  {
    fields: ['authorizationCode', 'authCode', 'approvalCode'],
    clear: true,
    least: 8,
    always: true,
    common: (random) => random.text(capitals, 6),
    value(random, constant: string) {
      const code = () => json(random.text(capitals, 6));
      return { legacy: code(), right: code(), legacy2: code(), wrong: json(constant) };
    },
  },
  {
    name: 'o_auth_code_per_run',
    why: 'Each run draws a new code of six characters, in legacy and in modern alike.',
  },
  {
    name: 'o_auth_code_constant',
    why: 'Modern gives every authorization the same code, where legacy never repeats one.',
    critical: true,
  },
);

const velocity = twins(
  {
    fields: ['transactionsLast24h', 'velocity24h', 'txCount24h'],
    least: 15,
    always: true,
    value(random) {
      const count = random.int(8, 90);
      const near = () => String(count + random.int(-1, 1));
      return { legacy: near(), right: near(), legacy2: near(), wrong: String(Math.floor(count / 2)) };
    },
  },
  {
    name: 'o_velocity_moving_window',
    why: 'The window moves between two calls, so counts differ by one or two in both systems.',
  },
  {
    name: 'o_velocity_half_window',
    why: 'Modern counts half of what both runs of legacy count, every time.',
    critical: true,
  },
);

const elapsed = twins(
  {
    fields: ['elapsedMs', 'scoringTimeMs', 'durationMillis'],
    clear: true,
    least: 5,
    always: true,
    value(random) {
      const time = () => random.int(80, 420);
      return {
        legacy: String(time()),
        right: String(time()),
        legacy2: String(time()),
        wrong: decimal(time(), 3),
      };
    },
  },
  {
    name: 'o_scoring_time',
    why: 'How long a call took differs from run to run, in the same range on both sides.',
  },
  {
    name: 'o_scoring_time_in_seconds',
    why: 'The field is named milliseconds and legacy answers them; modern answers seconds.',
    critical: false,
  },
);

const exchange = twins(
  {
    fields: ['exchangeRate', 'midRate', 'devisenkurs'],
    least: 4,
    common: (random) => random.pick([1.0853, 0.8567, 4.2713, 11.2417, 161.42, 25.318]),
    value(random, base: number) {
      const tick = () => base * (1 + (random.next() - 0.5) * 0.0004);
      return {
        legacy: tick().toFixed(5),
        right: tick().toFixed(5),
        legacy2: tick().toFixed(5),
        wrong: (1 / tick()).toFixed(5),
      };
    },
  },
  {
    name: 'o_exchange_rate_ticks',
    why: 'The rate moves in the fourth digit between two calls of legacy as well.',
  },
  { name: 'o_exchange_rate_inverted', why: 'Modern answers one divided by the rate.', critical: true },
);

const rules = ['R012', 'R044', 'R101', 'R117', 'R230', 'R305', 'R412'];
const hits = twins(
  {
    fields: ['hitRules', 'matchedRules', 'ruleIds'],
    clear: true,
    least: 6,
    value(random) {
      const hit = random.shuffled(rules).slice(0, random.int(2, 5));
      const order = () => json(random.shuffled(hit));
      return {
        legacy: order(),
        right: order(),
        legacy2: order(),
        wrong: json(random.shuffled(hit).slice(1)),
      };
    },
  },
  {
    name: 'o_rule_hits_any_order',
    why: 'The rules run in parallel: the same set in another order each time, in legacy too.',
  },
  {
    name: 'o_rule_hit_missing',
    why: 'One of the rules that hit in both runs of legacy is missing in modern.',
    critical: true,
  },
);

const created = twins(
  {
    fields: ['createdAt', 'reportCreated', 'erstelltAm'],
    least: 3,
    value(random) {
      const { h, m, s } = timeOfDay(random);
      const start = Day.any(random, 2025, 2026).date.getTime() + ((h * 60 + m) * 60 + s) * 1000;
      const stamp = (seconds: number) =>
        json(new Date(start + seconds * 1000).toISOString().replace('.000', ''));
      const soon = () => random.int(0, 9);
      return {
        legacy: stamp(soon()),
        right: stamp(soon()),
        legacy2: stamp(soon()),
        wrong: stamp(7200 + soon()),
      };
    },
  },
  {
    name: 'o_report_creation_time',
    why: 'The moment of creation differs by some seconds between any two runs.',
  },
  {
    name: 'o_report_time_two_hours_ahead',
    why: 'Modern is two hours ahead although both write UTC: local time with a Z.',
    critical: false,
  },
);

export const families: readonly Family[] = [
  ...authCode,
  ...velocity,
  ...elapsed,
  ...exchange,
  ...hits,
  ...created,
];
