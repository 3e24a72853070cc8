/** Audit logs, members and settings of a software company's own APIs. */
import { twins } from '../kit.ts';
import { givenNames, json } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const zones = [
  ['US/Eastern', 'America/New_York'],
  ['US/Pacific', 'America/Los_Angeles'],
  ['UTC-5', 'Etc/GMT+5', 'Etc/GMT-5'],
  ['UTC+3', 'Etc/GMT-3', 'Etc/GMT+3'],
  ['UTC+8', 'Etc/GMT-8', 'Etc/GMT+8'],
] as const;

export const families = [
  ...twins(
    {
      fields: ['change', 'auditDiff', 'delta'],
      value(random) {
        const [one, two] = random.shuffled(['viewer', 'editor', 'admin', 'owner', 'guest']);
        return shownJson({ from: one, to: two }, { before: one, after: two }, { before: two, after: one });
      },
    },
    {
      name: 'u_audit_before_and_after',
      why: 'What the value was and what it became, under other names for the same two things.',
    },
    {
      name: 'u_audit_before_after_swapped',
      critical: true,
      why: 'The old value stands under after and the new one under before: the log tells the opposite.',
    },
  ),
  ...twins(
    {
      fields: ['sourceIp', 'clientAddress', 'remoteAddr'],
      value(random) {
        const tail = random.pick(['10', '20', 'a0', '100', '1f0', 'c0']);
        const [second, third] = [random.hex(3), random.hex(3)].map((text) => `a${text}`);
        const short = (end: string) => `2001:db8:${second}:${third}::${end}`;
        const full = `2001:0db8:${second}:${third}:0000:0000:0000:${tail.padStart(4, '0')}`;
        return shownJson(full, short(tail), short(tail.replace(/0+$/, '')));
      },
    },
    {
      name: 'u_ipv6_compressed',
      why: 'The same address without leading zeros and with :: for its groups of zeros (RFC 5952).',
    },
    {
      name: 'u_ipv6_trailing_zeros_cut',
      critical: true,
      why: 'Zeros at the end of the last group were cut too, which gives the address of another machine.',
    },
  ),
  ...twins(
    {
      fields: ['timezone', 'tz', 'userZone'],
      least: 3,
      value(random) {
        const [legacy, right, wrong] = random.pick(zones);
        const both = { legacy: json(legacy), right: json(right) };
        return wrong === undefined ? both : { ...both, wrong: json(wrong) };
      },
    },
    {
      name: 'u_zone_canonical_name',
      why: 'Each old zone name became the name it is an alias of; Etc names count hours west of Greenwich.',
    },
    {
      name: 'u_zone_etc_sign_not_turned',
      critical: false,
      why: 'In Etc names the sign means the opposite: UTC-5 became a zone five hours ahead of Greenwich.',
    },
  ),
  ...twins(
    {
      fields: ['apiVersion', 'schemaVersion', 'minClient'],
      least: 3,
      value(random) {
        const [major, minor] = [random.int(1, 4), random.pick([1, 2, 10, 11, 20])];
        const both = { legacy: json(`${major}.${minor}`), right: json(`v${major}.${minor}`) };
        return minor % 10 > 0 ? both : { ...both, wrong: json(`v${major}.${minor / 10}`) };
      },
    },
    { name: 'u_version_with_v', why: 'The same version with the usual v in front.' },
    {
      name: 'u_version_as_decimal_number',
      critical: false,
      why: 'The version was read as a decimal number: 1.10 became 1.1, which is nine releases older.',
    },
  ),
  ...twins(
    {
      fields: ['members', 'assignees', 'watchers'],
      least: 4,
      value(random) {
        const people = random
          .shuffled(givenNames)
          .slice(0, random.int(3, 7))
          .map((name) => name.toLowerCase());
        const order = () => json(random.shuffled(people));
        const stranger = [...people.slice(1), people[1]];
        return {
          legacy: order(),
          legacy2: order(),
          right: json(people.toSorted()),
          wrong: json(stranger.toSorted()),
        };
      },
    },
    { name: 'u_members_sorted', why: 'Legacy lists the same people in any order; the rewrite sorts them.' },
    {
      name: 'u_member_replaced_by_double',
      critical: true,
      why: 'One person whom both runs of legacy list is missing, and another one stands there twice.',
    },
  ),
  ...twins(
    {
      fields: ['locale', 'language', 'uiLanguage'],
      least: 3,
      value(random) {
        const [legacy, right, wrong] = random.pick([
          ['pt_BR', 'pt-BR', 'pt-PT'],
          ['zh_TW', 'zh-TW', 'zh-CN'],
          ['en_US', 'en-US'],
          ['de_DE', 'de-DE'],
          ['es_MX', 'es-MX', 'es-ES'],
        ] as const);
        const both = { legacy: json(legacy), right: json(right) };
        return wrong === undefined ? both : { ...both, wrong: json(wrong) };
      },
    },
    { name: 'u_locale_hyphen', why: 'The same language and country with a hyphen, as BCP 47 writes them.' },
    {
      name: 'u_locale_falls_to_main_country',
      critical: false,
      why: 'Brazil, Taiwan and Mexico got the language of the larger country: other words and other signs.',
    },
  ),
];
