/** Fields that vary by themselves, as the second run of legacy shows, and defects that hide in that. */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, decimal, json, minorUnits, object } from '../kit-values.ts';

const uuid = (random: Random): string =>
  random.hex(30).replace(/^(.{8})(.{4})(.{3})(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');

/** A moment of 2026 as milliseconds. */
const moment = (random: Random): number =>
  Day.any(random, 2026, 2026).date.getTime() + random.int(0, 86_399_999);
const iso = (milliseconds: number): string => json(new Date(milliseconds).toISOString());

const requestId = twins(
  {
    fields: ['requestId', 'sessionToken', 'correlationId'],
    least: 6,
    always: true,
    common: uuid,
    value: (random, fixed) => ({
      legacy: json(uuid(random)),
      legacy2: json(uuid(random)),
      right: json(uuid(random)),
      wrong: json(fixed),
    }),
  },
  { name: 'c_random_id_each_time', why: 'The identifier is made anew at each run, by legacy too.' },
  {
    name: 'c_random_id_always_same',
    critical: true,
    why: 'Every request got the same identifier, which must be unique.',
  },
);

const now = twins(
  {
    fields: ['serverTime', 'generatedAt', 'issuedAt'],
    least: 5,
    always: true,
    value(random) {
      const at = moment(random);
      const soon = at + random.int(20, 900);
      return {
        legacy: iso(at),
        legacy2: iso(at + random.int(20, 900)),
        right: iso(soon),
        wrong: iso(soon + 7_200_000),
      };
    },
  },
  {
    name: 'c_clock_a_moment_later',
    why: 'The clock was read a moment later, as at the second run of legacy.',
  },
  {
    name: 'c_clock_two_hours_ahead',
    critical: true,
    why: 'Two runs of legacy are within a second, the rewrite is two hours ahead: local time as UTC.',
  },
);

const reference = twins(
  {
    fields: ['paymentReference', 'receipt', 'trace'],
    least: 3,
    value(random) {
      const order = `ORD-${random.digits(6)}`;
      const run = () => random.hex(8);
      return {
        legacy: json(`${order}/${run()}`),
        legacy2: json(`${order}/${run()}`),
        right: json(`${order}/${run()}`),
        wrong: json(`ORD-${random.digits(6)}/${run()}`),
      };
    },
  },
  {
    name: 'c_reference_with_random_end',
    why: 'Only the end is random, in both runs of legacy too; the order is the same.',
  },
  {
    name: 'c_other_order_before_random_end',
    critical: true,
    why: 'The part before the random end never varies in legacy and names another order here.',
  },
);

const unordered = twins(
  {
    fields: ['linkedAccounts', 'openClaims', 'devices'],
    least: 4,
    value(random) {
      const ids = Array.from({ length: random.int(3, 6) }, () => `A${random.digits(5)}`);
      return {
        legacy: json(ids),
        legacy2: json(random.shuffled(ids)),
        right: json(random.shuffled(ids)),
        wrong: json(random.shuffled(ids).slice(1)),
      };
    },
  },
  {
    name: 'c_order_varies_by_itself',
    why: 'Legacy gives another order at each run; the entries are the same.',
  },
  {
    name: 'c_entry_missing_in_loose_order',
    critical: true,
    why: 'One of the entries that both runs of legacy have is missing.',
  },
);

const quote = twins(
  {
    fields: ['spotRate', 'livePrice', 'bid'],
    least: 15,
    always: true,
    value(random) {
      const base = random.int(800_000, 1_600_000);
      const near = () => Math.round(base * (1 + (random.next() - 0.5) * 0.002));
      return {
        legacy: decimal(near(), 4),
        legacy2: decimal(near(), 4),
        right: decimal(near(), 4),
        wrong: decimal(Math.round(near() * 1.02), 4),
      };
    },
  },
  { name: 'c_live_price', why: 'The rewrite differs from legacy by what legacy differs from itself.' },
  {
    name: 'c_live_price_with_margin',
    critical: true,
    why: 'Always about two percent above legacy, whose own runs differ by a tenth of a percent.',
  },
);

const mixed = twins(
  {
    fields: ['statement', 'snapshot', 'overview'],
    least: 3,
    value(random) {
      const at = moment(random);
      const balance = minorUnits(random, 1_000);
      const seen = (units: number, later: number) =>
        object({ balance: decimal(units, 2), asOf: iso(at + later) });
      return {
        legacy: seen(balance, 0),
        legacy2: seen(balance, random.int(10, 2_000)),
        right: seen(balance, random.int(10, 2_000)),
        wrong: seen(balance + random.pick([-1, 1]) * random.int(1, 900), random.int(10, 2_000)),
      };
    },
  },
  { name: 'c_clock_beside_balance', why: 'Only the time of the answer moved on, as in legacy.' },
  {
    name: 'c_balance_beside_clock',
    critical: true,
    why: 'The balance, which legacy repeats exactly, is another one.',
  },
);

export const families: readonly Family[] = [
  ...requestId,
  ...now,
  ...reference,
  ...unordered,
  ...quote,
  ...mixed,
];
