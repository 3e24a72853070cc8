/** Who somebody is and how to reach them. */
import { luhn } from '../check-digits.ts';
import type { Family } from '../kit.ts';
import { Day, givenNames, surnames } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { bugOnly, pair } from './common.ts';

const spanishNames = pair(
  {
    fields: ['titular', 'holderName', 'APELLIDOS_NOMBRE', 'insuredPerson'],
    routes: ['GET /titulares/{nif}', 'GET /customers/{id}'],
    value(random) {
      const pool = [
        'García',
        'López',
        'Martínez',
        'Núñez',
        'Ibáñez',
        'de la Fuente',
        'Muñoz',
        'Castro',
        'Vázquez',
      ];
      const [first = '', second = ''] = random.shuffled(pool);
      const given = random.pick(['María José', 'Lucía', 'José Antonio', 'Iñigo', 'Carmen', 'Juan Carlos']);
      return shownJson(
        `${first} ${second}, ${given}`,
        { familyName: `${first} ${second}`, givenName: given },
        { familyName: first, givenName: given },
      );
    },
  },
  {
    name: 'cc_spanish_surnames_both_kept',
    why: 'Both surnames stand before the comma and in the family name, the given names after it.',
  },
  {
    name: 'cc_spanish_second_surname_lost',
    critical: true,
    why: 'Spaniards have two surnames; without the second one the record is that of many other people.',
  },
);

const phones = pair(
  {
    fields: ['phone', 'callback', 'TEL-NR', 'emergencyContact'],
    routes: ['GET /contacts/{id}', 'POST /alerts/recipients'],
    always: true,
    value(random) {
      const [country, code, trunk, subscriber] = random.pick([
        ['IT', '39', '', `06 ${random.digits(4)} ${random.digits(4)}`],
        ['IT', '39', '', `02 ${random.digits(4)} ${random.digits(4)}`],
        ['GB', '44', '0', `20 7${random.digits(3)} ${random.digits(4)}`],
        ['DE', '49', '0', `89 ${random.digits(4)} ${random.digits(3)}`],
        [
          'FR',
          '33',
          '0',
          `1 4${random.digits(1)} ${random.digits(2)} ${random.digits(2)} ${random.digits(2)}`,
        ],
        ['ES', '34', '', `91 ${random.digits(3)} ${random.digits(2)} ${random.digits(2)}`],
      ] as const);
      const digits = subscriber.replaceAll(' ', '');
      return shownJson(
        { country, number: `${trunk}${subscriber}` },
        `+${code}${digits}`,
        `+${code}${digits.replace(/^0/, '')}`,
      );
    },
  },
  {
    name: 'cc_phone_numbers_to_e164',
    why: 'The trunk zero falls away abroad in Britain, Germany and France, but is part of the number in Italy and stays.',
  },
  {
    name: 'cc_phone_numbers_italian_zero_stripped',
    critical: true,
    why: 'Italian numbers keep their zero after +39; without it nobody can be reached under them.',
  },
);

const personNumbers = pair(
  {
    fields: ['personnummer', 'subject', 'PNR', 'pensioner'],
    routes: ['GET /pensions/{pnr}', 'GET /folkbokforing/{pnr}'],
    always: true,
    value(random) {
      const old = random.chance(0.25);
      const day = old ? Day.any(random, 1915, 1923) : Day.any(random, 1927, 2005);
      const short = `${day.iso.slice(2).replaceAll('-', '')}${random.digits(3)}`;
      const serial = `${short.slice(6)}${luhn(short)}`;
      return shownJson(
        `${short.slice(0, 6)}${old ? '+' : '-'}${serial}`,
        `${day.iso.replaceAll('-', '')}${serial}`,
        `${day.year + (old ? 100 : 0)}${day.mm}${day.dd}${serial}`,
      );
    },
  },
  {
    name: 'cc_swedish_number_with_century',
    why: 'A plus instead of the hyphen marks people over a hundred years old, and each century is the right one.',
  },
  {
    name: 'cc_swedish_number_plus_ignored',
    critical: true,
    why: 'The plus marks somebody over a hundred; the rewrite makes them a small child with a number of another person.',
  },
);

const emails = pair(
  {
    fields: ['email', 'login', 'EMAIL_ADR', 'notifyTo'],
    routes: ['GET /users/{id}', 'POST /password-resets'],
    value(random) {
      const local = `${random.pick(givenNames)}.${random.pick(surnames)}`.toLowerCase();
      const tag = random.chance(0.4) ? `+${random.pick(['bank', 'bills', 'clinic', 'kids', '2024'])}` : '';
      const domain = random.pick(['Example.COM', 'Mail.Example.org', 'EXAMPLE.net', 'post.Example.ch']);
      const lower = domain.toLowerCase();
      return shownJson(`${local}${tag}@${domain}`, `${local}${tag}@${lower}`, `${local}@${lower}`);
    },
    always: true,
  },
  {
    name: 'cc_email_domain_in_lower_case',
    why: 'Domain names do not distinguish case, and the local part is untouched in every address.',
  },
  {
    name: 'cc_email_plus_tag_stripped',
    critical: true,
    why: 'The part from the plus on belongs to the address: another mailbox, or a login that is no longer found.',
  },
);

const maskedCards = pair(
  {
    fields: ['cardNumber', 'maskedPan', 'KARTE', 'paymentMethod'],
    routes: ['GET /orders/{id}/payment', 'GET /wallet/{id}'],
    value(random) {
      const payload = `${random.pick(['4', '51', '54', '4'])}${random.digits(14)}`.slice(0, 15);
      const pan = `${payload}${luhn(payload)}`;
      const dots = `•••• •••• •••• ${pan.slice(12)}`;
      return shownJson(`${'*'.repeat(12)}${pan.slice(12)}`, dots, pan.replace(/(.{4})(?=.)/g, '$1 '));
    },
  },
  {
    name: 'cc_masked_card_with_dots',
    why: 'The same four last digits are shown and the same twelve hidden; only the sign for hidden differs.',
  },
  {
    name: 'cc_masked_card_in_clear',
    critical: true,
    why: 'Legacy shows four digits, the rewrite gives away the whole card number.',
  },
);

const collisions = bugOnly(
  {
    fields: ['duplicateCheck', 'matches', 'DUBLETTEN', 'candidates'],
    routes: ['POST /customers/search', 'POST /mpi/match'],
    value(random) {
      const person = () => ({
        id: `P${random.digits(6)}`,
        name: `${random.pick(givenNames)} ${random.pick(surnames)}`,
        born: Day.any(random, 1940, 2015).iso,
      });
      const candidates = Array.from({ length: random.int(1, 4) }, (_, at) => ({
        ...person(),
        score: 97 - at * random.int(3, 9),
      }));
      const twin = candidates.map((candidate, at) =>
        at === 0 ? { ...candidate, born: `${candidate.born.slice(0, 4)}-01-01` } : candidate,
      );
      return shownJson(candidates, candidates, twin);
    },
  },
  {
    name: 'cc_best_match_with_another_birthday',
    critical: true,
    why: 'The first candidate has the same id and name in both but another birthday, so two people get mixed up.',
  },
);

export const families: readonly Family[] = [
  ...spanishNames,
  ...phones,
  ...personNumbers,
  ...emails,
  ...maskedCards,
  ...collisions,
];
