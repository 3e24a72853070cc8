/** Values that legacy itself does not repeat: codes, tokens, links, queues, unordered sets. */
import { type Family, twins } from '../kit.ts';
import { json } from '../kit-values.ts';

const bases = ['https://files.example.org/doc', 'https://api.example.net/claims'];
const scopes = ['read:bill', 'read:usage', 'write:payment', 'read:contract', 'write:address', 'admin:users'];
const word = (random: { text(alphabet: string, length: number): string }, length: number) =>
  random.text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', length);

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['otp', 'smsCode', 'oneTimeCode'],
      clear: true,
      least: 8,
      always: true,
      value(random) {
        const code = () => json(random.digits(6));
        return { legacy: code(), right: code(), wrong: '"000000"', legacy2: code() };
      },
    },
    {
      name: 'l_one_time_code_fresh',
      why: 'Legacy draws another six-digit code in each run, and so does the rewrite.',
    },
    {
      name: 'l_one_time_code_constant',
      critical: true,
      why: 'Every one-time code of the rewrite is the same, so anybody can guess it.',
    },
  ),
  ...twins(
    {
      fields: ['downloadUrl', 'signedLink', 'document'],
      value(random) {
        const [base, id] = [random.pick(bases), random.int(100_000, 999_999)];
        const link = (document: number) =>
          json(`${base}/${document}?exp=${random.int(1_760_000_000, 1_799_999_999)}&sig=${word(random, 43)}`);
        return { legacy: link(id), right: link(id), wrong: link(id + random.int(1, 40)), legacy2: link(id) };
      },
    },
    {
      name: 'l_signed_link_renewed',
      why: 'Only expiry and signature of the link change, as they do between two runs of legacy.',
    },
    {
      name: 'l_signed_link_other_document',
      critical: true,
      why: 'The link opens another document, while two runs of legacy name the same one.',
    },
  ),
  ...twins(
    {
      fields: ['jwt', 'accessToken', 'assertion'],
      value(random) {
        const part = (value: object) => Buffer.from(json(value)).toString('base64url');
        const sub = `U${random.digits(6)}`;
        const token = (alg: string) => `${part({ alg, typ: 'JWT' })}.${part({ sub, jti: random.hex(16) })}.`;
        const signed = () => json(`${token('HS256')}${word(random, 42)}A`);
        return { legacy: signed(), right: signed(), wrong: json(token('none')), legacy2: signed() };
      },
    },
    {
      name: 'l_token_signed_anew',
      why: 'Same header and subject; the identifier and signature change in each run of legacy too.',
    },
    {
      name: 'l_token_unsigned',
      critical: true,
      why: 'The token has the algorithm none and no signature, so anybody can forge it.',
    },
  ),
  ...twins(
    {
      fields: ['scopes', 'roles', 'entitlements'],
      value(random) {
        const some = random.shuffled(scopes.slice(0, 5)).slice(0, random.int(2, 5));
        const any = () => json(random.shuffled(some));
        return {
          legacy: any(),
          right: any(),
          wrong: json(random.shuffled([...some, 'admin:users'])),
          legacy2: any(),
        };
      },
      least: 5,
    },
    { name: 'l_scopes_unordered', why: 'The same rights in an order that legacy itself does not keep.' },
    {
      name: 'l_scopes_admin_added',
      critical: true,
      why: 'The rewrite grants the right to administer users, which legacy never grants here.',
    },
  ),
  ...twins(
    {
      fields: ['estimatedWaitMinutes', 'queueMinutes', 'etaMinutes'],
      clear: true,
      least: 12,
      always: true,
      value(random) {
        const wait = () => random.int(3, 28);
        return {
          legacy: json(wait()),
          right: json(wait()),
          wrong: json(wait() * 60 + random.int(0, 59)),
          legacy2: json(wait()),
        };
      },
    },
    {
      name: 'l_wait_estimate_jitter',
      why: 'The estimate varies between the runs of legacy, and the rewrite stays in the same range.',
    },
    {
      name: 'l_wait_estimate_seconds',
      critical: false,
      why: 'Legacy stays below half an hour in both runs, the rewrite answers seconds under a name that says minutes.',
    },
  ),
  ...twins(
    {
      fields: ['next', 'nextPage', 'links.next'],
      value(random) {
        const [page, size] = [random.int(2, 30), random.pick([20, 25, 50, 100])];
        const path = random.pick(['/meters', '/claims', '/shipments']);
        return {
          legacy: json(`${path}?page=${page}&size=${size}&sort=id`),
          right: json(`${path}?size=${size}&sort=id&page=${page}`),
          wrong: json(`${path}?size=${size}&sort=id&page=${page + 1}`),
        };
      },
    },
    { name: 'l_next_link_parameter_order', why: 'The parameters of the link are the same in another order.' },
    {
      name: 'l_next_link_skips_page',
      critical: false,
      why: 'The link leads to the page after next, so a page of records is never read.',
    },
  ),
  ...twins(
    {
      fields: ['remarks', 'memo', 'freeText'],
      once: true,
      value(random) {
        const lines = random
          .shuffled([
            'METER BEHIND GARAGE',
            'CALL BEFORE VISIT',
            'DOG ON PREMISES',
            'KEY AT NEIGHBOUR',
            'GATE CODE AT OFFICE',
          ])
          .slice(0, random.int(2, 3));
        return {
          legacy: json([...lines, '', ''].map((line) => line.padEnd(30)).slice(0, 4)),
          right: json(lines.join('\n')),
          wrong: json(lines.slice(0, -1).join('\n')),
        };
      },
    },
    {
      name: 'l_remark_lines_joined',
      why: 'The non-empty lines are the same, joined by line breaks and without padding.',
    },
    {
      name: 'l_remark_last_line_lost',
      critical: false,
      why: 'The last non-empty line of the remark is missing.',
    },
  ),
];
