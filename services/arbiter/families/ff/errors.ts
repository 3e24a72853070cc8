/** Error answers: what they say to people, to clients and to attackers. */
import type { Family } from '../kit.ts';
import { json } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { differs, pair } from './base.ts';

const causes = [
  ['Customer not found', 'No customer with this number exists'],
  ['Insufficient funds', 'The balance does not cover this amount'],
  ['Card expired', 'This card is past its expiry date'],
  ['Wrong PIN', 'The PIN you entered is not correct'],
  ['Daily limit exceeded', 'This amount is above your limit per day'],
  ['Account closed', 'This account has been closed'],
] as const;

const leaks = [
  'org.postgresql.util.PSQLException: ERROR: relation "customer_acct" does not exist at Parser.c:214',
  "TypeError: Cannot read properties of undefined (reading 'limit')\n    at /srv/app/dist/quote.js:88:31",
  'java.lang.NullPointerException\n\tat com.acme.core.PriceService.total(PriceService.java:142)',
  'connect ECONNREFUSED 10.20.4.17:5432 user=svc_orders',
] as const;

export const families: Family[] = [
  ...pair(
    {
      fields: ['error.message', 'reason', 'declineReason', 'fault.text'],
      routes: ['POST /payments', 'POST /withdrawals', 'POST /ws/CardService'],
      shares: [1, 0.5, 0.3],
      value(random) {
        const at = random.int(0, causes.length - 1);
        const [legacy, right] = causes[at]!;
        const [, wrong] = causes[(at + random.int(1, causes.length - 1)) % causes.length]!;
        return shownJson(legacy, right, wrong);
      },
    },
    {
      name: 'ff_error_worded_otherwise',
      why: 'The sentence for people was reworded and names the same cause.',
    },
    {
      name: 'ff_error_names_other_cause',
      critical: false,
      why: 'The sentence names another cause than legacy, so customers and clerks do the wrong thing about it.',
    },
  ),
  ...pair(
    {
      fields: ['message', 'error.detail', 'title', 'fault.faultstring'],
      routes: ['POST /quotes', 'GET /accounts/{id}', 'POST /orders'],
      twice: true,
      evidence: 3,
      shares: [1, 0.5],
      value(random) {
        const text = () =>
          json(`Internal error. Please quote reference ${random.text('0123456789ABCDEF', 8)}.`);
        return { legacy: text(), legacy2: text(), right: text(), wrong: json(random.pick(leaks)) };
      },
    },
    {
      name: 'ff_error_reference_made_anew',
      why: 'Every failure gets a reference of its own, also when legacy fails twice at the same request.',
    },
    {
      name: 'ff_internals_in_error_text',
      critical: false,
      why: 'Instead of a reference the answer shows inner details (tables, files, addresses) to outsiders.',
    },
  ),
  differs(
    {
      fields: ['status', 'http.status', 'statusCode', 'response.code'],
      routes: ['GET /accounts/{id}', 'GET /documents/{id}', 'POST /payments'],
      clear: true,
      shares: [1, 0.5],
      value(random) {
        const status = random.pick([200, 200, 403, 404, 401, 409]);
        return shown(String(status), String(status), '200');
      },
    },
    {
      name: 'ff_refusal_answered_with_success',
      critical: true,
      why: 'What legacy refuses (401, 403, 404, 409) the rewrite answers with 200, so clients take it for done.',
    },
  ),
];
