/** Accounts, cards and sessions of a shop's customers. */
import { luhn } from '../check-digits.ts';
import { type Family, twins } from '../kit.ts';
import { givenNames, json, surnames } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const cards: Family[] = twins(
  {
    fields: ['savedCard', 'cardNumber', 'paymentMethod', 'maskedPan'],
    value: (random) => {
      const head = random.pick(['4', '51', '53', '55']);
      const payload = `${head}${random.digits(15 - head.length)}`;
      const pan = `${payload}${luhn(payload)}`;
      const last = pan.slice(-4);
      return shown(json(`************${last}`), json(`xxxx xxxx xxxx ${last}`), json(pan));
    },
  },
  {
    name: 'w_card_masked_with_other_signs',
    why: 'The same last four figures are shown, and the others hidden.',
  },
  {
    name: 'w_card_number_unmasked',
    critical: true,
    why: 'Legacy shows the last four figures of the card, and the rewrite gives away all sixteen.',
  },
);

const profiles: Family[] = twins(
  {
    fields: ['customer', 'profile', 'user', 'account'],
    value: (random) => {
      const person = { first: random.pick(givenNames), last: random.pick(surnames) };
      const seen = { firstName: person.first, lastName: person.last };
      const passwordHash = `$2y$10$${random.text('abcdefghijkmnopqrstuvwxyzABCDEFGHJK0123456789./', 53)}`;
      return shownJson(person, seen, { ...seen, passwordHash });
    },
  },
  { name: 'w_profile_members_renamed', why: 'First and last name are the same under longer keys.' },
  {
    name: 'w_profile_gives_away_the_password_hash',
    critical: true,
    why: 'The rewrite answers with the hash of the password, which legacy keeps to itself.',
  },
);

const lifetimes: Family[] = twins(
  {
    fields: ['sessionLifetime', 'tokenLifetime', 'maxAge', 'gueltigkeit'],
    value: (random) => {
      const minutes = random.pick([10, 15, 20, 30, 45]);
      const seconds = minutes * 60;
      return shownJson(`${seconds} s`, `PT${minutes}M`, `PT${seconds}M`);
    },
  },
  { name: 'w_lifetime_as_iso_duration', why: 'So many seconds are this number of minutes.' },
  {
    name: 'w_lifetime_seconds_as_minutes',
    critical: true,
    why: 'The seconds were written as minutes, so that a session lives sixty times as long.',
  },
);

const phones: Family[] = twins(
  {
    fields: ['mobile', 'phone', 'smsNumber', 'telefon'],
    value: (random) => {
      const rest = `${random.pick(['151', '160', '171', '176'])}${random.digits(8)}`;
      const legacy = json(`0049 (0)${rest.slice(0, 3)} ${rest.slice(3)}`);
      return shown(legacy, json(`+49${rest}`), json(`+490${rest}`));
    },
  },
  {
    name: 'w_phone_number_in_e164',
    why: 'The zero in brackets is not dialled after the code of the country.',
  },
  {
    name: 'w_phone_number_keeps_its_trunk_zero',
    critical: true,
    why: 'A zero after +49 makes a number that no message of the log-in reaches.',
  },
);

const mails: Family[] = twins(
  {
    fields: ['email', 'login', 'userName', 'contact'],
    least: 4,
    value: (random) => {
      const name = `${random.pick(givenNames)}.${random.pick(surnames)}`.toLowerCase();
      const tag = random.chance(0.5) ? `+${random.pick(['shop', 'news', 'orders', 'test'])}` : '';
      const mail = `${name}${tag}@${random.pick(['example.com', 'mail.example.org', 'example.net'])}`;
      const legacy = json(encodeURIComponent(mail));
      return tag ? shown(legacy, json(mail), json(mail.replace('+', ' '))) : { legacy, right: json(mail) };
    },
  },
  {
    name: 'w_percent_encoded_mail_address',
    why: 'Decoded, the texts are the same addresses: %2B is a plus, %40 an at sign.',
  },
  {
    name: 'w_plus_of_mail_address_became_a_space',
    critical: true,
    why: 'The plus of the address was decoded once more into a space, and the customer cannot log in.',
  },
);

const tokens: Family[] = twins(
  {
    fields: ['sessionToken', 'csrfToken', 'accessToken', 'resetToken'],
    clear: true,
    value: (random) => ({
      legacy: json(random.hex(32)),
      legacy2: json(random.hex(32)),
      right: json(random.hex(32)),
      wrong: json(random.pick(['undefined', '[object Promise]', ''])),
    }),
  },
  { name: 'w_token_fresh_every_time', why: 'Legacy gives another random token every time, too.' },
  {
    name: 'w_token_is_no_token',
    critical: true,
    why: 'Instead of a random token the rewrite gives a text that proves nothing and lets nobody in.',
  },
);

export const families: Family[] = [...cards, ...profiles, ...lifetimes, ...phones, ...mails, ...tokens];
