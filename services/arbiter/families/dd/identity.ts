/** Sign-in and tracing: what is random by nature, and what must not be: codes, nonces, tokens, clocks, messages. */
import { Day, decimal, givenNames, json, minorUnits, surnames, timeOfDay } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, only, padded, pair, uuid } from './domain.ts';

const routes = ['POST /auth/challenge', 'POST /auth/token', 'GET /sessions/{id}', 'POST /requests'];

const guid = pair(
  ['GET /directory/users/{id}', 'GET /members/{key}', 'GET /devices/{id}'],
  {
    fields: ['objectGuid', 'memberKey', 'deviceId'],
    value(random) {
      const id = uuid(random);
      const swap = (hex: string) => (hex.match(/../g) ?? []).reverse().join('');
      const [a = '', b = '', c = '', d = '', e = ''] = id.split('-');
      const mixed = swap(a) + swap(b) + swap(c);
      const bytes = mixed + d + e;
      const wrong = [bytes.slice(0, 8), bytes.slice(8, 12), bytes.slice(12, 16), d, e].join('-');
      return shownJson(
        { guidBytes: Buffer.from(bytes, 'hex').toString('base64'), layout: 'microsoft' },
        id,
        wrong,
      );
    },
  },
  {
    name: 'dd_guid_bytes_in_microsoft_order',
    why: 'In the stated Microsoft layout the first three groups of a GUID are little-endian, and the text turns them round.',
  },
  {
    name: 'dd_guid_bytes_in_network_order',
    why: 'The first three groups were not turned round although the layout says so: the text is the id of nobody (its version digit is not even 4).',
    critical: true,
  },
);

const otp = pair(
  routes,
  {
    fields: ['otp', 'smsCode', 'verificationCode'],
    least: 16,
    value(random) {
      const code = random.chance(0.25) ? `0${random.digits(5)}` : random.digits(6);
      const value = { legacy: json(random.digits(6)), legacy2: json(random.digits(6)), right: json(code) };
      return code.startsWith('0') ? { ...value, wrong: json(code.replace(/^0+/, '')) } : value;
    },
  },
  {
    name: 'dd_one_time_code_fresh',
    why: 'A one-time code is drawn anew for each request, in legacy as well, and always has six digits.',
  },
  {
    name: 'dd_one_time_code_shortened',
    why: 'Codes that begin with zero come out with fewer than six digits, so these people cannot sign in.',
    critical: true,
  },
);

const nonce = pair(
  routes,
  {
    fields: ['nonce', 'csrfState', 'requestId'],
    clear: true,
    always: true,
    common: (random) => uuid(random),
    value: (random, fixed) => ({
      legacy: json(uuid(random)),
      legacy2: json(uuid(random)),
      right: json(uuid(random)),
      wrong: json(fixed),
    }),
  },
  {
    name: 'dd_nonce_fresh_each_time',
    why: 'Both sides draw a new random UUID for every request; which one it is means nothing.',
  },
  {
    name: 'dd_nonce_never_changes',
    why: 'The rewrite answers every request with one and the same value where legacy never repeats itself.',
    critical: true,
  },
);

const scopes = ['accounts:read', 'documents:read', 'profile', 'claims:read', 'orders:read'];
const token = pair(
  ['POST /auth/token', 'POST /oauth2/token', 'POST /sessions'],
  {
    fields: ['access_token', 'jwt', 'bearer'],
    value(random) {
      const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const [subject, start] = [`u${random.digits(6)}`, random.int(1_700_000_000, 1_780_000_000)];
      const granted = random.shuffled(scopes).slice(0, random.int(1, 3));
      const sign = (claims: object) =>
        json(
          `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${Buffer.from(random.hex(64), 'hex').toString('base64url')}`,
        );
      const old = (iat: number) =>
        sign({ sub: subject, scope: granted.join(' '), iat, exp: iat + 900, jti: random.hex(12) });
      const fresh = (scope: readonly string[]) => {
        const iat = start + random.int(0, 2);
        return sign({ iat, exp: iat + 900, jti: random.hex(12), scope: scope.join(' '), sub: subject });
      };
      return {
        legacy: old(start),
        legacy2: old(start + random.int(0, 1)),
        right: fresh(random.shuffled(granted)),
        wrong: fresh(
          random.shuffled([...granted, random.pick(['payments:write', 'admin', 'users:impersonate'])]),
        ),
      };
    },
  },
  {
    name: 'dd_token_same_claims',
    why: 'Issue time, token id and signature differ in legacy too; subject, lifetime and the set of scopes are the same.',
  },
  {
    name: 'dd_token_grants_more',
    why: 'Inside the encoded token, whose ids and signature always differ, the user is granted a scope legacy does not give.',
    critical: true,
  },
);

