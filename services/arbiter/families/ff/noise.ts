/** What differs by nature: ids made anew, clocks read twice, live values, and the defects that hide among them. */
import type { Family, Random } from '../kit.ts';
import { Day, json, timeOfDay } from '../kit-values.ts';
import { pair, same } from './base.ts';

const uuid = (random: Random) =>
  `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-${random.text('89ab', 1)}${random.hex(3)}-${random.hex(12)}`;

/** A time of the day on which the requests were recorded. */
const moment = (random: Random, day: Day) =>
  day.date.getTime() + timeOfDay(random).h * 3_600_000 + random.int(0, 3_599_999);
const iso = (ms: number) => json(new Date(ms).toISOString());

export const families: Family[] = [
  ...pair(
    {
      fields: ['requestId', 'correlationId', 'traceId', 'meta.messageId'],
      routes: ['POST /payments', 'GET /accounts/{id}', 'POST /quotes'],
      twice: true,
      evidence: 4,
      shares: [1],
      common: (random) => random.pick([uuid(random), '00000000-0000-0000-0000-000000000000']),
      value: (random, stuck) => ({
        legacy: json(uuid(random)),
        legacy2: json(uuid(random)),
        right: json(uuid(random)),
        wrong: json(stuck),
      }),
    },
    {
      name: 'ff_request_id_made_anew',
      why: 'Every request gets an id of its own, also when legacy is asked the same thing twice.',
    },
    {
      name: 'ff_request_id_always_the_same',
      critical: false,
      why: 'Legacy makes a new id for every request, but the rewrite answers one and the same id to all.',
    },
  ),
  ...pair(
    {
      fields: ['generatedAt', 'serverTime', 'timestamp', 'meta.answeredAt'],
      routes: ['GET /rates', 'POST /quotes', 'GET /status', 'POST /payments'],
      twice: true,
      evidence: 4,
      shares: [1],
      common: (random) => ({ day: Day.any(random, 2025, 2026), hours: random.pick([1, 2, -5]) }),
      value(random, { day, hours }) {
        const at = moment(random, day);
        return {
          legacy: iso(at),
          legacy2: iso(at + random.int(200, 2_500)),
          right: iso(at + random.int(-40, 900)),
          wrong: iso(at + random.int(-40, 900) + hours * 3_600_000),
        };
      },
    },
    {
      name: 'ff_clock_read_at_answer',
      why: 'Both sides print the moment of their answer, within the second or two that legacy differs from itself.',
    },
    {
      name: 'ff_clock_in_local_time_called_utc',
      critical: false,
      why: 'Besides a second of noise the rewrite is off by the same whole hours: local time with the mark of UTC.',
    },
  ),
  ...pair(
    {
      fields: ['exchangeRate', 'fxRate', 'rate.mid', 'indicativeRate'],
      routes: ['GET /rates/{pair}', 'POST /quotes/fx', 'GET /rates'],
      twice: true,
      clear: true,
      evidence: 4,
      shares: [1, 0.5],
      common: (random) => ({
        mid: random.pick([1.0832, 0.8541, 1.3127, 4.2984, 11.2731, 157.42]),
        how: random.pick([0, 1]),
      }),
      value(random, { mid, how }) {
        const live = () => mid * (1 + (random.next() - 0.5) * 0.002);
        const text = (rate: number) => rate.toPrecision(6);
        return {
          legacy: text(live()),
          legacy2: text(live()),
          right: text(live()),
          wrong: how === 0 ? text(1 / live()) : '1.00000',
        };
      },
    },
    {
      name: 'ff_live_rate_moves',
      why: "The rate moves between two questions; the rewrite's lies as close as legacy's to itself.",
    },
    {
      name: 'ff_rate_inverted_or_defaulted',
      critical: true,
      why: 'Far beyond the movement of the market the rate is the inverse one, or 1 as if there were no exchange.',
    },
  ),
  ...pair(
    {
      fields: ['creditCheck', 'scoring', 'availability', 'bureau'],
      routes: ['POST /applications', 'GET /customers/{id}/score', 'POST /quotes'],
      twice: true,
      shares: [0.6, 0.8],
      common: () => ({ asked: 0, failed: 0 }),
      value(random, legacy) {
        const fine = json({ status: 'OK', score: random.int(210, 980) });
        const failed = json({ status: 'TIMEOUT', score: null });
        legacy.asked += 1;
        if (legacy.failed * 8 >= legacy.asked || !random.chance(0.2))
          return { legacy: fine, right: fine, wrong: failed };
        legacy.failed += 1;
        return random.chance(0.6)
          ? { legacy: failed, legacy2: fine, right: fine }
          : { legacy: fine, legacy2: failed, right: fine };
      },
    },
    {
      name: 'ff_upstream_timeout_of_legacy',
      why: 'Legacy sometimes ran into a timeout and got the very answer of the rewrite in its other run.',
    },
    {
      name: 'ff_upstream_timeout_too_short',
      critical: true,
      why: 'Legacy rarely runs into a timeout, but the rewrite does so often where both runs of legacy have a score.',
    },
  ),
  ...pair(
    {
      fields: ['expires_in', 'expiresInSeconds', 'session.ttl'],
      routes: ['POST /oauth/token', 'POST /login', 'GET /session'],
      twice: true,
      clear: true,
      evidence: 4,
      shares: [1],
      common: (random) => random.pick([300, 900, 1800, 3600]),
      value(random, seconds) {
        const left = () => seconds - random.int(0, 2);
        return {
          legacy: String(left()),
          legacy2: String(left()),
          right: String(left()),
          wrong: String(left() * 1000),
        };
      },
    },
    {
      name: 'ff_token_lifetime_jitters',
      why: 'The seconds left differ by one or two with the moment of the question, as legacy does from itself.',
    },
    {
      name: 'ff_token_lifetime_in_milliseconds',
      critical: true,
      why: 'The lifetime is a thousand times as long: milliseconds under a name that promises seconds.',
    },
  ),
  same(
    {
      fields: ['durationMs', 'took', 'elapsed', 'meta.processingTime'],
      routes: ['GET /search', 'POST /quotes', 'GET /reports/{id}'],
      clear: true,
      twice: true,
      common: (random) => random.pick([28, 75, 240]),
      value(random, usual) {
        const time = (factor: number) => String(Math.round(usual * factor * (0.5 + random.next() * 1.6)));
        return { legacy: time(1), legacy2: time(1), right: time(0.7) };
      },
    },
    {
      name: 'ff_processing_time',
      why: 'The time an answer took differs for every answer and says nothing about the business.',
    },
  ),
  same(
    {
      fields: ['servedBy', 'meta.node', 'X-Backend', 'hostname', 'instance'],
      routes: ['GET /status', 'GET /accounts/{id}', 'GET /search'],
      clear: true,
      twice: true,
      value(random) {
        const old = () => json(`app${random.int(1, 4)}.dc${random.int(1, 2)}.internal`);
        return {
          legacy: old(),
          legacy2: old(),
          right: json(`api-7d9f8b6c5-${random.text('bcdfghjklmnpqrstvwxz2456789', 5)}`),
        };
      },
    },
    {
      name: 'ff_name_of_the_serving_node',
      why: 'The answer names the machine that gave it, which changes from request to request.',
    },
  ),
  same(
    {
      fields: ['etag', 'header:etag', 'headers.ETag'],
      routes: ['GET /documents/{id}', 'GET /products/{id}', 'GET /catalogue'],
      clear: true,
      value: (random) => ({
        legacy: json(`"${random.hex(8)}-${random.hex(5)}"`),
        right: json(
          `W/"${random.text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', 27)}"`,
        ),
      }),
    },
    {
      name: 'ff_etag_by_other_method',
      why: 'An entity tag is opaque and compared only with tags of the same server, which makes it its own way.',
    },
  ),
  same(
    {
      fields: ['confirmationNumber', 'orderNumber', 'ticketNo', 'caseNumber'],
      routes: ['POST /orders', 'POST /tickets', 'POST /claims'],
      clear: true,
      twice: true,
      common(random) {
        const start = random.int(200_000, 800_000);
        return {
          last: start,
          other: start + random.int(5_000, 90_000),
          prefix: random.pick(['', 'N-', '2026-']),
        };
      },
      value(random, numbers) {
        const number = (of: number) => json(`${numbers.prefix}${of}`);
        numbers.last += random.int(1, 4);
        const legacy = number(numbers.last);
        numbers.last += random.int(1, 4);
        numbers.other += random.int(1, 4);
        return { legacy, legacy2: number(numbers.last), right: number(numbers.other) };
      },
    },
    {
      name: 'ff_number_drawn_from_sequence',
      why: 'Each creation draws the next free number of a sequence, also when legacy is asked twice.',
    },
  ),
];
