/** A savings bank's accounts: balances, holders, signatories, limits. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, givenNames, grouped, json, list, minorUnits, object, surnames } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const overdrawn = twins(
  {
    fields: ['ledgerBalance', 'balance', 'currentBalance'],
    clear: true,
    value(random) {
      const cents = minorUnits(random, 100, 900_000);
      const below = random.chance(0.4);
      const legacy = json(`${grouped(decimal(cents, 2), ',')} ${below ? 'OD' : 'CR'}`);
      return shown(legacy, decimal(below ? -cents : cents, 2), decimal(cents, 2));
    },
  },
  {
    name: 'v_balance_od_suffix_to_sign',
    why: 'A balance marked OD (overdrawn) became a negative number and one marked CR a positive one.',
  },
  {
    name: 'v_balance_od_suffix_ignored',
    why: 'A balance that legacy marks OD (overdrawn) is answered as money the customer has.',
    critical: true,
  },
);

const available = twins(
  {
    fields: ['balances', 'availability', 'F0032'],
    value(random) {
      const booked = minorUnits(random, 500, 2_000_000);
      const limit = random.pick([0, 50_000, 100_000, 250_000, 500_000]);
      const legacy = object({
        booked: json(decimal(booked, 2)),
        overdraftLimit: json(decimal(limit, 2)),
        available: json(decimal(booked + limit, 2)),
      });
      const modern = (free: number) =>
        object({
          available: decimal(free, 2),
          booked: decimal(booked, 2),
          overdraftLimit: decimal(limit, 2),
        });
      return shown(legacy, modern(booked + limit), modern(booked));
    },
  },
  {
    name: 'v_available_balance_members_reordered',
    why: 'The same three amounts, written as numbers instead of texts and in another order of members.',
  },
  {
    name: 'v_available_balance_without_overdraft',
    why: 'The amount available no longer includes the overdraft limit that stands beside it.',
    critical: true,
  },
);

const denominations = twins(
  {
    fields: ['drawer', 'cashCount', 'tillClosing'],
    value(random) {
      const notes = [5, 10, 20, 50, 100, 200, 500].map((note) => ({
        note,
        count: random.chance(0.3) ? 0 : random.int(1, note > 100 ? 6 : 80),
      }));
      const written = (kept: typeof notes) =>
        object({
          notes: object(Object.fromEntries(kept.map(({ note, count }) => [`${note}`, `${count}`]))),
          total: json(`${notes.reduce((sum, { note, count }) => sum + note * count, 0)}.00`),
        });
      const present = notes.filter(({ count }) => count > 0);
      const right = written(present);
      return present.length < 2
        ? { legacy: written(notes), right }
        : shown(written(notes), right, written(present.slice(0, -1)));
    },
  },
  {
    name: 'v_drawer_zero_counts_left_out',
    why: 'Only denominations with a count of zero are no longer listed; the others and the total agree.',
  },
  {
    name: 'v_drawer_highest_note_lost',
    why: 'The highest denomination that was counted is missing, so that the notes no longer make up the total.',
    critical: true,
  },
);

const sortCode = twins(
  {
    fields: ['bankDetails', 'payeeAccount', 'data'],
    value(random) {
      const sort = `${random.pick(['04', '20', '30', '40', '60', '82'])}${random.digits(4)}`;
      const account = random.chance(0.5) ? `0${random.digits(7)}` : random.text('123456789', 8);
      const legacy = json(`${sort.slice(0, 2)}-${sort.slice(2, 4)}-${sort.slice(4)} ${account}`);
      const modern = (number: string) => object({ sortCode: json(sort), accountNumber: json(number) });
      return shown(legacy, modern(account), modern(account.replace(/^0+/, '')));
    },
  },
  {
    name: 'v_sort_code_and_account_split',
    why: 'The same sort code and eight-digit account number, in two members instead of one printed text.',
  },
  {
    name: 'v_account_number_leading_zero_stripped',
    why: 'Account numbers that begin with zero have fewer than the eight digits legacy shows, so payments go astray.',
    critical: true,
  },
);

const status = coded(
  ['accountStatus', 'acctState', 'status'],
  [
    ['OPEN', 'active'],
    ['DORMANT', 'dormant'],
    ['BLOCKED BY COURT', 'blocked_by_court', 'active'],
    ['BLOCKED CUSTOMER REQUEST', 'blocked_by_customer', 'active'],
    ['CLOSED', 'closed'],
  ],
  {
    name: 'v_account_status_words',
    why: 'Each status of the account has one new word that says the same.',
  },
  {
    name: 'v_account_block_read_as_active',
    why: 'An account that legacy calls blocked is answered as active.',
    critical: true,
  },
  2,
);

const holders = twins(
  {
    fields: ['holders', 'accountHolders', 'names'],
    value(random) {
      const surname = random.pick(surnames);
      const people = random
        .shuffled(givenNames)
        .slice(0, random.chance(0.5) ? 2 : 1)
        .map((given) => ({ given, surname: random.chance(0.7) ? surname : random.pick(surnames) }));
      const legacy = people.map((one) => `${one.surname},${one.given}`.toUpperCase()).join(' & ');
      const right = people.map((one) => `${one.given} ${one.surname}`);
      return shownJson(legacy, right, right.slice(0, 1));
    },
  },
  {
    name: 'v_joint_holders_split',
    why: 'The same holders in the same order, as a list with given names first instead of one text.',
  },
  {
    name: 'v_joint_holder_dropped',
    why: 'Of two holders of a joint account only the first is answered.',
    critical: true,
  },
);

const signatories = twins(
  {
    fields: ['authorisedSignatories', 'mayDispose', 'attorneys'],
    clear: true,
    least: 2,
    value(random) {
      const people = random
        .shuffled(surnames)
        .slice(0, random.int(2, 5))
        .map((surname) => `${surname}, ${random.pick(givenNames)}`);
      const sorted = [...people].sort();
      const legacy = list(people.map(json));
      return shown(legacy, list(sorted.map(json)), list(sorted.slice(1).map(json)));
    },
  },
  {
    name: 'v_signatories_sorted',
    why: 'The same persons may sign for the account, now listed by the alphabet.',
  },
  {
    name: 'v_signatory_missing',
    why: 'A person who may sign for the account in legacy is not in the list of the rewrite.',
    critical: true,
  },
);

export const families: Family[] = [
  ...overdrawn,
  ...available,
  ...denominations,
  ...sortCode,
  ...status,
  ...holders,
  ...signatories,
];
