/** Users, sessions and permissions of a software company's own APIs, Perl and Ruby to Rust and Go. */
import { twins } from '../kit.ts';
import { Day, givenNames, json, object, surnames } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const modes = [
  ['rwxr-x---', '750', '705'],
  ['rw-r-----', '640', '604'],
  ['rwxrwx---', '770', '707'],
  ['rwxr-xr-x', '755'],
  ['rw-------', '600'],
  ['rw-rw----', '660', '606'],
] as const;

export const families = [
  ...twins(
    {
      fields: ['mode', 'permissions', 'fileMode'],
      least: 2,
      value(random) {
        const [legacy, right, wrong] = random.pick(modes);
        const both = { legacy: json(legacy), right: json(right) };
        return wrong === undefined ? both : { ...both, wrong: json(wrong) };
      },
    },
    {
      name: 'u_mode_octal',
      why: 'The nine letters of a Unix mode and its three octal digits are the same permissions.',
    },
    {
      name: 'u_mode_group_and_others_swapped',
      critical: true,
      why: 'The digits of group and others changed places: what the group may do, everybody may.',
    },
  ),
  ...twins(
    {
      fields: ['scope', 'grantedScopes', 'tokenScope'],
      value(random) {
        const scopes = random
          .shuffled(['repo:read', 'user:email', 'org:read', 'billing:read', 'jobs:list'])
          .slice(0, random.int(1, 3));
        return shownJson(
          scopes.join(' '),
          scopes,
          scopes.map((scope) => scope.split(':')[0]),
        );
      },
    },
    { name: 'u_scopes_to_list', why: 'The scopes that blanks separate, in a list, in the same order.' },
    {
      name: 'u_scopes_widened_at_colon',
      critical: true,
      why: 'Scopes end at their colon: repo:read became repo, which allows more than reading.',
    },
  ),
  ...twins(
    {
      fields: ['locked', 'isAdmin', 'suspended'],
      clear: true,
      least: 3,
      value(random) {
        return random.chance(0.65) ? shownJson(0, false, true) : { legacy: '1', right: 'true' };
      },
    },
    { name: 'u_zero_one_to_truth', why: 'Zero and one of the database, as the JSON truth they stand for.' },
    {
      name: 'u_zero_is_true_as_in_ruby',
      critical: true,
      why: 'Zero counts as true, as in Ruby: the rewrite says true for what legacy denies.',
    },
  ),
  ...twins(
    {
      fields: ['mfaRequired', 'passwordLogin', 'ssoEnforced'],
      clear: true,
      least: 2,
      value(random) {
        return random.chance(0.65) ? shownJson('on', true, false) : { legacy: json('off'), right: 'false' };
      },
    },
    {
      name: 'u_on_off_to_truth',
      why: 'The switch is on or off in both, once as a word and once as JSON truth.',
    },
    { name: 'u_switch_on_told_as_off', critical: true, why: 'What is on in legacy is false in the rewrite.' },
  ),
  ...twins(
    {
      fields: ['expiresAt', 'validUntil', 'accountExpires'],
      clear: true,
      least: 3,
      value(random) {
        if (random.chance(0.5))
          return { legacy: 'null', right: undefined, wrong: json('0001-01-01T00:00:00Z') };
        const day = Day.any(random, 2026, 2030).iso;
        return { legacy: json(`${day} 00:00:00 UTC`), right: json(`${day}T00:00:00Z`) };
      },
    },
    {
      name: 'u_never_expires_left_out',
      why: 'Accounts without an end are null in legacy and have no such field in the rewrite.',
    },
    {
      name: 'u_never_expires_as_go_zero_time',
      critical: true,
      why: "No end (null) became Go's zero time in the year 1: the account has long expired.",
    },
  ),
  ...twins(
    {
      fields: ['sessionExpires', 'tokenExpiry', 'expires'],
      value(random) {
        const seconds = random.int(1_640_000_000, 1_780_000_000);
        const text = (ms: number) => json(new Date(ms).toISOString().replace('.000Z', 'Z'));
        return shown(String(seconds), text(seconds * 1_000), text(seconds));
      },
    },
    { name: 'u_expiry_epoch_to_iso', why: 'Seconds since 1970 and the ISO time in UTC are the same moment.' },
    {
      name: 'u_expiry_seconds_as_milliseconds',
      critical: true,
      why: 'Seconds were read as milliseconds, so every session expired in January 1970.',
    },
  ),
  ...twins(
    {
      fields: ['sessionId', 'accessToken', 'sid'],
      clear: true,
      least: 5,
      always: true,
      common: (random) => ({ fixed: random.text(base64url, 43) }),
      value(random, { fixed }) {
        return {
          legacy: json(random.hex(32)),
          legacy2: json(random.hex(32)),
          right: json(random.text(base64url, 43)),
          wrong: json(fixed),
        };
      },
    },
    {
      name: 'u_session_token_longer',
      why: 'A new random token at every run in both; the rewrite draws a longer one.',
    },
    {
      name: 'u_session_token_always_the_same',
      critical: true,
      why: 'Legacy draws a new token for everyone; the rewrite gives the same token to all.',
    },
  ),
  ...twins(
    {
      fields: ['email', 'login', 'contactAddress'],
      least: 2,
      value(random) {
        const person = `${random.pick(givenNames)}.${random.pick(surnames)}`.toLowerCase();
        const domain = random.pick(['example.com', 'example.org', 'mail.example.net']);
        const tag = random.pick(['work', 'billing', 'test', 'news']);
        const both = {
          legacy: `${person}+${tag}@${domain.toUpperCase()}`,
          right: `${person}+${tag}@${domain}`,
        };
        return shownJson(both.legacy, both.right, `${person}@${domain}`);
      },
    },
    {
      name: 'u_email_domain_lower_case',
      why: 'Domains know no case: the same mailbox, its domain in small letters.',
    },
    {
      name: 'u_email_tag_dropped',
      critical: true,
      why: 'What stands behind the plus is gone, so two accounts of one person become the same.',
    },
  ),
  ...twins(
    {
      fields: ['actor', 'owner', 'createdBy'],
      value(random) {
        const id = `${random.int(3, 8)}${random.digits(17)}${random.int(1, 9)}`;
        const actor = (text: string) => object({ id: text, type: '"User"' });
        return shown(actor(id), actor(json(id)), actor(json(String(BigInt(Math.round(Number(id)))))));
      },
    },
    {
      name: 'u_actor_id_as_text',
      why: 'The same nineteen digits of the id, as text, so that no client can round them.',
    },
    {
      name: 'u_actor_id_rounded',
      critical: true,
      why: 'The last digits of the id were rounded away, so it names another user.',
    },
  ),
];
