/** Values that differ at each run of legacy itself: clocks, tokens, quotes, unordered results. */
import { type Random, twins } from '../kit.ts';
import { Day, json } from '../kit-values.ts';

const clock = twins(
  {
    fields: ['generatedAt', 'asOf', 'serverTime', 'issuedAt'],
    least: 6,
    always: true,
    common(random) {
      const start = Day.any(random, 2024, 2026).date.getTime() + random.int(7, 18) * 3_600_000;
      return { now: start, frozen: new Date(start - random.int(2, 60) * 3_600_000 + 417).toISOString() };
    },
    value(random, at) {
      at.now += random.int(700, 90_000);
      const text = (delay: number) => json(new Date(at.now + delay).toISOString());
      return {
        legacy: text(0),
        right: text(random.int(3, 400)),
        wrong: json(at.frozen),
        legacy2: text(random.int(60, 900)),
      };
    },
  },
  {
    name: 'e_clock_read_moments_later',
    why: 'Both sides read the clock; the second run of legacy differs as little.',
  },
  {
    name: 'e_clock_frozen_at_start',
    critical: false,
    why: 'Legacy moves on with every request, the rewrite always answers one instant hours ago.',
  },
);

const url64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const tokens = twins(
  {
    fields: ['sessionToken', 'csrf', 'accessToken', 'nonce'],
    least: 5,
    always: true,
    common: (random) => json(random.text(url64, 43)),
    value: (random, shared) => ({
      legacy: json(random.hex(32)),
      right: json(random.text(url64, 43)),
      wrong: shared,
      legacy2: json(random.hex(32)),
    }),
  },
  {
    name: 'e_random_token_of_other_form',
    why: 'Both sides draw a new random token each time, as legacy does twice.',
  },
  {
    name: 'e_same_token_for_everybody',
    critical: true,
    why: 'Legacy draws a new token each time; the rewrite gives everybody the same.',
  },
);

const quotes = twins(
  {
    fields: ['indicativeRate', 'liveRate', 'askRate', 'spot'],
    least: 8,
    always: true,
    common: (random) => ({ rate: random.int(8_000, 16_000) / 10_000, up: random.chance(0.5) ? 1.02 : 0.98 }),
    value(random, { rate, up }) {
      const near = (factor: number) => (rate * factor * (1 + random.int(-9, 9) / 100_000)).toFixed(5);
      return { legacy: near(1), right: near(1), wrong: near(up), legacy2: near(1) };
    },
  },
  { name: 'e_live_rate_jitters', why: 'The rewrite strays from legacy no more than legacy from itself.' },
  {
    name: 'e_live_rate_with_margin_twice',
    critical: true,
    why: 'Two percent to one side, two hundred times what legacy strays from itself.',
  },
);

const unordered = twins(
  {
    fields: ['offers', 'branches', 'accounts', 'devices'],
    least: 3,
    value(random) {
      const ids = Array.from({ length: random.int(4, 8) }, () => `A${random.digits(6)}`);
      const shuffled = () => json(random.shuffled(ids));
      return {
        legacy: shuffled(),
        right: shuffled(),
        wrong: json(random.shuffled(ids.slice(1))),
        legacy2: shuffled(),
      };
    },
  },
  {
    name: 'e_results_without_order',
    why: 'The same entries; legacy itself lists them in another order each time.',
  },
  {
    name: 'e_results_without_order_lose_one',
    critical: true,
    why: 'One entry is missing; legacy changes the order from run to run, never the entries.',
  },
);

const oneTimeCodes = twins(
  {
    fields: ['otp', 'smsCode', 'oneTimeCode', 'tan'],
    least: 10,
    value: (random) => ({
      legacy: json(random.digits(6)),
      right: json(random.digits(6)),
      wrong: json(`${random.int(1, 9)}${random.digits(4)}`),
      legacy2: json(random.digits(6)),
    }),
  },
  { name: 'e_one_time_code', why: 'Six random digits at each run, in both systems.' },
  {
    name: 'e_one_time_code_loses_zero',
    critical: true,
    why: 'Some codes have five digits, which legacy never gives: a leading zero was lost.',
  },
);

const randomTail = twins(
  {
    fields: ['reference', 'receiptNumber', 'ticket', 'processingRef'],
    least: 3,
    value(random) {
      const day = Day.any(random, 2024, 2026);
      const text = (of: Day) => json(`PAY-${of.iso}-${random.hex(8).toUpperCase()}`);
      return { legacy: text(day), right: text(day), wrong: text(day.plus(-1)), legacy2: text(day) };
    },
  },
  {
    name: 'e_reference_with_random_tail',
    why: 'The day is equal in all runs; the rest is random in legacy too.',
  },
  {
    name: 'e_reference_of_day_before',
    critical: false,
    why: 'The day in the reference is equal in both runs of legacy, in the rewrite it is the day before.',
  },
);

const range = (random: Random) => String(random.int(20, 300));
const queue = twins(
  {
    fields: ['queueLength', 'waitSeconds', 'pendingJobs', 'estimatedWait'],
    least: 8,
    always: true,
    value: (random) => ({ legacy: range(random), right: range(random), wrong: '-1', legacy2: range(random) }),
  },
  { name: 'e_queue_length', why: 'All three runs vary over the same range.' },
  {
    name: 'e_queue_length_unknown',
    critical: false,
    why: 'The rewrite always answers -1, a mark for not known, where legacy counts.',
  },
);

export const families = [
  ...clock,
  ...tokens,
  ...quotes,
  ...unordered,
  ...oneTimeCodes,
  ...randomTail,
  ...queue,
];
