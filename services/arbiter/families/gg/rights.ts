/** Rights, consents and tenants. */
import type { Family } from '../kit.ts';
import { shownJson } from '../shown.ts';
import { broken, fromTable, pair, some } from './parts.ts';

const scopes = ['accounts:read', 'cards:read', 'payments:read', 'payments:write', 'profile'];

export const families: readonly Family[] = [
  ...pair(
    ['GET /me', 'GET /users/{id}'],
    {
      fields: ['role', 'userRole', 'authority'],
      always: true,
      value: fromTable([
        ['ROLE_ADMIN', 'ADMIN'],
        ['ROLE_CLERK', 'CLERK'],
        ['ROLE_CLERK', 'CLERK'],
        ['ROLE_AUDITOR', 'AUDITOR', 'ADMIN'],
        ['ROLE_GUEST', 'GUEST', 'ADMIN'],
      ]),
    },
    ['role_prefix', 'Spring puts ROLE_ before the names of roles; the roles are the same.'],
    [
      'unknown_role_is_admin',
      'Roles that the new enum lacks fall to its first constant, which is ADMIN.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /employees/{id}', 'GET /customers/{id}'],
    {
      fields: ['nationalId', 'ssn', 'taxNumber'],
      always: true,
      value(random) {
        const number = `${random.digits(3)}-${random.int(10, 99)}-${random.digits(4)}`;
        if (random.chance(0.5)) return shownJson('***', '[hidden]', number);
        return shownJson(number, number, number);
      },
    },
    ['other_mask_text', 'What the caller may not see is hidden in both answers, behind another mask.'],
    [
      'mask_not_applied',
      'Callers who may not see the number, for whom legacy masks it, are shown it in full.',
      'critical',
    ],
  ),
  ...pair(
    ['POST /oauth/token', 'GET /consents/{id}'],
    {
      fields: ['scope', 'grantedScope'],
      always: true,
      value(random) {
        const own = some(
          random,
          scopes.filter((scope) => scope !== 'payments:write'),
          2,
          4,
        );
        if (random.chance(0.3)) own.push('payments:write');
        const text = (items: readonly string[]) => random.shuffled(items).join(' ');
        const more = own.includes('payments:write') ? own : [...own, 'payments:write'];
        const [legacy, right] = [text(own), text(own)];
        return more === own ? shownJson(legacy, right, right) : shownJson(legacy, right, text(more));
      },
    },
    ['scopes_in_other_order', 'OAuth scopes are a set divided by spaces; their order means nothing.'],
    [
      'scope_not_asked_for',
      'Every token may write payments, also where only reading was granted.',
      'critical',
    ],
  ),
  ...broken(
    ['GET /claims/{id}', 'GET /invoices/{number}'],
    {
      fields: ['canApprove', 'mayRelease', 'editable'],
      value(random) {
        const may = random.chance(0.5);
        return shownJson(may, may, true);
      },
    },
    [
      'four_eyes_gone',
      'The check that nobody approves what they entered was not carried over, so all may approve.',
      'critical',
    ],
  ),
  ...broken(
    ['GET /invoices', 'GET /contracts', 'GET /users'],
    {
      fields: ['items', 'rows', 'invoiceNumbers'],
      common: (random) => random.shuffled(['NWE', 'ACM', 'HEL', 'CON']),
      value(random, [own = '', other = '']) {
        const row = (tenant: string) => `${tenant}-${random.int(10_000, 99_999)}`;
        const rows = Array.from({ length: random.int(1, 5) }, () => row(own));
        return shownJson(rows, rows, random.shuffled([...rows, row(other), row(other)]));
      },
    },
    [
      'other_tenants_rows',
      'The filter by tenant is missing from one query, so rows of another company are listed.',
      'critical',
    ],
  ),
];
