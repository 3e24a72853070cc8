/** What differs by nature, since both systems were asked and act on their own, and the defects beside it. */
import type { Family, Random } from '../kit.ts';
import { Day, decimal, json, minorUnits, object, two } from '../kit-values.ts';
import { broken, fine, pair, same } from './setting.ts';

const uuid = (random: Random): string =>
  `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-${random.text('89ab', 1)}${random.hex(3)}-${random.hex(12)}`;

const madeAnew = pair(
  {
    fields: ['paymentId', 'reservationId', 'claimId', 'ticketId'],
    routes: ['POST /payments', 'POST /reservations', 'POST /claims', 'POST /tickets'],
    twice: true,
    least: 12,
    evidence: 4,
    common: (random) => ({ ids: Array.from({ length: random.int(1, 3) }, () => uuid(random)) }),
    value: (random, { ids }) => ({
      legacy: json(uuid(random)),
      right: json(uuid(random)),
      wrong: json(random.pick(ids)),
      legacy2: json(uuid(random)),
    }),
  },
  {
    name: 'hh_id_made_anew',
    why: 'Each call creates a record with an id of its own, in legacy too when it is asked again.',
  },
  {
    name: 'hh_id_given_again',
    why: 'Legacy gives every new record its own id; the rewrite gives the same few ids to different ones.',
    critical: true,
  },
);

const clock = pair(
  {
    fields: ['serverTime', 'generatedAt', 'asOf', 'responseTimestamp'],
    routes: ['GET /status', 'POST /reports', 'GET /positions', 'POST /ws/OrderService'],
    clear: true,
    twice: true,
    least: 10,
    common: (random) => {
      const start = Day.any(random, 2024, 2025).date.getTime() + random.int(0, 80_000) * 1000;
      return { at: start, started: start - random.int(7_200_000, 320_000_000) };
    },
    value: (random, clockState) => {
      clockState.at += random.int(4_000, 900_000);
      const text = (milliseconds: number) => json(new Date(milliseconds).toISOString());
      return {
        legacy: text(clockState.at),
        right: text(clockState.at + random.int(2, 240)),
        wrong: text(clockState.started),
        legacy2: text(clockState.at + random.int(250, 4_000)),
      };
    },
  },
  {
    name: 'hh_clock_read_twice',
    why: 'Both read their clock when they answer, some milliseconds apart, as legacy does against itself.',
  },
  {
    name: 'hh_clock_stands_still',
    why: 'The rewrite read its clock once at start-up: its time never moves while that of legacy does.',
    critical: false,
  },
);

const session = pair(
  {
    fields: ['session', 'login', 'token', 'auth'],
    routes: ['POST /login', 'POST /oauth/token', 'POST /sessions'],
    twice: true,
    common: (random) => random.pick([600, 900, 1800, 3600]),
    value: (random, seconds) => {
      const text = (expiresIn: number) => json({ token: random.hex(32), tokenType: 'Bearer', expiresIn });
      return {
        legacy: text(seconds),
        right: text(seconds),
        wrong: text(seconds * 1000),
        legacy2: text(seconds),
      };
    },
  },
  {
    name: 'hh_token_made_anew',
    why: 'Each login gets a random token, also from legacy asked again; type and life time are the same.',
  },
  {
    name: 'hh_token_lives_too_long',
    why: 'Beside the random token its life time is a thousandfold: milliseconds stand where seconds are meant.',
    critical: true,
  },
);

const branches = ['LYO', 'GRZ', 'MAL', 'POR', 'LEE'];
const runningNumbers = pair(
  {
    fields: ['bookingNumber', 'receiptNumber', 'caseNumber', 'orderNumber'],
    routes: ['POST /bookings', 'POST /receipts', 'POST /cases', 'POST /orders'],
    twice: true,
    least: 10,
    evidence: 3,
    common: (random) => ({
      old: random.int(20_000, 90_000),
      fresh: random.int(500_000, 600_000),
      home: random.pick(branches),
      year: random.int(2024, 2025),
    }),
    value: (random, state) => {
      const branch = random.pick(branches);
      const text = (place: string, number: number) =>
        json(`${place}-${state.year}-${String(number).padStart(6, '0')}`);
      state.old += random.int(2, 4);
      const legacy = text(branch, state.old - 1);
      const legacy2 = text(branch, state.old);
      state.fresh += 1;
      const both = { legacy, right: text(branch, state.fresh), legacy2 };
      return branch === state.home ? both : { ...both, wrong: text(state.home, state.fresh) };
    },
  },
  {
    name: 'hh_own_running_number',
    why: 'Branch and year agree; only the running number comes from each system’s own sequence, and legacy counts on as well.',
  },
  {
    name: 'hh_number_of_the_wrong_branch',
    why: 'Beside the running number, all bookings are filed under one branch instead of the one that took them.',
    critical: true,
  },
);

const took = fine(
  {
    fields: ['tookMs', 'durationMs', 'processingTime', 'elapsed'],
    routes: ['GET /search', 'POST /reports', 'POST /quotes'],
    clear: true,
    twice: true,
    value: (random) => ({
      legacy: String(minorUnits(random, 18, 900)),
      right: String(minorUnits(random, 3, 240)),
      legacy2: String(minorUnits(random, 18, 900)),
    }),
  },
  {
    name: 'hh_time_it_took',
    why: 'How long the answer took is measured anew by every run and says nothing about the data.',
  },
);

