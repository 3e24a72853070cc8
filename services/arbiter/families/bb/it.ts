/** Telecoms and computing centres: cookies, tokens, addresses of networks, schedules, versions, telephone numbers. */
import { Buffer } from 'node:buffer';
import type { Family, Random } from '../kit.ts';
import { json } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { pair } from './sized.ts';

/** Session cookies are made anew for each answer; what protects them is not. */
const cookies = pair(
  {
    fields: ['set-cookie', 'sessionCookie', 'hdr_sc', 'loginCookie'],
    common: (random) => ({
      age: random.pick([900, 1800, 3600]),
      defect: random.pick(['script', 'plain', 'cross'] as const),
    }),
    value(random, { age, defect }) {
      const legacy = () =>
        `SESSION=${random.hex(32)}; Path=/; Max-Age=${age}; HttpOnly; Secure; SameSite=Strict`;
      const modern = (only: string, secure: string, site: string) =>
        json(`SESSION=${random.hex(32)}; path=/; max-age=${age}; samesite=${site}${secure}${only}`);
      const right = modern('; httponly', '; secure', 'Strict');
      const wrong = {
        script: modern('', '; secure', 'Strict'),
        plain: modern('; httponly', '', 'Strict'),
        cross: modern('; httponly', '; secure', 'None'),
      }[defect];
      return { legacy: json(legacy()), right, wrong, legacy2: json(legacy()) };
    },
  },
  {
    name: 'bb_session_cookie_attributes_reordered',
    why: 'Session numbers are new in every answer; the attributes, whose case and order mean nothing, are the same.',
  },
  {
    name: 'bb_session_cookie_unprotected',
    why: 'An attribute that protects the session cookie is lost or loosened, so that it can be stolen.',
    critical: true,
  },
);

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokens = pair(
  {
    fields: ['access_token', 'bearer', 'ticket', 'jwt'],
    common: (random) => random.pick(['admin', 'forever'] as const),
    value(random, defect) {
      const sub = `user-${random.int(1000, 9999)}`;
      const start = random.int(1_700_000_000, 1_760_000_000);
      const scope = random.pick(['accounts:read', 'claims:read', 'orders:read orders:write']);
      const sign = (claims: object) =>
        json(
          `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(claims)}.${random.text('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_', 43)}`,
        );
      const legacy = (iat: number) => sign({ sub, scope, iat, exp: iat + 900, jti: random.hex(12) });
      const modern = (given: string, seconds: number) => {
        const iat = start + random.int(0, 3);
        return sign({ jti: random.hex(12), iat, exp: iat + seconds, sub, scope: given });
      };
      const wrong = defect === 'admin' ? modern(`${scope} admin`, 900) : modern(scope, 900_000);
      return {
        legacy: legacy(start),
        right: modern(scope, 900),
        wrong,
        legacy2: legacy(start + random.int(1, 3)),
      };
    },
  },
  {
    name: 'bb_access_token_made_anew',
    why: 'Each token is signed anew; inside, the subject, the scope and the lifetime of 15 minutes are the same.',
  },
  {
    name: 'bb_access_token_says_more_inside',
    why: 'Inside the encoded token a scope "admin" is added, or it lives a thousand times as long as in legacy.',
    critical: true,
  },
);

/** Eight groups of an IPv6 address, some of them zero. */
function ipv6(random: Random): string[] {
  const zeros = random.int(2, 4);
  const tail = Array.from({ length: 6 - zeros }, () =>
    random.pick([random.hex(4), `00${random.hex(2)}`, `${random.hex(2)}00`, '0a10', '0150']),
  );
  return [
    '2001',
    '0db8',
    ...Array.from({ length: zeros }, () => '0000'),
    ...tail.map((group) => (group === '0000' ? '0001' : group)),
  ];
}
/** RFC 5952: the first longest run of zero groups is left out. */
function compressed(groups: readonly string[]): string {
  const text = groups.join(':');
  const runs = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].map(([run]) => run);
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  return longest === ''
    ? text
    : text
        .replace(longest, ':')
        .replace(/^:(?!:)/, '::')
        .replace(/([^:]):$/, '$1::');
}
const networks = pair(
  {
    fields: ['clientAddress', 'allowListEntry', 'peer', 'ipv6'],
    value(random) {
      const groups = ipv6(random);
      const legacy = json(groups.join(':').toUpperCase());
      const right = json(compressed(groups.map((group) => group.replace(/^0{1,3}/, ''))));
      const wrong = json(
        compressed(groups.map((group) => group.replace(/^0{1,3}/, '').replace(/(?<=.)0+$/, ''))),
      );
      return shown(legacy, right, wrong);
    },
  },
  {
    name: 'bb_ipv6_address_compressed',
    why: 'Only leading zeros of the groups and one run of zero groups are left out, as RFC 5952 writes the same address.',
  },
  {
    name: 'bb_ipv6_trailing_zeros_stripped',
    why: 'Zeros at the end of a group are left out too, which makes it the address of another host.',
    critical: true,
  },
);

