/** Addresses, permissions, identifiers and sessions of machines. */
import type { Family } from '../kit.ts';
import { json } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { base64, harmlessOnly, pair } from './common.ts';

const ipv6 = pair(
  {
    fields: ['sourceAddress', 'ip6', 'HOST-ADR', 'peer'],
    routes: ['GET /devices/{id}', 'GET /firewall/rules'],
    value(random) {
      const middle = `${random.hex(2)}${random.pick(['0', '0', random.hex(1)])}`;
      const near = random.pick(['0', random.hex(2)]);
      const groups = ['2001', 'db8', `1${middle}`, '0', '0', '0', near, random.hex(4)].map((group) =>
        Number.parseInt(group, 16).toString(16),
      );
      const zeros = groups[6] === '0' ? 4 : 3;
      const short = `${groups.slice(0, 3).join(':')}::${groups.slice(3 + zeros).join(':')}`;
      const stripped = groups.map((group) => group.replace(/0+$/, '') || '0');
      return shownJson(
        groups.map((group) => group.padStart(4, '0')).join(':'),
        short,
        `${stripped.slice(0, 3).join(':')}::${stripped.slice(3 + zeros).join(':')}`,
      );
    },
    least: 10,
    always: true,
  },
  {
    name: 'cc_ipv6_compressed',
    why: 'Leading zeros of groups and one run of zero groups may be left out; each address expands to the old one.',
  },
  {
    name: 'cc_ipv6_trailing_zeros_stripped',
    critical: true,
    why: 'Zeros at the end of a group count: 11a0 became 11a, the address of another host.',
  },
);

const guids = pair(
  {
    fields: ['objectGUID', 'correlationId', 'MANDANT-GUID', 'documentKey'],
    routes: ['GET /directory/users/{dn}', 'GET /archive/{key}'],
    value(random) {
      const bytes = Buffer.from(
        `${random.hex(12)}4${random.hex(3)}${random.pick(['8', '9', 'a', 'b'])}${random.hex(15)}`,
        'hex',
      );
      const text = (from: Buffer) =>
        from.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
      const stored = Buffer.concat([
        Buffer.from(bytes.subarray(0, 4)).reverse(),
        Buffer.from(bytes.subarray(4, 6)).reverse(),
        Buffer.from(bytes.subarray(6, 8)).reverse(),
        bytes.subarray(8),
      ]);
      return shownJson({ format: 'Guid.ToByteArray', base64: base64(stored) }, text(bytes), text(stored));
    },
  },
  {
    name: 'cc_guid_bytes_to_text',
    why: 'The first three groups of these bytes are little-endian; read so, every text has the 4 of a random UUID in its place.',
  },
  {
    name: 'cc_guid_bytes_in_wrong_order',
    critical: true,
    why: 'The first three groups are not turned round, so the text names an object that does not exist.',
  },
);

const sessionCookies = pair(
  {
    fields: ['setCookie', 'session', 'COOKIE', 'header'],
    routes: ['POST /login', 'POST /oauth/callback'],
    noisy: true,
    value(random) {
      const [path, age] = [random.pick(['/', '/portal', '/banking']), random.pick([900, 1800, 3600])];
      const legacy = () =>
        json(`JSESSIONID=${random.hex(32).toUpperCase()}; Path=${path}; Max-Age=${age}; Secure; HttpOnly`);
      const modern = (flags: string) =>
        json(`JSESSIONID=${random.hex(32).toUpperCase()}; max-age=${age}; path=${path}${flags}`);
      return {
        legacy: legacy(),
        legacy2: legacy(),
        right: modern('; httponly; secure'),
        wrong: modern(random.chance(0.5) ? '; secure' : '; httponly'),
      };
    },
  },
  {
    name: 'cc_session_cookie_reordered',
    why: 'The session is new with each login; attributes have no order and no case, and all of them are there.',
  },
  {
    name: 'cc_session_cookie_unprotected',
    critical: true,
    why: 'Secure or HttpOnly is missing, so the session can be read on the line or by scripts.',
  },
);

const releases = pair(
  {
    fields: ['firmware', 'availableVersions', 'STAND', 'updates'],
    routes: ['GET /devices/{id}/updates', 'GET /packages/{name}'],
    value(random) {
      const [major, minor] = [random.int(1, 5), random.int(7, 9)];
      const versions = [
        `${major}.${minor - 2}.${random.int(0, 9)}`,
        `${major}.${minor}.0`,
        `${major}.${minor}.${random.int(10, 14)}`,
        `${major}.${random.int(10, 12)}.${random.int(0, 3)}`,
      ];
      const newest = (list: readonly string[]) => ({ newest: list.at(-1), all: list });
      return shownJson(
        { latest: `v${versions[3]}`, versions: versions.map((version) => `v${version}`) },
        newest(versions),
        newest([...versions].sort()),
      );
    },
  },
  {
    name: 'cc_versions_without_letter',
    why: 'Only the letter v is gone: order and newest version are the same.',
  },
  {
    name: 'cc_versions_sorted_as_text',
    critical: false,
    why: 'As text 1.10 comes before 1.9, so devices are told that an old firmware is the newest.',
  },
);

const quotas = harmlessOnly(
  {
    fields: ['quota', 'attachmentLimit', 'SPEICHER', 'allowance'],
    routes: ['GET /mailbox/{id}', 'GET /plans/{code}'],
    value(random) {
      const [unit, factor] = random.pick([
        ['MiB', 1_048_576],
        ['GiB', 1_073_741_824],
        ['KiB', 1024],
      ] as const);
      const amount = random.int(1, 512);
      return { legacy: json({ bytes: amount * factor }), right: json(`${amount} ${unit}`) };
    },
  },
  {
    name: 'cc_bytes_in_binary_units',
    why: 'KiB, MiB and GiB are powers of 1024, and each multiplied out is exactly the number of bytes.',
  },
);

export const families: readonly Family[] = [...ipv6, ...guids, ...sessionCookies, ...releases, ...quotas];