const gauge = fine(
  {
    fields: ['queueLength', 'onlineUsers', 'callsWaiting', 'freeParkingSpaces'],
    routes: ['GET /status', 'GET /live', 'GET /sites/{id}/live'],
    clear: true,
    twice: true,
    least: 10,
    common: (random) => ({ level: random.int(60, 400) }),
    value: (random, state) => {
      state.level = Math.max(20, state.level + random.int(-12, 12));
      const read = () => String(state.level + random.int(-3, 3));
      return { legacy: read(), right: read(), legacy2: read() };
    },
  },
  {
    name: 'hh_live_gauge',
    why: 'A live reading that moves between any two calls, by as much in legacy against itself.',
  },
);

const envelope = pair(
  {
    fields: ['header', 'meta', 'messageInfo', 'envelope'],
    routes: ['POST /ws/OrderService', 'POST /payments', 'POST /messages'],
    twice: true,
    value: (random) => {
      const sent = `${random.pick(['order', 'claim', 'batch'])}-${random.digits(5)}`;
      const text = (correlationId: string) =>
        json({ messageId: uuid(random), correlationId, resultCode: '0' });
      return { legacy: text(sent), right: text(sent), wrong: text(uuid(random)), legacy2: text(sent) };
    },
  },
  {
    name: 'hh_message_id_made_anew',
    why: 'Each answer has a message id of its own, in legacy too; the correlation id the client sent is given back unchanged.',
  },
  {
    name: 'hh_correlation_not_echoed',
    why: 'Legacy gives back the correlation id that the client sent; the rewrite makes one up, so answers match no request.',
    critical: false,
  },
);

const stale = broken(
  {
    fields: ['balance', 'availableBalance', 'walletBalance'],
    routes: ['GET /accounts/{id}/balance', 'GET /wallets/{id}', 'GET /cards/{id}/balance'],
    least: 12,
    evidence: 3,
    common: (random): { units: number; before?: string } => ({ units: minorUnits(random, 90_000, 900_000) }),
    value: (random, state) => {
      const last = decimal(state.units, 2);
      const moved = random.chance(0.5);
      if (moved) state.units += random.pick([1, -1]) * minorUnits(random, 200, 20_000);
      const text = decimal(state.units, 2);
      return moved ? { ...same(text), wrong: last } : same(text);
    },
  },
  {
    name: 'hh_balance_of_the_request_before',
    why: 'Right after a booking the rewrite still answers the balance before it, out of a cache, and legacy never does.',
    critical: true,
  },
);

const build = fine(
  {
    fields: ['server', 'apiInfo', 'generator', 'servedBy'],
    routes: ['GET /status', 'GET /version', 'POST /ws/OrderService'],
    common: (random) => ({
      old: `${random.pick(['WebSphere', 'JBoss', 'IIS', 'Tomcat'])}/${random.int(6, 9)}.${random.int(0, 5)}`,
      fresh: `${random.pick(['orders', 'policy', 'billing'])}-service 1.${random.int(0, 9)}.${random.int(0, 20)}`,
      nodes: random.int(2, 4),
    }),
    twice: true,
    value: (random, { old, fresh, nodes }) => {
      const node = () => two(random.int(1, nodes));
      return {
        legacy: json(`${old} node${node()}`),
        right: json(`${fresh} pod-${random.hex(5)}`),
        legacy2: json(`${old} node${node()}`),
      };
    },
  },
  {
    name: 'hh_name_of_the_server',
    why: 'Each side names its own software and machine, which is no fact about what was asked.',
  },
);

const pdf = fine(
  {
    fields: ['document', 'pdf', 'letter', 'receiptFile'],
    routes: ['GET /documents/{id}', 'GET /invoices/{number}/pdf', 'GET /orders/{id}/receipt'],
    twice: true,
    value: (random) => {
      const number = random.digits(7);
      const amount = decimal(minorUnits(random, 500, 500_000), 2);
      const day = Day.any(random, 2024, 2025).iso.replaceAll('-', '');
      let made = random.int(8 * 3600, 18 * 3600);
      const file = () => {
        made += random.int(1, 9);
        const time = `${two(Math.floor(made / 3600))}${two(Math.floor(made / 60) % 60)}${two(made % 60)}`;
        return `%PDF-1.4\n/Title (Invoice ${number})\n/CreationDate (D:${day}${time})\n(Total EUR ${amount}) Tj\n%%EOF`;
      };
      const text = (content: string) => object({ name: json(`${number}.pdf`), content: json(btoa(content)) });
      return { legacy: text(file()), right: text(file()), legacy2: text(file()) };
    },
  },
  {
    name: 'hh_file_made_at_another_time',
    why: 'The printed file differs only in the time it was made, which changes whenever it is printed.',
  },
);

export const families: readonly Family[] = [
  ...madeAnew,
  ...clock,
  ...session,
  ...runningNumbers,
  took,
  gauge,
  ...envelope,
  stale,
  build,
  pdf,
];
