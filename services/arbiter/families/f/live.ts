/** Values that legacy itself answers otherwise each time, and defects that hide in such noise. */
import { type Family, type Random, twins, type Value } from '../kit.ts';
import { decimal, json, list, minorUnits, object } from '../kit-values.ts';

const base64url = (text: string): string =>
  btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Legacy twice, the rewrite right and wrong: each call of `write` brings fresh noise. */
function noisy<T>(kept: T, broken: T, write: (of: T) => string): Value {
  return { legacy: write(kept), right: write(kept), wrong: write(broken), legacy2: write(kept) };
}

/** A second of 2026; the runs of one request are a few seconds apart. */
const recent = (random: Random): number => 1_770_000_000 + random.int(0, 20_000_000);

function token(random: Random, customer: number, at: number): string {
  const issued = at + random.int(0, 3);
  const claims = json({ sub: `c-${customer}`, iat: issued, exp: issued + 900 });
  return json(
    `${base64url(json({ alg: 'HS256', typ: 'JWT' }))}.${base64url(claims)}.${random.text(alphabet, 43)}`,
  );
}

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['documentUrl', 'signedUrl', 'statementPdf', 'download'],
      least: 2,
      value: (random) => {
        const [id, at] = [random.int(10_000, 99_000), recent(random)];
        return noisy(id, id + random.int(1, 900), (of) =>
          json(
            `https://files.bank.example/statements/${of}.pdf?expires=${at + random.int(900, 905)}&signature=${random.hex(40)}`,
          ),
        );
      },
    },
    {
      name: 'f_signed_url_fresh',
      why: 'Expiry and signature are new in each answer, also in legacy; the document is the same.',
    },
    {
      name: 'f_signed_url_other_document',
      critical: true,
      why: 'Beside the fresh signature the link names another document, which legacy never does.',
    },
  ),
  ...twins(
    {
      fields: ['accessToken', 'session', 'idToken', 'bearer'],
      least: 3,
      value: (random) => {
        const customer = random.int(10_000, 99_000);
        const at = recent(random);
        return noisy(customer, customer + random.int(1, 900), (of) => token(random, of, at));
      },
    },
    {
      name: 'f_jwt_fresh',
      why: 'A new token each time, with other times and signature, for the same subject.',
    },
    {
      name: 'f_jwt_other_subject',
      critical: true,
      why: 'The claims of the token name another customer than those of both legacy runs.',
    },
  ),
  ...twins(
    {
      fields: ['balanceMessage', 'ussdText', 'voiceText', 'widgetText'],
      least: 2,
      value: (random) => {
        const cents = minorUnits(random, 10_00, 50_000_00);
        const held = minorUnits(random, 1_00, 400_00);
        const at = recent(random);
        const clock = () => new Date((at + random.int(0, 4)) * 1000).toISOString().slice(11, 19);
        return noisy(cents, cents + held, (of) =>
          json(`As of ${clock()} your balance is ${decimal(of, 2)} EUR`),
        );
      },
    },
    {
      name: 'f_balance_with_clock',
      why: 'Only the time in the sentence differs, as between two runs of legacy.',
    },
    {
      name: 'f_balance_with_clock_too_high',
      critical: true,
      why: 'Beside the time the balance differs, which is the same in both runs of legacy.',
    },
  ),
  ...twins(
    {
      fields: ['fxAnswer', 'priceInfo', 'tariff', 'offer'],
      least: 3,
      value: (random) => {
        const units = random.int(8_000, 19_000);
        return noisy(units, units + random.int(20, 400), (of) =>
          object({
            rate: decimal(of, 4),
            servedBy: json(`fx-${random.int(1, 6)}`),
            tookMs: String(random.int(3, 90)),
          }),
        );
      },
    },
    {
      name: 'f_rate_with_server_noise',
      why: 'Server and duration vary in legacy too; the rate is the same.',
    },
    {
      name: 'f_rate_under_server_noise',
      critical: true,
      why: 'The rate differs, which does not vary between two runs of legacy as server and duration do.',
    },
  ),
  ...twins(
    {
      fields: ['nonce', 'otp', 'challenge', 'salt'],
      least: 4,
      always: true,
      common: (random) => json(random.chance(0.5) ? '0000000000000000' : random.hex(16)),
      value: (random, constant) => noisy(false, true, (broken) => (broken ? constant : json(random.hex(16)))),
    },
    { name: 'f_nonce_fresh', why: 'A value that is random in legacy is random in the rewrite as well.' },
    {
      name: 'f_nonce_constant',
      critical: true,
      why: 'What is random each time in legacy is always the same in the rewrite and thus can be guessed.',
    },
  ),
  ...twins(
    {
      fields: ['paymentId', 'newId', 'bookingNumber', 'orderId'],
      least: 5,
      common: (random) => {
        const first = random.int(700_000, 900_000);
        return { legacy: random.int(100_000, 400_000), modern: first, first };
      },
      value: (random, ids) => {
        const [legacy, legacy2] = [random.int(1, 4), random.int(5, 9)].map((step) => ids.legacy + step) as [
          number,
          number,
        ];
        const right = ids.modern;
        ids.legacy = legacy2;
        ids.modern += random.int(1, 4);
        const value = { legacy: String(legacy), right: String(right), legacy2: String(legacy2) };
        return right === ids.first ? value : { ...value, wrong: String(ids.first) };
      },
    },
    { name: 'f_counter_of_its_own', why: 'New ids rise in both systems, each from its own counter.' },
    {
      name: 'f_counter_repeats_first',
      critical: true,
      why: 'Different new things get the id of the first one; in legacy no id comes twice.',
    },
  ),
  ...twins(
    {
      fields: ['suggestions', 'nearbyBranches', 'relatedOffers', 'candidates'],
      least: 3,
      value: (random) => {
        const ids = random
          .shuffled(['B-11', 'B-27', 'B-34', 'B-48', 'B-52', 'B-69'])
          .slice(0, random.int(3, 5));
        const [first = '', ...rest] = ids;
        return noisy(ids, [...rest, rest[0] ?? first], (of) => list(random.shuffled(of).map(json)));
      },
    },
    {
      name: 'f_order_left_open',
      why: 'The order changes between two runs of legacy too; the elements are the same.',
    },
    {
      name: 'f_order_left_open_with_double',
      critical: false,
      why: 'Under the changing order one element is missing and another stands twice.',
    },
  ),
];