const clock = pair(
  ['POST /requests', 'POST /orders', 'GET /health'],
  {
    fields: ['receivedAt', 'serverTime', 'createdAt'],
    common: (random) => random.pick([1, 2]),
    value(random, hours) {
      const start = Day.any(random, 2024, 2026).date.getTime() + random.int(0, 86_399_999);
      const text = (later: number) => json(new Date(start + later).toISOString());
      const later = random.int(15, 600);
      return {
        legacy: text(0),
        legacy2: text(random.int(15, 600)),
        right: text(later),
        wrong: text(later + hours * 3_600_000),
      };
    },
  },
  {
    name: 'dd_clock_read_a_moment_later',
    why: 'The time of the request is read anew on each side, some milliseconds apart, as in two runs of legacy.',
  },
  {
    name: 'dd_clock_local_time_called_utc',
    why: 'Local time is given with the Z of UTC: an hour or two ahead, far more than the moment between the runs.',
    critical: false,
  },
);

const causes = [
  'insufficient funds',
  'card expired',
  'limit exceeded',
  'account blocked',
  'signature missing',
  'duplicate payment',
];
const message = pair(
  ['POST /payments', 'POST /cards/authorize', 'GET /payments/{id}/status'],
  {
    fields: ['errorText', 'message', 'diagnostic'],
    value(random) {
      const cause = random.pick(causes);
      const other = random.pick(causes.filter((text) => text !== cause));
      const { h, m } = timeOfDay(random);
      const amount = `${decimal(minorUnits(random), 2)} EUR`;
      const second = random.int(2, 54);
      const text = (why: string) =>
        json(
          `[${random.hex(8)}] ${padded(h, 2)}:${padded(m, 2)}:${padded(second + random.int(0, 4), 2)} Payment of ${amount} refused: ${why} (node ${random.int(1, 9)})`,
        );
      return { legacy: text(cause), legacy2: text(cause), right: text(cause), wrong: text(other) };
    },
  },
  {
    name: 'dd_refusal_with_other_trace',
    why: 'Trace id, seconds and node in the text differ between two runs of legacy too; amount and reason are the same.',
  },
  {
    name: 'dd_refusal_with_other_reason',
    why: 'Among trace ids and seconds that always differ, the reason of the refusal is another one.',
    critical: false,
  },
);

const positions = pair(
  ['POST /auth/challenge', 'GET /auth/memorable-word', 'POST /phone-banking/verify'],
  {
    fields: ['askPositions', 'memorableWordLetters', 'passwordLetters'],
    clear: true,
    value(random) {
      const draw = () =>
        random
          .shuffled([1, 2, 3, 4, 5, 6, 7, 8])
          .slice(0, 3)
          .sort((a, b) => a - b);
      const [a, b] = draw();
      return { legacy: json(draw()), legacy2: json(draw()), right: json(draw()), wrong: json([a, b, b]) };
    },
  },
  {
    name: 'dd_password_letters_drawn',
    why: 'Three different letters of the secret word are drawn at random for each sign-in, in legacy as in the rewrite.',
  },
  {
    name: 'dd_password_letter_asked_twice',
    why: 'Among the random draws some ask for the same letter twice, so the caller proves two letters instead of three.',
    critical: true,
  },
);

