/** Families of credentials and permissions: signed tokens, password hashes, GUIDs, scopes, distinguished names, cookies. */
import { type Family, type Random, twins } from '../kit.ts';
import { companies, givenNames, json, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const base64Url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const hashAlphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const scopes = ['accounts', 'balances', 'transactions', 'profile', 'offline_access', 'claims:read', 'openid'];

const part = (claims: object): string => Buffer.from(JSON.stringify(claims)).toString('base64url');

/** A signed token issued at a second of its own; its signature is random, as that of another key or another payload would be. */
function jwt(
  random: Random,
  claims: { sub: string; role: string; lifetime: number },
  issued: number,
): string {
  const { sub, role, lifetime } = claims;
  const payload = { sub, role, iat: issued, exp: issued + lifetime, jti: random.hex(16) };
  return json(`${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}.${random.text(base64Url, 43)}`);
}

const stricter: Readonly<Record<string, string>> = {
  customer: 'admin',
  viewer: 'editor',
  nurse: 'physician',
};

export const families: Family[] = [
  ...twins(
    {
      fields: ['access_token', 'idToken', 'authorization', 'session.jwt'],
      least: 2,
      common: (random) => ({
        lifetime: random.pick([600, 900, 3600]),
        broken: random.pick(['lifetime', 'role', 'subject'] as const),
      }),
      value(random, { lifetime, broken }) {
        const claims = { sub: `u-${random.digits(7)}`, role: random.pick(Object.keys(stricter)), lifetime };
        const other = { ...claims };
        if (broken === 'lifetime') other.lifetime = 30 * 86_400;
        if (broken === 'role') other.role = stricter[claims.role]!;
        if (broken === 'subject') other.sub = `u-${random.digits(7)}`;
        const now = random.int(1_600_000_000, 1_780_000_000);
        return {
          legacy: jwt(random, claims, now),
          right: jwt(random, claims, now + random.int(0, 2)),
          wrong: jwt(random, other, now + random.int(0, 2)),
          legacy2: jwt(random, claims, now + random.int(1, 4)),
        };
      },
    },
    {
      name: 'b_jwt_reissued',
      why: 'Subject, role and lifetime inside the token are the same; only its moment, id and signature are new, as in the second run of legacy.',
    },
    {
      name: 'b_jwt_claim_changed',
      critical: true,
      why: 'Inside a token that changes at every run anyway, the subject, the role or the lifetime is another.',
    },
  ),
  ...twins(
    {
      fields: ['passwordHash', 'credential', 'pwd', 'user.secret'],
      value(random) {
        const tail = random.text(hashAlphabet, 53);
        const wrong = random.chance(0.5) ? `$2b$12$${tail.slice(0, 50)}` : `$2b$04$${tail}`;
        return shown(json(`$2y$12$${tail}`), json(`$2b$12$${tail}`), json(wrong));
      },
    },
    {
      name: 'b_bcrypt_prefix',
      why: 'The bcrypt prefixes 2y (PHP) and 2b denote the same algorithm; cost, salt and hash are unchanged.',
    },
    {
      name: 'b_bcrypt_cut_or_cheapened',
      critical: true,
      why: 'The hash was cut to its column or its cost was rewritten: no password verifies any more.',
    },
  ),
  ...twins(
    {
      fields: ['documentGuid', 'objectId', 'policyKey', 'rowGuid'],
      common: (random) =>
        random.pick([
          (guid: string) => json(guid),
          (guid: string) => json(`urn:uuid:${guid}`),
          (guid: string) => json(guid.replaceAll('-', '').toUpperCase()),
        ]),
      value(random, write) {
        const [a, b, c, d, e] = [8, 4, 4, 4, 12].map((length) => random.hex(length)) as [string, string, string, string, string]; // biome-ignore format: one table
        const reversed = (hex: string): string => Buffer.from(hex, 'hex').reverse().toString('hex');
        const guid = `${a}-${b}-${c}-${d}-${e}`;
        const mixed = `${reversed(a)}-${reversed(b)}-${reversed(c)}-${d}-${e}`;
        return shown(json(`{${guid.toUpperCase()}}`), write(guid), write(mixed));
      },
    },
    {
      name: 'b_guid_notation',
      why: 'Braces, hyphens, the URN prefix and the case of the letters are notation of one GUID.',
    },
    {
      name: 'b_guid_byte_order',
      critical: true,
      why: 'The first three groups have their bytes reversed: .NET byte order read as network order, another identity.',
    },
  ),
  ...twins(
    {
      fields: ['scope', 'grantedScopes', 'consent.scope', 'oauth_scope'],
      clear: true,
      value(random) {
        const granted = random.shuffled(scopes).slice(0, random.int(2, 5));
        const right = random.shuffled(granted);
        const wrong = random.shuffled([
          ...granted,
          random.pick(['payments:write', 'admin', 'accounts:write']),
        ]);
        return shown(json(granted.join(' ')), json(right.join(' ')), json(wrong.join(' ')));
      },
    },
    {
      name: 'b_oauth_scope_order',
      why: 'RFC 6749 says that the order of the scopes in the list does not matter.',
    },
    {
      name: 'b_oauth_scope_added',
      critical: true,
      why: 'The rewrite grants a scope that legacy does not grant.',
    },
  ),
  ...twins(
    {
      fields: ['subjectDn', 'userDn', 'certificate.subject', 'ldapName'],
      value(random) {
        const name = `${random.pick(givenNames)} ${random.pick(surnames)}`;
        const unit = random.pick(['Treasury', 'Claims', 'Operations', 'Radiology']);
        const company = random.pick(companies);
        const legacy = `CN=${name},OU=${unit},O=${company},C=DE`;
        const right = `cn=${name}, ou=${unit}, o=${company}, c=DE`;
        return shown(json(legacy), json(right), json(right.replace(`ou=${unit}, `, '')));
      },
    },
    {
      name: 'b_dn_spacing_and_case',
      why: 'Attribute types of a distinguished name ignore case, and blanks after a comma are not part of it.',
    },
    {
      name: 'b_dn_unit_lost',
      critical: true,
      why: 'Without its organisational unit the distinguished name denotes another entry.',
    },
  ),
  ...twins(
    {
      fields: ['setCookie', 'cookie', 'headers.set-cookie', 'sessionCookie'],
      once: true,
      value(random) {
        const pair = `basket=${random.hex(12)}`;
        const attributes = [
          'Path=/',
          `Max-Age=${random.int(1, 48) * 900}`,
          'Secure',
          'HttpOnly',
          'SameSite=Lax',
        ];
        const order = random.shuffled(attributes);
        const lost = random.pick(['Secure', 'HttpOnly']);
        const write = (list: readonly string[]): string => json([pair, ...list].join('; '));
        return shown(write(attributes), write(order), write(order.filter((attribute) => attribute !== lost)));
      },
    },
    {
      name: 'b_cookie_attribute_order',
      why: 'The attributes of a cookie may stand in any order; all of them are there.',
    },
    {
      name: 'b_cookie_protection_lost',
      critical: true,
      why: 'Secure or HttpOnly is missing, so the cookie can be read by scripts or on plain connections.',
    },
  ),
];
