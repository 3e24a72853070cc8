/** Who and what: identifiers, tokens and rights. */
import { germanIbanDigits, luhn } from '../check-digits.ts';
import type { Family, Random } from '../kit.ts';
import { givenNames, json, surnames } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { differs, pair, same } from './base.ts';

const base64url = (text: string) => Buffer.from(text).toString('base64url');

function token(random: Random, claims: object, issued: number): string {
  const signature = random.text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', 43);
  const payload = json({ ...claims, iat: issued, exp: issued + 900 });
  return json(`${base64url(json({ alg: 'HS256', typ: 'JWT' }))}.${base64url(payload)}.${signature}`);
}

/** The first three groups of a GUID stand in memory with their bytes the other way round. */
const swapBytes = (hex: string) => (hex.match(/../g) ?? []).reverse().join('');

export const families: Family[] = [
  ...pair(
    {
      fields: ['uid', 'documentGuid', 'resourceId', 'ownerId', 'guid'],
      routes: ['GET /documents/{id}', 'GET /devices/{id}', 'GET /documents', 'POST /ws/Archive'],
      mixed: true,
      shares: [1, 0.4],
      value(random) {
        const [a, b, c, d, e] = [
          random.hex(8),
          random.hex(4),
          `4${random.hex(3)}`,
          `a${random.hex(3)}`,
          random.hex(12),
        ];
        const right = [a, b, c, d, e].join('-');
        const wrong = [swapBytes(a), swapBytes(b), swapBytes(c), d, e].join('-');
        return shownJson(`{${right.toUpperCase()}}`, right, wrong);
      },
    },
    {
      name: 'ff_guid_in_lower_case_without_braces',
      why: 'The GUID lost its braces and its capital letters; its 128 bits are the same.',
    },
    {
      name: 'ff_guid_bytes_in_other_order',
      critical: true,
      why: 'The first three groups have their bytes reversed, so the id names another record or none.',
    },
  ),
  ...pair(
    {
      fields: ['iban', 'payout.iban', 'debtorAccount', 'creditorIban'],
      routes: ['GET /accounts/{id}', 'POST /payments', 'GET /mandates/{id}'],
      shares: [1, 0.4],
      mixed: true,
      common: (random) => random.chance(0.5),
      value(random, cut) {
        const bank = random.pick(['37040044', '10000000', '50010517', '70150000']);
        const zeros = random.chance(0.5) ? 0 : random.int(1, 3);
        const bban = bank + '0'.repeat(zeros) + random.int(1, 9) + random.digits(9 - zeros);
        const iban = `DE${germanIbanDigits(bban)}${bban}`;
        const account = bban.slice(8).replace(/^0+/, '');
        const wrong = cut ? iban.slice(0, 20) : iban.slice(0, 12) + account;
        return shownJson(iban.replace(/.{4}(?=.)/g, '$& '), iban, wrong);
      },
    },
    {
      name: 'ff_iban_without_blanks',
      why: 'Blanks in an IBAN only help the eye; the account is the same.',
    },
    {
      name: 'ff_iban_cut_or_without_inner_zeros',
      critical: true,
      why: 'The number was cut at a column of twenty characters, or its account was a number and lost its zeros: no valid IBAN.',
    },
  ),
  ...pair(
    {
      fields: ['cardNumber', 'pan', 'card.masked', 'paymentMeans'],
      routes: ['GET /cards/{id}', 'GET /payments/{id}', 'GET /wallet'],
      shares: [1, 0.5, 0.3],
      mixed: true,
      value(random) {
        const payload = `${random.pick(['4', '51', '53', '4026'])}${random.digits(15)}`.slice(0, 15);
        const pan = payload + luhn(payload);
        return shownJson(`XXXXXXXXXXXX${pan.slice(-4)}`, `**** **** **** ${pan.slice(-4)}`, pan);
      },
    },
    {
      name: 'ff_card_mask_with_stars',
      why: 'The hidden digits of the card are shown as stars instead of letters; the visible ones are the same.',
    },
    {
      name: 'ff_card_number_unmasked',
      critical: true,
      why: 'The rewrite gives the whole card number away where legacy shows the last four digits.',
    },
  ),
  ...pair(
    {
      fields: ['access_token', 'token', 'jwt', 'idToken'],
      routes: ['POST /login', 'POST /oauth/token', 'POST /session/refresh'],
      twice: true,
      evidence: 3,
      shares: [1, 0.5, 0.3],
      common: (random) => ({
        start: random.int(1_735_000_000, 1_780_000_000),
        how: random.pick(['role', 'subject'] as const),
      }),
      value(random, { start, how }) {
        const at = start + random.int(0, 80_000);
        const claims = {
          sub: `u${random.int(10_000, 99_999)}`,
          role: random.pick(['customer', 'customer', 'clerk']),
        };
        const other = how === 'role' ? { ...claims, role: 'admin' } : { ...claims, sub: 'system' };
        return {
          legacy: token(random, claims, at),
          legacy2: token(random, claims, at + 1),
          right: token(random, claims, at + random.int(0, 1)),
          wrong: token(random, other, at + random.int(0, 1)),
        };
      },
    },
    {
      name: 'ff_token_signed_anew',
      why: 'Each login gets a freshly signed token; decoded, it names the same user, role and lifetime.',
    },
    {
      name: 'ff_token_for_other_rights',
      critical: true,
      why: 'Decoded, the new token names another role or user than both tokens of legacy do.',
    },
  ),
  ...pair(
    {
      fields: ['roles', 'user.authorities', 'groups', 'memberOf'],
      routes: ['GET /users/{id}', 'GET /session', 'GET /employees/{id}'],
      shares: [0.2, 0.4, 0.7],
      evidence: 3,
      value(random) {
        const roles = random
          .shuffled(['TELLER', 'AUDITOR', 'SUPPORT', 'CUSTOMER', 'TRADER', 'VIEWER'])
          .slice(0, random.int(1, 3))
          .sort();
        return shownJson(
          roles.map((role) => `ROLE_${role}`),
          roles,
          ['ADMIN', ...roles],
        );
      },
    },
    {
      name: 'ff_role_prefix_dropped',
      why: "The framework's prefix was dropped from every role; everybody has the same roles.",
    },
    {
      name: 'ff_role_of_administrator_added',
      critical: true,
      why: 'Some users hold the role of an administrator which legacy does not give them.',
    },
  ),
  same(
    {
      fields: ['email', 'contact.mail', 'billingMail', 'notificationAddress'],
      routes: ['GET /customers/{id}', 'GET /users/{id}', 'GET /newsletter/{id}'],
      value(random) {
        const local =
          `${random.pick(givenNames)}.${random.pick(surnames)}`.toLowerCase() +
          random.pick(['', '', random.digits(2)]);
        const domain = random.pick([
          'Gmail.com',
          'GMX.de',
          'Outlook.com',
          'web.de',
          'Orange.fr',
          'bluewin.ch',
        ]);
        return { legacy: json(`${local}@${domain}`), right: json(`${local}@${domain.toLowerCase()}`) };
      },
    },
    {
      name: 'ff_mail_domain_in_lower_case',
      why: 'The domain of a mail address is the same in capital and in small letters.',
    },
  ),
  differs(
    {
      fields: [],
      place: (mail) => ({
        fields: mail ? ['contactEmail', 'email'] : ['holder.name', 'approver', 'recipient'],
        routes: ['GET /contracts/{id}', 'GET /customers/{id}', 'GET /orders/{id}'],
      }),
      routes: [],
      clear: true,
      shares: [0.15, 0.3, 0.5],
      common: (random) => random.chance(0.5),
      value(random, mail) {
        const [first, last] = [random.pick(givenNames), random.pick(surnames)];
        const real = json(mail ? `${first}.${last}@mail.com`.toLowerCase() : `${first} ${last}`);
        const fake = mail
          ? ['test@test.com', 'qa+17@example.com', 'foo@bar.com']
          : ['Test Test', 'Max Mustermann', 'John Doe'];
        return { legacy: real, right: real, wrong: json(random.pick(fake)) };
      },
    },
    {
      name: 'ff_test_data_in_place_of_person',
      critical: true,
      why: 'Rows of the test environment were loaded, so real people are shown as somebody made up for tests.',
    },
  ),
  ...pair(
    {
      fields: ['downloadUrl', 'documentLink', 'statement.href', 'pdfUrl'],
      routes: ['GET /documents/{id}', 'GET /statements/{id}', 'GET /invoices/{number}'],
      twice: true,
      evidence: 3,
      shares: [1, 0.4, 0.25],
      common: (random) => ({
        bucket: random.pick(['docs-prod', 'statements-eu', 'archive']),
        day: `2026${random.int(10, 12)}${random.int(10, 28)}`,
        last: undefined as string | undefined,
      }),
      value(random, state) {
        const key = `c${random.int(100_000, 999_999)}/${random.pick(['invoice', 'statement', 'policy'])}-${random.digits(6)}.pdf`;
        const at = `${state.day}T${random.int(10, 23)}${random.int(10, 59)}`;
        const link = (of: string) => {
          const query = `X-Amz-Date=${at}${random.int(10, 59)}Z&X-Amz-Expires=300&X-Amz-Signature=${random.hex(64)}`;
          return json(`https://${state.bucket}.s3.amazonaws.com/${of}?${query}`);
        };
        const value = { legacy: link(key), legacy2: link(key), right: link(key) };
        const { last } = state;
        state.last = key;
        return last === undefined ? value : { ...value, wrong: link(last) };
      },
    },
    {
      name: 'ff_signed_link_signed_anew',
      why: 'Each answer signs the link to the document anew, also in legacy; path and lifetime are the same.',
    },
    {
      name: 'ff_signed_link_to_document_of_other',
      critical: true,
      why: 'Besides the new signature the path names the document of another customer, the one of the request before.',
    },
  ),
  differs(
    {
      fields: ['salary', 'employee.salary', 'diagnosis.cost', 'bonus'],
      routes: ['GET /employees', 'GET /employees/{id}', 'GET /teams/{id}/members'],
      evidence: 3,
      shares: [1, 0.6],
      common: (random) => random.pick(['"***"', '"hidden"', '"#####"']),
      value(random, mask) {
        const salary = json(random.int(28, 140) * 1_000);
        return random.chance(0.6)
          ? { legacy: mask, right: mask, wrong: salary }
          : { legacy: salary, right: salary };
      },
    },
    {
      name: 'ff_masked_value_revealed',
      critical: true,
      why: 'The check of field rights is missing, so amounts are shown where legacy shows a mask.',
    },
  ),
];