const trace = only(
  ['GET /orders/{id}', 'POST /requests', 'GET /gateway/headers'],
  {
    fields: ['traceparent', 'trace', 'correlation'],
    value(random) {
      const header = () => json(`00-${random.hex(32)}-${random.hex(16)}-01`);
      return { legacy: header(), legacy2: header(), right: header() };
    },
  },
  {
    name: 'dd_trace_header_fresh',
    why: 'Trace and span ids are drawn for every request; version and the sampled flag stay the same.',
  },
);

const hash = broken(
  ['GET /admin/credentials/{id}', 'POST /users', 'GET /migration/users/{id}'],
  {
    fields: ['passwordHash', 'credential', 'pwd'],
    value(random) {
      const alphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
      const made = (kind: string, cost: string) =>
        json(
          `$${kind}$${cost}$${random.text(alphabet, 21)}${random.pick([...'.Oeu'])}${random.text(alphabet, 30)}${random.pick([...'.CGKOSWaeimquy26'])}`,
        );
      return {
        legacy: made('2y', '12'),
        legacy2: made('2y', '12'),
        right: made('2b', '12'),
        wrong: made('2b', '04'),
      };
    },
  },
  {
    name: 'dd_password_hash_cost_lowered',
    why: 'Salts differ by nature and 2y equals 2b, but the cost fell from 12 to 4: the hashes are cracked 256 times as fast.',
    critical: true,
  },
);

const distinguished = broken(
  ['GET /directory/users/{id}', 'GET /certificates/{serial}', 'POST /signatures/verify'],
  {
    fields: ['dn', 'subject', 'manager'],
    value(random) {
      const [name, given] = [random.pick(surnames), random.pick(givenNames)];
      const [unit, company] = [
        random.pick(['Claims', 'Payroll', 'Radiology', 'Grid']),
        random.pick(['acme', 'helios', 'stmary']),
      ];
      const escaped = random.chance(0.6);
      const common = escaped ? `${name}\\, ${given}` : `${given} ${name}`;
      const text = (cn: string, by: string, write: (type: string) => string) =>
        json(
          [
            `${write('CN')}=${cn}`,
            `${write('OU')}=${unit}`,
            `${write('DC')}=${company}`,
            `${write('DC')}=example`,
          ].join(by),
        );
      const lower = (type: string) => type.toLowerCase();
      const [legacy, right] = [text(common, ',', (type) => type), text(common, ', ', lower)];
      return escaped ? shown(legacy, right, text(name, ', ', lower)) : { legacy, right };
    },
  },
  {
    name: 'dd_directory_name_cut_at_comma',
    why: 'The common name ends at its escaped comma: only the surname is left, which many people share.',
    critical: true,
  },
);

const hold = pair(
  ['POST /seats/hold', 'POST /appointments/reserve', 'POST /carts/{id}/checkout'],
  {
    fields: ['hold', 'reservation', 'slotLock'],
    value(random) {
      const start = Day.any(random, 2024, 2026).date.getTime() + random.int(0, 86_399) * 1000;
      const held = (seconds: number) => {
        const now = start + random.int(0, 3) * 1000;
        const text = (time: number) => new Date(time).toISOString().replace('.000', '');
        return json({ id: random.hex(10), from: text(now), until: text(now + seconds * 1000) });
      };
      return { legacy: held(900), legacy2: held(900), right: held(900), wrong: held(90) };
    },
  },
  {
    name: 'dd_hold_begins_when_asked',
    why: 'Id and beginning of the reservation are new in every run of legacy too; it always lasts fifteen minutes.',
  },
  {
    name: 'dd_hold_much_shorter',
    why: 'Under ids and times that always differ the reservation lasts 90 seconds instead of fifteen minutes.',
    critical: false,
  },
);

export const families = [
  ...hold,
  ...guid,
  ...otp,
  ...nonce,
  ...token,
  ...clock,
  ...message,
  ...positions,
  ...trace,
  ...hash,
  ...distinguished,
];
