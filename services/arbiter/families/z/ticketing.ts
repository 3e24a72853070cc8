/** Tickets of all kinds: seats on hold, zones, running days, service levels, comments, signed tickets. */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, givenNames, json, surnames, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const least = 8;

const holds = twins(
  {
    fields: ['holdSecondsLeft', 'cart.expiresIn', 'reservation.ttl'],
    least: 14,
    always: true,
    value(random) {
      const left = random.int(20, 590);
      return {
        legacy: json(left),
        legacy2: json(left - random.int(1, 3)),
        right: json(left - random.int(0, 3)),
        wrong: json(600),
      };
    },
  },
  {
    name: 'z_hold_counts_down',
    why: 'The seconds left of a reservation run down between two requests, so a second or two of difference is the clock.',
  },
  {
    name: 'z_hold_always_full',
    why: 'The rewrite always answers the full ten minutes instead of the time left, so buyers lose their seats without warning.',
    critical: true,
  },
);

const dayNames = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;

const runningDays = twins(
  {
    fields: ['operatingDays', 'service.days', 'verkehrstage'],
    least,
    value(random) {
      const mask = random.pick([
        '1111100',
        '0000011',
        '1111111',
        '1111110',
        '0000010',
        '0000001',
        '1000100',
        '0111100',
      ]);
      const named = (shift: number) => dayNames.filter((_, at) => mask[(at + shift) % 7] === '1');
      return shownJson(`${mask} (Mo..Su)`, { days: named(0) }, { days: named(1) });
    },
  },
  {
    name: 'z_operating_days_named',
    why: 'Each 1 of the mask, which begins on Monday, names a day on which the service runs.',
  },
  {
    name: 'z_operating_days_from_sunday',
    why: 'The mask says that it begins on Monday but is read from Sunday on, so all days are one too early and weekday services run on Sundays.',
    critical: true,
  },
);

const phrases = [
  'Customer called again',
  'Replacement was sent',
  'Please attach the invoice',
  'Refund approved',
  'Router restarted remotely',
] as const;
const asides = [
  'Customer is on the fraud watch list, do not tell',
  'Engineer suspects our own outage, legal is informed',
  'Offer 20% only if they threaten to cancel',
  'Same person complained nine times, low priority',
] as const;

const comments = twins(
  {
    fields: ['publicComments', 'conversation', 'portal.messages'],
    least,
    value(random) {
      const rows = random.shuffled(phrases).slice(0, random.int(2, 4));
      const author = `${random.pick(givenNames)} ${random.pick(surnames)}`;
      const start = Day.any(random, 2023, 2026).date.getTime() + random.int(400, 900) * 60_000;
      const at = (index: number) => new Date(start + index * 3_900_000).toISOString().slice(0, 16);
      const shape = rows.map((text, index) => ({
        at: at(index),
        author,
        text,
        visibility: 'PUBLIC',
      }));
      const aside = {
        at: at(rows.length),
        author,
        text: random.pick(asides),
        visibility: 'INTERNAL',
      };
      return shownJson(
        rows.map((text, index) => `${at(index).replace('T', ' ')} ${author}: ${text}`),
        shape,
        [...shape, aside],
      );
    },
  },
  {
    name: 'z_ticket_comments_structured',
    why: 'The lines of the conversation are given by time, author and text; each is public, as it was shown before.',
  },
  {
    name: 'z_ticket_internal_comments_shown',
    why: 'Internal notes, which legacy leaves out, stand among the comments the customer reads.',
    critical: true,
  },
);

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function signed(random: Random, claims: object, issued: number): string {
  const header = part({ alg: 'ES256', typ: 'JWT', kid: `k${random.int(1, 4)}` });
  const body = part({ ...claims, iat: issued + random.int(0, 4), jti: random.hex(12) });
  return json(`${header}.${body}.${Buffer.from(random.hex(128), 'hex').toString('base64url')}`);
}

const tokens = twins(
  {
    fields: ['qrToken', 'mobileTicket', 'pass.jwt'],
    least: 10,
    value(random) {
      const claims = {
        ticket: `T${random.digits(8)}`,
        event: random.pick(['OPERA-2026-03-14', 'CUP-FINAL-2026', 'EXPO-DAY-2']),
        seat: `${random.pick(['A', 'B', 'C', 'N', 'W'])}${random.int(1, 40)}-${random.int(1, 60)}`,
      };
      const issued = 1_770_000_000 + random.int(0, 9_000_000);
      const [block, chair] = claims.seat.split('-');
      const moved = { ...claims, seat: `${block}-${Number(chair) + 1}` };
      return {
        legacy: signed(random, claims, issued),
        legacy2: signed(random, claims, issued + 3),
        right: signed(random, claims, issued),
        wrong: signed(random, moved, issued),
      };
    },
  },
  {
    name: 'z_ticket_token_signed_anew',
    why: 'Time of issue, token number and signature are new in each answer, in legacy too; ticket, event and seat in the token are the same.',
  },
  {
    name: 'z_ticket_token_with_next_seat',
    why: 'Under the changing signature the token grants the neighbouring seat, which is not the one that was bought.',
    critical: true,
  },
);

const events = twins(
  {
    fields: ['startsAt', 'event.start', 'curtainTime'],
    least: 12,
    always: true,
    value(random) {
      const day = Day.any(random, 2023, 2026);
      const hour = random.int(16, 21);
      const minute = random.pick(['00', '30']);
      // Clear of the two days on which the clocks change, which nobody needs to know by heart.
      const summer = day.month > 4 && day.month < 10;
      const winter = day.month < 3 || day.month > 10;
      const sure = summer || winter ? day : Day.of(day.year, 7, Math.min(day.day, 28));
      const offset = winter ? 1 : 2;
      const shape = (hours: number) => `${sure.iso}T${two(hour - hours)}:${minute}:00Z`;
      return shownJson(
        `${sure.dd}.${sure.mm}.${sure.yyyy} ${two(hour)}.${minute} Uhr (Europe/Vienna)`,
        shape(offset),
        shape(1),
      );
    },
  },
  {
    name: 'z_event_start_in_utc',
    why: 'Vienna is one hour ahead of UTC in winter and two in summer; the start is the same moment.',
  },
  {
    name: 'z_event_start_without_summer_time',
    why: 'One hour is subtracted all year, so in summer the start is given an hour too late and visitors miss it.',
    critical: true,
  },
);

export const families: readonly Family[] = [...holds, ...runningDays, ...comments, ...tokens, ...events];
