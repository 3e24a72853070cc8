/** A help desk moves its ticketing from Perl to Python. */
import type { Family } from '../kit.ts';
import { Day, decimal, givenNames, json, minorUnits, object, surnames } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { both, bugOnly, harmlessOnly } from './mirrored.ts';

const ticketRoutes = ['GET /tickets/{id}', 'GET /tickets', 'POST /tickets/{id}/replies'];

const epoch = both(
  {
    fields: ['createdAt', 'lastReply', 'resolvedAt', 'due'],
    routes: ticketRoutes,
    value(random) {
      const seconds = Day.any(random, 2016, 2025).date.getTime() / 1000 + random.int(0, 86_399);
      const moment = (milliseconds: number) => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
      return shownJson(seconds, moment(seconds * 1000), moment(seconds));
    },
    alike: true,
  },
  {
    name: 'ee_epoch_to_iso',
    why: 'The same second, as an ISO text instead of seconds since 1970.',
  },
  {
    name: 'ee_epoch_as_milliseconds',
    critical: false,
    why: 'Seconds were read as milliseconds: everything happened in January 1970.',
  },
);

const domains = ['Example.COM', 'MAIL.example.org', 'example.net', 'Contoso.example', 'example.com'] as const;
const mail = both(
  {
    fields: ['requesterEmail', 'replyTo', 'contact_email', 'login'],
    routes: ticketRoutes,
    always: true,
    alike: true,
    common: (random) => ({ tagged: random.pick([0.1, 0.25, 0.5]) }),
    value(random, { tagged }) {
      const tag = random.chance(tagged) ? `+${random.pick(['tickets', 'work', 'shop', 'it'])}` : '';
      const local = `${random.pick(givenNames)}.${random.pick(surnames)}`.toLowerCase();
      const domain = random.pick(domains);
      return shownJson(
        `${local}${tag}@${domain}`,
        `${local}${tag}@${domain.toLowerCase()}`,
        `${local}${tag.replace('+', ' ')}@${domain.toLowerCase()}`,
      );
    },
  },
  {
    name: 'ee_mail_domain_case',
    why: 'Mail domains know no case: the address reaches the same mailbox.',
  },
  {
    name: 'ee_mail_plus_is_blank',
    critical: true,
    why: 'The + of an address was decoded to a blank, and the address reaches nobody.',
  },
);

const accentedNames = [
  'José Álvarez',
  'Zoë Müller',
  'Łukasz Wójcik',
  'Renée Dubois',
  'Åsa Öberg',
  'Jürgen Groß',
];
const unicode = both(
  {
    fields: ['requesterName', 'ticketHolder', 'assignee'],
    routes: ticketRoutes,
    always: true,
    alike: true,
    common: (random) => ({ accents: random.pick([0.15, 0.4, 0.7]) }),
    value(random, { accents }) {
      const name = (
        random.chance(accents)
          ? random.pick(accentedNames)
          : `${random.pick(givenNames)} ${random.pick(surnames)}`
      ).normalize('NFC');
      return shownJson(name.normalize('NFD'), name, name.replace(/[^ -~]/g, '?'));
    },
  },
  {
    name: 'ee_composed_letters',
    why: 'A letter with its combining accent is the same text as the composed letter (Unicode NFD and NFC).',
  },
  {
    name: 'ee_question_marks',
    critical: true,
    why: 'Letters outside ASCII are replaced by question marks, and the name cannot be restored.',
  },
);

const price = harmlessOnly(
  {
    fields: ['supportFee', 'hourlyRate', 'amount'],
    clear: true,
    routes: ['GET /tickets/{id}/costs', 'GET /contracts/{id}'],
    value(random) {
      const units = random.chance(0.5) ? random.int(2, 400) * 50 : minorUnits(random, 100, 90_000);
      return { legacy: json(decimal(units, 2)), right: json(units / 100) };
    },
  },
  {
    name: 'ee_fee_without_zeros',
    why: 'Zeros at the end of an amount mean nothing: 12.50 and 12.5 are the same fee.',
  },
);
const version = bugOnly(
  {
    fields: ['softwareVersion', 'affectedRelease', 'productVersion'],
    clear: true,
    always: true,
    routes: ['GET /tickets/{id}', 'GET /products/{id}/releases'],
    common: (random) => ({ major: random.int(2, 9) }),
    value(random, { major }) {
      const text = `${major + random.int(0, 1)}.${random.pick([0, 1, 2, 3, 5, 8, 9, 10, 11, 12, 14, 20, 21, 30])}`;
      const number = String(Number(text));
      return text.endsWith('0')
        ? { legacy: json(text), right: json(text), wrong: number }
        : { legacy: json(text), right: number };
    },
  },
  {
    name: 'ee_version_as_number',
    critical: false,
    why: 'Versions are turned into numbers, so release 4.10 reads 4.1 and 4.20 reads 4.2: other releases.',
  },
);

const queues = ['network', 'billing', 'hardware', 'access', 'printers', 'mail'] as const;
const hashOrder = harmlessOnly(
  {
    fields: ['openByQueue', 'ticketCounts', 'summary'],
    noisy: true,
    routes: ['GET /dashboard', 'GET /queues'],
    common: (random) => ({ names: random.shuffled(queues).slice(0, random.int(3, 5)) }),
    value(random, { names }) {
      const counts = new Map(names.map((name) => [name as string, random.int(0, 90)]));
      const written = (order: readonly string[]) =>
        object(Object.fromEntries(order.map((name) => [name, String(counts.get(name) ?? 0)])));
      const sorted = [...names].sort();
      return {
        legacy: written(random.shuffled(names)),
        right: written(sorted),
        legacy2: written(random.shuffled(names)),
      };
    },
  },
  {
    name: 'ee_perl_hash_order',
    why: 'Perl writes the members of a hash in a new order at every run; every count is the same.',
  },
);

export const families: Family[] = [...epoch, ...mail, ...unicode, price, version, hashOrder];