/** Quartz counts the days of the week from 1 for Sunday, Unix from 0. */
const schedules = pair(
  {
    fields: ['schedule', 'cron', 'batchWindow', 'runAt'],
    once: true,
    value(random) {
      const [minute, hour] = [random.int(0, 59), random.int(0, 23)];
      const [quartz, unix] = random.pick([
        ['?', '*'],
        ['2-6', '1-5'],
        ['2', '1'],
        ['6', '5'],
        ['3,5', '2,4'],
        ['2-5', '1-4'],
      ] as const);
      const legacy = {
        scheduler: 'quartz',
        expression: `0 ${minute} ${hour} ${quartz === '?' ? '* * ?' : `? * ${quartz}`}`,
      };
      const modern = (days: string) => ({
        scheduler: 'unix-cron',
        expression: `${minute} ${hour} * * ${days}`,
      });
      return shownJson(legacy, modern(unix), modern(quartz === '?' ? unix : quartz));
    },
  },
  {
    name: 'bb_quartz_schedule_as_unix_cron',
    why: 'Quartz begins with seconds and counts Sunday as 1, Unix cron has no seconds and counts Sunday as 0: the same times.',
  },
  {
    name: 'bb_quartz_weekdays_copied_to_unix_cron',
    why: 'The numbers of the weekdays are copied although Unix cron counts them from 0, so jobs run a day late, Friday ones on Saturday.',
    critical: false,
  },
);

/** Which of the versions is the latest; the list itself is a set. */
const releases = pair(
  {
    fields: ['firmware', 'releases', 'updates', 'catalogEntry'],
    value(random) {
      const major = random.int(1, 4);
      const minors = random.shuffled([random.int(1, 5), random.int(6, 9), random.int(10, 19)]);
      const versions = minors.map((minor) => `${major}.${minor}.${random.int(0, 9)}`);
      const from = random.chance(0.6) ? versions : versions.filter((_, at) => minors[at]! < 10);
      const minor = (version: string) => Number(version.split('.')[1]);
      const latest = from.reduce((best, version) => (minor(version) > minor(best) ? version : best));
      const lexical = [...from].sort().at(-1)!;
      const answer = (newest: string) => json({ latest: newest, available: random.shuffled(from) });
      const [legacy, legacy2, right] = [answer(latest), answer(latest), answer(latest)];
      return lexical === latest
        ? { legacy, right, legacy2 }
        : { legacy, right, wrong: answer(lexical), legacy2 };
    },
  },
  {
    name: 'bb_available_versions_in_any_order',
    why: 'The list of available versions has no order, in legacy neither; it holds the same versions with the same latest one.',
  },
  {
    name: 'bb_latest_version_compared_as_text',
    why: 'Versions are compared as texts, so 1.9 counts as later than 1.12 and devices are told to go back.',
    critical: false,
  },
);

/** Most countries drop the trunk zero of a national number abroad; Italy keeps it. */
const telephones = pair(
  {
    fields: ['phone', 'landline', 'emergencyContact', 'telefono'],
    value(random) {
      const [country, area, prefix, kept] = random.pick([
        ['IT', '06', '+39', '06'],
        ['IT', '02', '+39', '02'],
        ['DE', '030', '+49', '30'],
        ['FR', '01', '+33', '1'],
        ['GB', '0161', '+44', '161'],
        ['ES', '91', '+34', '91'],
      ] as const);
      const number = `${random.int(2, 9)}${random.digits(country === 'ES' || country === 'GB' ? 6 : 7)}`;
      const right = `${prefix}${kept}${number}`;
      const wrong = country === 'IT' ? `${prefix}${kept.slice(1)}${number}` : right;
      return shownJson(`${country} ${area} ${number.slice(0, 4)} ${number.slice(4)}`, right, wrong);
    },
  },
  {
    name: 'bb_national_phone_number_as_e164',
    why: 'The trunk zero is dropped abroad, except in Italy, where it is part of the number.',
  },
  {
    name: 'bb_italian_phone_number_without_zero',
    why: 'Italian numbers lose the zero that belongs to them also when called from abroad, so nobody is reached.',
    critical: false,
  },
);

export const families: readonly Family[] = [
  ...cookies,
  ...tokens,
  ...networks,
  ...schedules,
  ...releases,
  ...telephones,
];
