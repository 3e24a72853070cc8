/** Readers and branches of a municipal library, once Perl: queue, opening hours, e-mail, dates of loans. */
import { twins } from '../kit.ts';
import { givenNames, json, object, surnames, two } from '../kit-values.ts';

export const families = [
  ...twins(
    {
      fields: ['queuePosition', 'reservation.place', 'holdRank'],
      clear: true,
      value(random) {
        const place = random.int(1, 24);
        return { legacy: json(String(place)), right: String(place), wrong: String(place - 1) };
      },
    },
    {
      name: 'queue-position-as-number',
      why: 'The place in the queue is the same, as a number instead of a text.',
    },
    {
      name: 'queue-position-counted-from-zero',
      why: 'Readers stand one place further ahead than in legacy, and the first one at place zero.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['openingHours', 'branch.hours', 'opens'],
      least: 2,
      once: true,
      value(random) {
        const [from, to] = [random.int(8, 10), random.int(16, 20)];
        const hours = `${two(from)}:00-${two(to)}:00`;
        const week = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].slice(0, random.int(5, 6));
        const table = (days: readonly string[]) =>
          object(Object.fromEntries(days.map((day) => [day, json(hours)])));
        return {
          legacy: json(`Mon-${week.at(-1)} ${hours}`),
          right: table(week),
          wrong: table(week.slice(0, -1)),
        };
      },
    },
    {
      name: 'opening-hours-day-by-day',
      why: 'A range of weekdays with its hours is spelled out as each of these days with the same hours.',
    },
    {
      name: 'opening-hours-lose-last-day',
      why: 'The last day of the range is missing: the branch seems closed on a day it opens.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['readerEmail', 'notifyTo', 'contact'],
      least: 3,
      value(random) {
        const name = `${random.pick(givenNames)}.${random.pick(surnames)}`.toLowerCase();
        const tag = random.pick(['library', 'books', 'loans']);
        const tagged = random.chance(0.45);
        const local = tagged ? `${name}+${tag}` : name;
        const domain = random.pick(['Example.org', 'mail.example.net', 'EXAMPLE.COM']);
        const to = `@${domain.toLowerCase()}`;
        return {
          legacy: json(`${local}@${domain}`),
          right: json(local + to),
          ...(tagged ? { wrong: json(`${name} ${tag}${to}`) } : {}),
        };
      },
    },
    {
      name: 'email-domain-in-lower-case',
      why: 'Domain names have no case; the part before the @ is unchanged.',
    },
    {
      name: 'email-plus-becomes-blank',
      why: 'The plus before the @ became a blank, so notices to these readers can no longer be delivered.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['lastRenewed', 'borrowedAt', 'registered'],
      value(random) {
        const seconds = random.int(1_300_000_000, 1_790_000_000);
        const at = (milliseconds: number) => json(new Date(milliseconds).toISOString().replace('.000Z', 'Z'));
        return {
          legacy: String(seconds),
          right: at(seconds * 1000),
          wrong: at(Math.floor(seconds / 1000) * 1000),
        };
      },
    },
    {
      name: 'renewed-at-from-unix-seconds',
      why: 'Seconds since 1970 become exactly that instant in ISO notation.',
    },
    {
      name: 'renewed-at-seconds-taken-for-milliseconds',
      why: 'Seconds since 1970 were taken for milliseconds: every date lies in January 1970.',
      critical: true,
    },
  ),
];
