/** Flags, rights and limits: who may do what, and up to which amount. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const rights = ['READ', 'PAY', 'SIGN', 'EXPORT', 'INVITE'] as const;

export const families: readonly Family[] = [
  ...twins(
    {
      least: 3,
      fields: ['cardBlocked', 'marketingConsent', 'directDebitAllowed', 'twoFactor'],
      value: (random) => {
        const flag = String(random.chance(0.45));
        return shown(json(flag), flag, 'true');
      },
    },
    { name: 'f_flag_text_to_boolean', why: 'The texts "true" and "false" became the booleans they name.' },
    {
      name: 'f_flag_text_always_true',
      critical: true,
      why: 'The text "false" became true, as any non-empty text does when it is only tested for being there.',
    },
  ),
  ...twins(
    {
      fields: ['permissions', 'scopes', 'roles', 'grants'],
      value: (random) => {
        const held = rights.filter(() => random.chance(0.5));
        if (held.length === 0) held.push('READ');
        return shown(json(held.join('|')), json(held), json([...held, 'ADMIN']));
      },
    },
    { name: 'f_rights_as_list', why: 'The same rights as a list instead of a text with bars.' },
    {
      name: 'f_rights_with_admin',
      critical: true,
      why: 'The right ADMIN was granted to holders who do not have it in legacy.',
    },
  ),
  ...twins(
    {
      least: 3,
      fields: ['access', 'mandate', 'delegation', 'accountRights'],
      value: (random) => {
        const transfer = random.chance(0.4);
        const limit = random.pick([500, 1000, 2500, 10_000]);
        const access = (flag: (on: boolean) => string, may: boolean) =>
          object({ view: flag(true), transfer: flag(may), limit: String(limit) });
        const bit = (on: boolean) => (on ? '1' : '0');
        return shown(access(bit, transfer), access(String, transfer), access(String, true));
      },
    },
    { name: 'f_access_flags_boolean', why: 'One and zero became true and false, each right is the same.' },
    {
      name: 'f_access_transfer_by_default',
      critical: true,
      why: 'Holders who may only view an account may transfer from it: a wrong default.',
    },
  ),
  ...twins(
    {
      fields: ['creditLimit', 'dailyLimit', 'coverage', 'maxPayout'],
      value: (random) => {
        const text = decimal(random.int(1, 200) * 250_00, 2);
        if (random.chance(0.6)) return { legacy: text, right: text };
        return shown('999999999.99', json('UNLIMITED'), '0.00');
      },
      least: 4,
    },
    {
      name: 'f_no_limit_named',
      why: 'A number of nothing but nines is how legacy says that there is no limit.',
    },
    {
      name: 'f_no_limit_is_zero',
      critical: true,
      why: 'What is without limit in legacy has the limit zero, so nothing passes.',
    },
  ),
  ...twins(
    {
      fields: ['limitUsage', 'budget', 'overdraft', 'cardLimit'],
      value: (random) => {
        const limit = random.int(2, 80) * 125_00;
        const used = random.chance(0.2) ? 0 : random.int(1, limit);
        const usage = (write: (text: string) => string, remaining: number) =>
          object({
            limit: write(decimal(limit, 2)),
            used: write(decimal(used, 2)),
            remaining: write(decimal(remaining, 2)),
          });
        return shown(usage(json, limit - used), usage(String, limit - used), usage(String, limit));
      },
    },
    { name: 'f_limit_usage_numbers', why: 'The three amounts are the same, as numbers instead of texts.' },
    {
      name: 'f_limit_remaining_ignores_use',
      critical: true,
      why: 'What remains is the whole limit although part of it is used.',
    },
  ),
  ...twins(
    {
      least: 3,
      fields: ['decision', 'authorisation', 'check', 'screening'],
      value: (random) => {
        const limit = random.int(1, 40) * 50_00;
        const amount = random.chance(0.4) ? limit : minorUnits(random, 5_00, limit * 2);
        const outcome = (passes: boolean, word: (text: string) => string) =>
          object({
            amount: decimal(amount, 2),
            limit: decimal(limit, 2),
            result: json(word(passes ? 'APPROVED' : 'DECLINED')),
          });
        const lower = (text: string) => text.toLowerCase();
        return shown(
          outcome(amount <= limit, String),
          outcome(amount <= limit, lower),
          outcome(amount < limit, lower),
        );
      },
    },
    {
      name: 'f_decision_lower_case',
      why: 'Amount, limit and outcome are the same; the outcome is in lower case.',
    },
    {
      name: 'f_decision_at_limit',
      critical: true,
      why: 'An amount equal to the limit is declined where legacy approves it: < in place of <=.',
    },
  ),
  ...twins(
    {
      fields: ['riders', 'coverages', 'insuredRisks', 'benefits'],
      value: (random) => {
        const sums = ['FIRE', 'THEFT', 'WATER', 'LIABILITY'].map(
          (risk) => [risk, random.chance(0.25) ? 0 : random.int(5, 400) * 1000] as const,
        );
        const covered = sums.filter(([, sum]) => sum > 0);
        const rows = (of: typeof covered) =>
          list(of.map(([risk, sum]) => object({ risk: json(risk), sum: String(sum) })));
        const capped = covered.map(([risk, sum]) => [risk, Math.min(sum, covered[0]?.[1] ?? sum)] as const);
        const text = json(covered.map(([risk, sum]) => `${risk}=${sum}`).join(';'));
        return shown(text, rows(covered), rows(capped));
      },
    },
    { name: 'f_coverages_as_list', why: 'The same risks with the same sums, as a list instead of one text.' },
    {
      name: 'f_coverages_capped_by_first',
      critical: true,
      why: 'The sum of the first risk caps the sums of the others, which legacy does not.',
    },
  ),
];
