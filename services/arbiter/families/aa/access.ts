/** Identity and access: scopes, permissions, tokens, directory names, networks, passports. */
import { type Family, mixed, type Random, twins } from '../kit.ts';
import { Day, givenNames, json, surnames } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const scopeNames = [
  'accounts:read',
  'accounts:write',
  'payments:read',
  'payments:write',
  'profile',
  'email',
  'openid',
  'cards:freeze',
];
const scopes = twins(
  {
    fields: ['scope', 'grantedScopes', 'permissions', 'consent'],
    least: 10,
    value(random) {
      const granted = scopeNames.filter(() => random.chance(0.5));
      if (granted.length < 2) granted.push('offline_access', 'address');
      const widened = new Set(
        granted.flatMap((name) => (name.endsWith(':read') ? [name, name.replace('read', 'write')] : [name])),
      );
      const text = (list: readonly string[]) => json(list.join(' '));
      return {
        ...shownJson(random.shuffled(granted).join(' '), [...granted].sort(), [...widened].sort()),
        legacy2: text(random.shuffled(granted)),
      };
    },
  },
  {
    name: 'aa_scopes_unordered_text_to_list',
    why: 'Scopes are a set, which legacy itself gives in changing order; the rewrite sorts the same ones.',
  },
  {
    name: 'aa_scopes_write_added',
    why: 'Whoever may read may suddenly write as well, hidden behind the changing order of the scopes.',
    critical: true,
  },
);

const modes = twins(
  {
    fields: ['fileMode', 'permissions', 'acl', 'documentRights'],
    least: 8,
    value(random) {
      const digits = [random.pick([6, 7]), random.pick([0, 4, 5, 6]), random.pick([0, 0, 1, 4])];
      const letters = digits
        .map((bits) => `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${bits & 1 ? 'x' : '-'}`)
        .join('');
      const [owner, group, others] = digits;
      return shownJson(`-${letters}`, `0${digits.join('')}`, `0${owner}${others}${group}`);
    },
  },
  {
    name: 'aa_mode_letters_to_octal',
    why: 'The nine permission letters as the octal digits of the same mode.',
  },
  {
    name: 'aa_mode_group_others_swapped',
    why: 'The digits of the group and of everybody else are exchanged: strangers get what the group may do.',
    critical: true,
  },
);

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
function jwt(random: Random, subject: string, role: string, day: number): string {
  const issued = day + random.int(0, 3);
  const claims = {
    iss: 'https://login.example.com',
    sub: subject,
    role,
    iat: issued,
    exp: issued + 900,
    jti: random.hex(16),
  };
  return `${part({ alg: 'RS256', kid: 'k1' })}.${part(claims)}.${random.text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', 43)}`;
}
const token = twins(
  {
    fields: ['access_token', 'idToken', 'jwt', 'sessionToken'],
    least: 10,
    common: () => ({ last: 'u-100001' }),
    value(random, state) {
      const subject = `u-${random.int(100_002, 999_999)}`;
      const role = random.pick(['customer', 'customer', 'advisor']);
      const at = Day.any(random, 2023, 2025).date.getTime() / 1000 + random.int(0, 86_000);
      const value = {
        legacy: json(jwt(random, subject, role, at)),
        right: json(jwt(random, subject, role, at)),
        wrong: json(jwt(random, state.last, role, at)),
        legacy2: json(jwt(random, subject, role, at)),
      };
      state.last = subject;
      return value;
    },
  },
  {
    name: 'aa_token_minted_anew',
    why: 'Each answer mints its own token; subject, role, issuer and lifetime in the claims agree, only clock, jti and signature are new.',
  },
  {
    name: 'aa_token_of_previous_caller',
    why: 'The subject in the claims is the one of the caller before: a cached token logs somebody in as another person.',
    critical: true,
  },
);

