/** Values which legacy makes anew at every request, and defects that hide among them. */
import { luhn } from '../check-digits.ts';
import type { Family, Random } from '../kit.ts';
import { Day, json, two } from '../kit-values.ts';
import { harmlessOnly, pair } from './common.ts';

const base64url = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64url');

const randomBytes = (random: Random, length: number): Uint8Array =>
  Uint8Array.from({ length }, () => random.int(0, 255));

const powers = pair(
  {
    fields: ['signatories', 'entitlements', 'ROLLEN', 'mandates'],
    routes: ['GET /companies/{id}/signatories', 'GET /users/{id}/rights'],
    noisy: true,
    value(random) {
      const all = ['view', 'transfer', 'approve', 'trade', 'cards', 'statements', 'limits', 'users'];
      const some = random.shuffled(all).slice(0, random.int(3, 6));
      const order = (members: readonly string[]) => json(random.shuffled(members));
      return { legacy: order(some), legacy2: order(some), right: order(some), wrong: order(some.slice(1)) };
    },
  },
  {
    name: 'cc_rights_in_any_order',
    why: 'Legacy itself lists this set in another order each time, and the rewrite lists the same members.',
  },
  {
    name: 'cc_rights_lose_a_member',
    critical: true,
    why: 'Behind the random order one member is missing which both runs of legacy have, so somebody is locked out.',
  },
);

const clocks = pair(
  {
    fields: ['processedAt', 'serverTime', 'ZEITSTEMPEL', 'takenAt'],
    routes: ['POST /orders', 'POST /samples/{id}/receipt'],
    noisy: true,
    common: (random) => random.pick([-5, -1, 1, 2, 9]),
    value(random, hours) {
      const at = Day.any(random, 2024, 2025).date.getTime() + random.int(0, 86_399_000);
      const text = (milliseconds: number) => json(new Date(milliseconds).toISOString());
      const later = (low: number, high: number) => at + random.int(low, high);
      return {
        legacy: text(at),
        legacy2: text(later(300, 5000)),
        right: text(later(20, 4000)),
        wrong: text(later(20, 4000) + hours * 3_600_000),
      };
    },
  },
  {
    name: 'cc_clock_read_seconds_later',
    why: 'Each side reads the clock when it is asked, a few seconds apart, as two runs of legacy are.',
  },
  {
    name: 'cc_clock_in_local_time_called_utc',
    critical: false,
    why: 'The distance is whole hours plus the usual seconds: local time with the Z of UTC.',
  },
);

const liveQuotes = pair(
  {
    fields: ['mid', 'liveRate', 'KURS-AKT', 'indicative'],
    routes: ['GET /fx/live/{pair}', 'POST /payments/quote'],
    noisy: true,
    value(random) {
      const [name, low, high] = random.pick([
        ['EUR/CHF', 9250, 9720],
        ['EUR/USD', 10_450, 11_200],
        ['GBP/EUR', 11_500, 12_000],
        ['USD/CHF', 8550, 9150],
        ['USD/CAD', 13_400, 14_100],
      ] as const);
      const rate = random.int(low, high) / 10_000;
      const tick = () => rate * (1 + random.int(-3, 3) / 10_000);
      const quote = (value: number) => json({ pair: name, mid: value.toFixed(4) });
      return {
        legacy: quote(tick()),
        legacy2: quote(tick()),
        right: quote(tick()),
        wrong: quote(1 / tick()),
      };
    },
  },
  {
    name: 'cc_live_rate_ticks',
    why: 'The market moves between two requests; the rewrite is as near to legacy as legacy is to itself.',
  },
  {
    name: 'cc_live_rate_inverted',
    critical: true,
    why: 'The rate is one divided by the rate of the pair, far beyond the ticks between two requests.',
  },
);

const decisions = pair(
  {
    fields: ['decision', 'scoring', 'ENTSCHEID', 'underwriting'],
    routes: ['POST /loans/decision', 'POST /credit-cards/applications'],
    noisy: true,
    value(random) {
      const outcome = random.pick(['APPROVED', 'APPROVED', 'REFERRED', 'DECLINED']);
      const [low, high] = { APPROVED: [650, 890], REFERRED: [500, 649] }[outcome] ?? [310, 499];
      const score = random.int(low ?? 0, high ?? 0);
      const answer = (result: string) =>
        json({
          requestId: random.hex(16),
          tookMs: random.int(18, 420),
          result,
          score,
          node: `n${random.int(1, 6)}`,
        });
      const both = { legacy: answer(outcome), legacy2: answer(outcome), right: answer(outcome) };
      return outcome === 'REFERRED' ? { ...both, wrong: answer('APPROVED') } : both;
    },
    least: 10,
    always: true,
  },
  {
    name: 'cc_decision_with_new_request_id',
    why: 'Request id, duration and node are new in every run of legacy too; result and score are equal throughout.',
  },
  {
    name: 'cc_decision_referral_approved',
    critical: true,
    why: 'Among members that always differ, cases for a human to look at came out as approved.',
  },
);

const sealed = pair(
  {
    fields: ['encryptedCard', 'sealedPayload', 'KRYPTO', 'envelope'],
    routes: ['POST /tokens', 'GET /vault/{id}'],
    noisy: true,
    value(random) {
      const account = `4${random.digits(14)}`;
      const plain = `{"pan":"${account}${luhn(account)}","exp":"${two(random.int(1, 12))}/${random.int(26, 31)}"}`;
      const seal = () => json(base64url(randomBytes(random, plain.length + 28)));
      return { legacy: seal(), legacy2: seal(), right: seal(), wrong: json(base64url(plain)) };
    },
  },
  {
    name: 'cc_ciphertext_with_new_nonce',
    why: 'Encrypted with a new nonce every time, legacy never repeats itself either; length and form are the same.',
  },
  {
    name: 'cc_ciphertext_is_readable',
    critical: true,
    why: 'Where legacy sends ciphertext, the rewrite sends the card data in the clear, only written in base64.',
  },
);

