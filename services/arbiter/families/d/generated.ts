/** Values that are made anew at each request: times of now, identifiers, tokens, running numbers. */
import { type Family, type Random, twins } from '../kit.ts';
import { json } from '../kit-values.ts';

const instant = (milliseconds: number) => json(new Date(milliseconds).toISOString());
const now = (random: Random) => random.int(1_700_000_000, 1_790_000_000) * 1000 + random.int(0, 999);
const uuid = (random: Random) =>
  json(
    `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-${random.text('89ab', 1)}${random.hex(3)}-${random.hex(12)}`,
  );

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['generatedAt', 'timestamp', 'serverTime', 'meta.asOf'],
      least: 5,
      always: true,
      value: (random) => {
        const at = now(random);
        const modern = at + random.int(4, 90);
        return {
          legacy: instant(at),
          legacy2: instant(at + random.int(200, 900)),
          right: instant(modern),
          wrong: instant(modern + 7_200_000),
        };
      },
    },
    {
      name: 'd_time_of_now',
      why: 'The moment of the answer differs by less than between two runs of legacy.',
    },
    {
      name: 'd_time_of_now_local_as_utc',
      why: 'Local time is marked as UTC: always two hours later than both runs of legacy.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['expiresAt', 'session.validUntil', 'token.expiry'],
      clear: true,
      least: 5,
      always: true,
      value: (random) => {
        const at = now(random);
        const after = (start: number, lifetime: number) => instant(start + lifetime);
        const modern = at + random.int(5, 120);
        return {
          legacy: after(at, 900_000),
          legacy2: after(at + random.int(300, 1200), 900_000),
          right: after(modern, 900_000),
          wrong: after(modern, 900_000_000),
        };
      },
    },
    {
      name: 'd_expiry_from_now',
      why: 'The end of the session moves with the moment of the request, as in legacy.',
    },
    {
      name: 'd_expiry_thousandfold',
      why: 'Sessions end ten days later than both runs of legacy: seconds were taken for milliseconds.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['correlationId', 'requestId', 'messageId', 'idempotencyKey'],
      least: 5,
      always: true,
      common: uuid,
      value: (random, fixed) => ({
        legacy: uuid(random),
        legacy2: uuid(random),
        right: uuid(random),
        wrong: fixed,
      }),
    },
    { name: 'd_uuid_each_time', why: 'Both sides draw a random UUID for each request.' },
    {
      name: 'd_uuid_drawn_once',
      why: 'All requests get one and the same UUID, so different requests count as repetitions.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['accessToken', 'sessionId', 'resetToken', 'csrf'],
      least: 5,
      always: true,
      value: (random) => ({
        legacy: json(random.hex(32)),
        legacy2: json(random.hex(32)),
        right: json(random.hex(32)),
        wrong: json(random.hex(4).padStart(32, '0')),
      }),
    },
    { name: 'd_token_each_time', why: 'Both sides draw a random token of the same length and alphabet.' },
    {
      name: 'd_token_mostly_zeros',
      why: 'All but four digits of the token are zero, so sessions can be guessed.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['receiptNumber', 'orderNo', 'bookingId', 'ticket'],
      least: 6,
      always: true,
      common: (random) => ({
        next: random.int(200_000, 700_000),
        fixed: `2026-${random.int(700_001, 799_999)}`,
      }),
      value: (random, common) => {
        const draw = () => {
          common.next += random.int(1, 5);
          return json(`2026-${common.next}`);
        };
        return { legacy: draw(), right: draw(), legacy2: draw(), wrong: json(common.fixed) };
      },
    },
    { name: 'd_running_number', why: 'Each request draws the next number of one sequence, in legacy too.' },
    {
      name: 'd_running_number_stands_still',
      why: 'All requests get the same number where legacy counts up: records overwrite each other.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['elapsedMs', 'took', 'timing.total', 'durationMs'],
      least: 6,
      value: (random) => {
        const took = () => random.int(8, 140);
        return {
          legacy: String(took()),
          legacy2: String(took()),
          right: String(took()),
          wrong: String(-took()),
        };
      },
    },
    { name: 'd_elapsed_time', why: 'How long it took differs at each run, in legacy too.' },
    {
      name: 'd_elapsed_time_negative',
      why: 'Start and end are swapped: no answer takes a negative time.',
      critical: false,
    },
  ),
];