const distinguished = twins(
  {
    fields: ['dn', 'subjectDn', 'memberOf', 'directoryEntry'],
    least: 8,
    value(random) {
      const [given, surname] = [random.pick(givenNames), random.pick(surnames)];
      const comma = random.chance(0.5);
      const unit = random.pick(['Claims', 'Treasury', 'Lending', 'IT Operations']);
      const rest = `OU=${unit},DC=corp,DC=example`;
      const name = comma ? `${surname}\\, ${given}` : `${given} ${surname}`;
      const right = comma ? `cn="${surname}, ${given}"` : `cn=${given} ${surname}`;
      const tail = `ou=${unit}, dc=corp, dc=example`;
      return shownJson(
        `CN=${name},${rest}`,
        `${right}, ${tail}`,
        `cn=${comma ? surname : `${given} ${surname}`}, ${tail}`,
      );
    },
  },
  {
    name: 'aa_dn_quoted_instead_of_escaped',
    why: 'Attribute types ignore case, blanks after commas mean nothing, and a comma may be escaped or quoted: the same entry.',
  },
  {
    name: 'aa_dn_cut_at_escaped_comma',
    why: 'The name ends at its escaped comma: everybody of one surname becomes the same entry.',
    critical: true,
  },
);

const networks = twins(
  mixed({
    fields: ['allowedNetworks', 'ipWhitelist', 'sourceRange', 'trustedPeers'],
    least: 8,
    value(random) {
      const prefix = random.pick([8, 16, 20, 22, 23, 24, 25, 27, 28, 30, 32]);
      const mask = prefix === 32 ? 0xffffffff : (0xffffffff << (32 - prefix)) >>> 0;
      const address =
        ((random.pick([10, 172, 192, 203]) * 2 ** 24 + random.int(0, 2 ** 24 - 1)) & mask) >>> 0;
      const dotted = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
      const rounded = prefix === 32 ? 32 : Math.floor(prefix / 8) * 8;
      return shownJson(
        `${dotted(address)} ${dotted(mask)}`,
        `${dotted(address)}/${prefix}`,
        `${dotted(address)}/${rounded}`,
      );
    },
  }),
  {
    name: 'aa_network_mask_to_prefix',
    why: 'The length of the prefix is the number of ones in the same mask.',
  },
  {
    name: 'aa_network_prefix_to_whole_bytes',
    why: 'Masks within a byte are cut to whole bytes: far more addresses are let in.',
    critical: true,
  },
);

const mrz = twins(
  {
    fields: ['holder', 'mrzName', 'documentHolder', 'passport.line1'],
    least: 8,
    value(random) {
      const state = random.pick(['NLD', 'ESP', 'SWE', 'PRT', 'UTO']);
      const surname = random.pick([
        'VAN DER BERG',
        'GARCIA LOPEZ',
        'MUELLER',
        'ERIKSSON',
        'DA SILVA',
        'NOVAK',
        'DE WIT',
      ]);
      const given = random.pick(['ANNA MARIA', 'JAN', 'INES', 'KARL HEINZ', 'MARTA']);
      const line = `P<${state}${surname.replaceAll(' ', '<')}<<${given.replaceAll(' ', '<')}`.padEnd(44, '<');
      const modern = (family: string, first: string) => ({
        document: 'P',
        issuer: state,
        surname: family,
        givenNames: first,
      });
      const [head = '', ...others] = surname.split(' ');
      return shownJson(line, modern(surname, given), modern(head, [...others, given].join(' ')));
    },
  },
  {
    name: 'aa_mrz_name_split_at_double_filler',
    why: 'In the machine readable zone the double filler divides surname and given names, the single one is a blank.',
  },
  {
    name: 'aa_mrz_name_split_at_first_filler',
    why: 'The surname ends at the first filler: VAN DER BERG becomes VAN with a given name DER BERG ANNA.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...scopes,
  ...modes,
  ...token,
  ...distinguished,
  ...networks,
  ...mrz,
];