const passwordHashes = pair(
  {
    fields: ['passwordHash', 'credential', 'PW-HASH', 'secret'],
    routes: ['POST /users', 'PUT /users/{id}/password'],
    noisy: true,
    value(random) {
      const alphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
      // 16 bytes of salt and 23 of hash: the last characters of both carry only a few bits.
      const rest = () =>
        `${random.text(alphabet, 21)}${random.pick(['.', 'O', 'e', 'u'])}${random.text(alphabet, 30)}${random.pick(['C', 'K', 'S', 'a'])}`;
      const hash = (prefix: string) => json(`${prefix}${rest()}`);
      return {
        legacy: hash('$2y$12$'),
        legacy2: hash('$2y$12$'),
        right: hash('$2b$12$'),
        wrong: hash('$2b$04$'),
      };
    },
  },
  {
    name: 'cc_bcrypt_with_new_salt',
    why: '2y and 2b name the same algorithm, the work factor is still 12, and the salt is new at every run.',
  },
  {
    name: 'cc_bcrypt_with_low_cost',
    critical: true,
    why: 'The work factor fell from 12 to 4, which makes guessing stolen passwords 256 times cheaper.',
  },
);

const resetTokens = pair(
  {
    fields: ['resetToken', 'oneTimeKey', 'AKTIVIERUNG', 'nonce'],
    routes: ['POST /password-resets', 'POST /invitations'],
    noisy: true,
    always: true,
    common: (random) => base64url(randomBytes(random, 32)),
    value(random, constant) {
      const token = () => json(base64url(randomBytes(random, 32)));
      return { legacy: token(), legacy2: token(), right: token(), wrong: json(constant) };
    },
  },
  {
    name: 'cc_reset_token_made_anew',
    why: 'A secret for one use is new at every request on both sides, with the same length and alphabet.',
  },
  {
    name: 'cc_reset_token_always_the_same',
    critical: true,
    why: 'Legacy never repeats a token, but the rewrite answers every request with one and the same.',
  },
);

const tokens = pair(
  {
    fields: ['accessToken', 'bearer', 'TICKET', 'assertion'],
    routes: ['POST /oauth/token', 'POST /sso/assertion'],
    noisy: true,
    value(random) {
      const issued = Math.floor(Day.any(random, 2025, 2025).date.getTime() / 1000) + random.int(0, 86_000);
      const subject = `u${random.digits(6)}`;
      const part = (value: unknown) => base64url(JSON.stringify(value));
      const claims = () => {
        const iat = issued + random.int(0, 5);
        return { jti: random.hex(12), sub: subject, iat, exp: iat + 900 };
      };
      const signature = () => base64url(randomBytes(random, 64));
      const legacy = () => json(`${part({ alg: 'ES256', typ: 'JWT' })}.${part(claims())}.${signature()}`);
      const reordered = () => {
        const { jti, sub, iat, exp } = claims();
        return part({ sub, exp, iat, jti });
      };
      return {
        legacy: legacy(),
        legacy2: legacy(),
        right: json(`${part({ typ: 'JWT', alg: 'ES256' })}.${reordered()}.${signature()}`),
        wrong: json(`${part({ typ: 'JWT', alg: 'none' })}.${reordered()}.`),
      };
    },
  },
  {
    name: 'cc_signed_token_issued_anew',
    why: 'Decoded, the tokens have the same subject, life and algorithm; id, second and signature differ in legacy itself.',
  },
  {
    name: 'cc_signed_token_without_signature',
    critical: true,
    why: 'The header says alg none and the signature is empty, so anybody can write such a token.',
  },
);

const sums = pair(
  {
    fields: ['total', 'exposure', 'SUMME', 'netAssetValue'],
    routes: ['GET /funds/{isin}/nav', 'GET /portfolios/{id}/exposure'],
    noisy: true,
    value(random) {
      const exact = random.int(30_000_000, 4_000_000_000) / 100;
      const jitter = () => json(exact * (1 + random.int(-3, 3) * 2 ** -52));
      const single = Math.fround(exact);
      const value = { legacy: jitter(), legacy2: jitter(), right: jitter() };
      return Math.abs(single - exact) < 0.01 ? value : { ...value, wrong: json(single) };
    },
  },
  {
    name: 'cc_sum_with_rounding_noise',
    why: 'Doubles added in another order differ in the last of sixteen digits, as legacy does from itself.',
  },
  {
    name: 'cc_sum_in_single_precision',
    critical: true,
    why: 'The sums are off by cents and more and are all multiples of a power of two: seven digits instead of sixteen.',
  },
);

const calls = harmlessOnly(
  {
    fields: ['trace', 'traceparent', 'LAUFNR', 'diagnostics'],
    routes: ['GET /health/echo', 'POST /orders'],
    noisy: true,
    value(random) {
      const trace = () => json(`00-${random.hex(31)}1-${random.hex(15)}a-${random.pick(['00', '01'])}`);
      return { legacy: trace(), legacy2: trace(), right: trace() };
    },
  },
  {
    name: 'cc_trace_id_of_each_request',
    why: 'Every request has a trace of its own, in legacy from run to run as well, in the format of W3C.',
  },
);

export const families: readonly Family[] = [
  ...powers,
  ...clocks,
  ...liveQuotes,
  ...decisions,
  ...sealed,
  ...passwordHashes,
  ...resetTokens,
  ...tokens,
  ...sums,
  ...calls,
];
