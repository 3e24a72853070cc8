/** ORMs, caches and threads: what is loaded, what is kept, and whose it is. */
import type { Family, Random } from '../kit.ts';
import { decimal, json, list, minorUnits, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, brokenBesideTwice, instant, pair, person, same, some, zulu } from './parts.ts';

const tags = ['fragile', 'express', 'gift', 'cold-chain', 'insured', 'oversize', 'return', 'bulky'];

interface Counters {
  readonly year: number;
  old: number;
  fresh: number;
  last: string | undefined;
}

function counters(random: Random): Counters {
  const [year, old, fresh] = [
    random.int(2024, 2026),
    random.int(100_000, 400_000),
    random.int(500_000, 800_000),
  ];
  return { year, old, fresh, last: undefined };
}

/** The next number of one of the two sequences. */
function drawn(random: Random, counter: Counters, which: 'old' | 'fresh'): string {
  counter[which] += random.int(1, 3);
  return json(`${counter.year}-${counter[which]}`);
}

export const families: readonly Family[] = [
  ...pair(
    ['GET /orders/{id}', 'GET /shipments/{id}'],
    {
      fields: ['tags', 'labels', 'features'],
      value(random) {
        const own = some(random, tags, 2, 6);
        const twice = [...own, random.pick(own)].sort();
        return {
          legacy: json(random.shuffled(own)),
          legacy2: json(random.shuffled(own)),
          right: json(random.shuffled(own)),
          wrong: json(random.shuffled(own.length > 2 ? own.slice(1) : twice.slice(0, 1))),
        };
      },
    },
    [
      'set_without_order',
      'A set is loaded without ORDER BY; legacy itself answers another order when asked again.',
    ],
    [
      'set_member_lost',
      'Beside the order that legacy does not keep either, a tag of the order is missing.',
      'minor',
    ],
  ),
  ...broken(
    ['GET /accounts/{id}/transactions', 'GET /invoices/{number}/lines'],
    {
      fields: ['transactions', 'lines', 'postings'],
      value(random) {
        const rows = Array.from({ length: random.int(1, 5) }, () =>
          object({
            id: String(random.int(100_000, 999_999)),
            amount: decimal(minorUnits(random, 100, 90_000), 2),
          }),
        );
        const fan = rows.flatMap((row, at) => (at === 0 ? [row, row] : [row]));
        return shown(list(rows), list(rows), list(fan));
      },
    },
    [
      'join_fans_out',
      'A second one-to-many join repeats a parent row, so the same transaction is listed twice.',
      'critical',
    ],
  ),
  ...broken(
    ['GET /accounts/{id}/attorneys', 'GET /companies/{id}/signatories'],
    {
      fields: ['authorisedPersons', 'signatories'],
      clear: true,
      value(random) {
        const names = [...new Set(Array.from({ length: random.int(2, 5) }, () => person(random)))].sort();
        const kept =
          names.length > 1 && random.chance(0.7) ? names.filter((_, at) => at !== names.length - 2) : names;
        return shownJson(kept, kept, names);
      },
    },
    [
      'soft_deleted_back',
      'The filter on the deleted mark is gone, so persons whose authority was revoked are listed again.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /customers/{id}', 'GET /cards/{id}'],
    {
      fields: ['monthlyLimit', 'overdraftLimit', 'spendingCap'],
      clear: true,
      always: true,
      value(random) {
        if (random.chance(0.4)) return { legacy: 'null', right: undefined, wrong: '0' };
        const limit = String(random.int(1, 40) * 250);
        return { legacy: limit, right: limit };
      },
    },
    ['null_left_out', 'The serialiser leaves out members that are null: no limit was set either way.'],
    [
      'null_limit_zero',
      'A primitive type turns a missing limit into a limit of 0, which lets nothing through.',
      'critical',
    ],
  ),
  ...broken(
    ['GET /orders/{id}/history', 'GET /claims/{id}/notes'],
    {
      fields: ['createdBy', 'approvedBy', 'changedBy'],
      clear: true,
      common: (random) => random.pick(['MIGRATION', 'system', 'svc-import', 'flyway']),
      value(random, user) {
        const [first = '', last = ''] = person(random).toLowerCase().split(' ');
        const legacy = json(`${first[0]}.${last}`);
        return shown(legacy, legacy, json(user));
      },
    },
    [
      'auditor_overwritten',
      'The import wrote its own user over the clerk who had decided: the audit trail is lost.',
      'critical',
    ],
  ),
  ...broken(
    ['GET /me', 'GET /customers/{id}', 'GET /accounts/{id}/holder'],
    {
      fields: ['email', 'holderEmail', 'contact.email'],
      common: () => ({ before: json('info@northwind.example') }),
      value(random, shared) {
        const legacy = json(
          `${person(random).toLowerCase().replace(' ', '.')}${random.int(1, 99)}@mail.example`,
        );
        const wrong = shared.before;
        shared.before = legacy;
        return shown(legacy, legacy, wrong);
      },
    },
    [
      'answer_of_previous_caller',
      'A member of a singleton keeps the last request: under load a caller reads the data of the one before.',
      'critical',
    ],
  ),
  ...same(
    ['POST /orders', 'POST /claims', 'POST /invoices'],
    {
      fields: ['orderNumber', 'claimNumber', 'invoiceNumber'],
      clear: true,
      common: counters,
      value(random, counter) {
        const [legacy, legacy2, right] = [
          drawn(random, counter, 'old'),
          drawn(random, counter, 'old'),
          drawn(random, counter, 'fresh'),
        ];
        return { legacy, legacy2, right };
      },
    },
    [
      'numbers_drawn_anew',
      'Each run of the request draws the next number of its own sequence, in legacy as well.',
    ],
  ),
  ...broken(
    ['POST /orders', 'POST /claims', 'POST /invoices'],
    {
      fields: ['orderNumber', 'claimNumber', 'invoiceNumber'],
      clear: true,
      least: 12,
      always: true,
      common: counters,
      value(random, counter) {
        const [legacy, legacy2] = [drawn(random, counter, 'old'), drawn(random, counter, 'old')];
        const wrong = counter.last;
        if (wrong !== undefined && random.chance(0.3)) return { legacy, legacy2, right: wrong, wrong };
        counter.last = drawn(random, counter, 'fresh');
        return { legacy, legacy2, right: counter.last };
      },
    },
    [
      'number_given_twice',
      'MAX(id) + 1 is read without a lock, so orders made at the same moment get one and the same number.',
      'critical',
    ],
  ),
  ...same(
    ['GET /orders/{id}', 'GET /health', 'GET /quotes/{id}'],
    {
      fields: ['servedBy', 'node', 'instance'],
      clear: true,
      common: (random) => ({
        pool: random.pick(['prd', 'web', 'app']),
        set: random.text('bcdfghjklmnpqrstvwxz', 9),
      }),
      value(random, { pool, set }) {
        const host = () => json(`${pool}-srv-${two(random.int(1, 4))}`);
        const pods = [`${set}-7x2kq`, `${set}-m9cwl`, `${set}-t4vzn`];
        return { legacy: host(), legacy2: host(), right: json(`${pool}-${random.pick(pods)}`) };
      },
    },
    [
      'serving_host',
      'The machine that happened to answer; legacy names another one itself when asked again.',
    ],
  ),
  ...same(
    ['GET /me', 'POST /payments', 'GET /orders/{id}'],
    {
      fields: ['correlationId', 'requestId', 'conversationId'],
      clear: true,
      value(random) {
        const id = () => json(`${random.hex(8)}-${random.hex(8)}`);
        return { legacy: id(), legacy2: id(), right: id() };
      },
    },
    [
      'correlation_made_anew',
      'Each answer carries an id made for it, in legacy as well, and nobody keeps it.',
    ],
  ),
  brokenBesideTwice(
    ['POST /payments', 'POST /transfers'],
    {
      fields: ['correlationId', 'endToEndId', 'clientReference'],
      clear: true,
      always: true,
      value(random) {
        const echoed = json(`${random.hex(8)}-${random.hex(8)}`);
        return { legacy: echoed, right: echoed, wrong: json(`${random.hex(8)}-${random.hex(8)}`) };
      },
    },
    [
      'reference_not_echoed',
      'Legacy repeats the reference of the client (the same in both runs); the rewrite makes up its own, so nothing can be matched.',
      'critical',
    ],
  ),
  ...same(
    ['GET /documents/{id}', 'GET /audit/{id}'],
    {
      fields: ['retrievedAt', 'generatedAt', 'serverTime'],
      clear: true,
      common: (random) => ({ now: instant(random) }),
      value(random, clock) {
        clock.now += random.int(2000, 90_000);
        const at = (later: number) => json(new Date(clock.now + later).toISOString());
        const again = random.int(300, 1500);
        return { legacy: at(0), legacy2: at(again), right: at(random.int(-40, again)) };
      },
    },
    [
      'clock_read_at_answer',
      'The moment of answering: each run reads its own clock within seconds of the others.',
    ],
  ),
  ...broken(
    ['GET /documents/{id}', 'GET /audit/{id}'],
    {
      fields: ['retrievedAt', 'generatedAt', 'serverTime'],
      clear: true,
      always: true,
      common: (random) => ({ now: instant(random), hours: random.pick([1, 2, -5]) }),
      value(random, clock) {
        clock.now += random.int(2000, 90_000);
        const at = (later: number) => json(zulu(clock.now + later));
        const again = random.int(900, 2500);
        const modern = at(clock.hours * 3_600_000 + random.int(0, again));
        return { legacy: at(0), legacy2: at(again), right: at(again), wrong: modern };
      },
    },
    [
      'local_time_called_utc',
      'The local wall clock is printed with a Z: seconds of noise, and always whole hours beside legacy.',
      'minor',
    ],
  ),
];
