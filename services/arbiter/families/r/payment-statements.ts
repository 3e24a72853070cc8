/** Statements, queues and parties of a payments hub. */
import { type Family, twins } from '../kit.ts';
import { companies, decimal, json, minorUnits, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['balances', 'statementSummary', 'accountStatement'],
      value: (random) => {
        const [opening, credits, debits] = [
          minorUnits(random, 10_000),
          minorUnits(random, 1_000),
          minorUnits(random, 1_000),
        ];
        const closing = opening + credits - debits;
        const german = (units: number) => json(decimal(units, 2).replace('.', ','));
        const write = (form: (units: number) => string, end: number) =>
          object({
            opening: form(opening),
            credits: form(credits),
            debits: form(debits),
            closing: form(end),
          });
        const number = (units: number) => decimal(units, 2);
        return shown(
          write(german, closing),
          write(number, closing),
          write(number, opening + credits + debits),
        );
      },
    },
    {
      name: 'r_statement_totals_as_numbers',
      why: 'All four totals of the statement are the same, written as numbers instead of texts with a comma.',
    },
    {
      name: 'r_statement_debits_added',
      critical: true,
      why: 'The closing balance adds the debits instead of taking them off: it is not the balance that legacy states.',
    },
  ),
  ...twins(
    {
      fields: ['pendingPayments', 'queueDepth', 'messagesWaiting'],
      least: 8,
      always: true,
      common: (random) => random.int(80, 900),
      value: (random, usual) => {
        const now = () => String(usual + random.int(-25, 25));
        return { legacy: now(), right: now(), wrong: '0', legacy2: now() };
      },
    },
    {
      name: 'r_queue_depth_moves',
      why: 'The number of waiting payments differs from run to run in legacy too, and the rewrite stays in the same range.',
    },
    {
      name: 'r_queue_depth_never_filled',
      critical: false,
      why: 'Legacy always has a filled queue that moves a little, the rewrite answers zero every time.',
    },
  ),
  ...twins(
    {
      fields: ['initiatingParty', 'debtorName', 'ultimateDebtor'],
      value: (random) => {
        const name = `${random.pick(companies)} ${random.pick(['Ltd', 'GmbH', 'SA', 'BV'])} ${random.pick(['Treasury', 'Payroll', 'Shared Services'])}`;
        return shownJson(name.padEnd(70), name, name.slice(0, 20));
      },
    },
    {
      name: 'r_party_of_seventy_unpadded',
      why: 'The fixed 70 characters of the copybook are blanks after the name, which the rewrite leaves off.',
    },
    {
      name: 'r_party_cut_at_twenty',
      critical: false,
      why: 'The name of the party is cut after 20 characters, so part of it is lost.',
    },
  ),
];
