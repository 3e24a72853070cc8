/** Current accounts: balances, status, numbers and holders (COBOL and DB2 to Java and Postgres). */
import { germanIbanDigits } from '../check-digits.ts';
import { coded } from '../code-table.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { currencies, decimal, givenNames, json, minorUnits, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** Booked and available balance: reservations make the latter smaller, an overdraft makes it greater. */
function balances(random: Random): { booked: number; available: number; currency: string } {
  const booked = minorUnits(random, 20_000);
  const reserved = minorUnits(random, 500, 15_000);
  const overdraft = random.pick([500, 1000, 2000, 5000]) * 100;
  const available = random.chance(0.5) ? booked - reserved : booked + overdraft;
  return { booked, available, currency: random.pick(currencies) };
}

const sides = twins(
  {
    fields: ['balances', 'accountBalances', 'balance'],
    value(random) {
      const { booked, available, currency } = balances(random);
      const modern = (first: number, second: number) =>
        object({ booked: decimal(first, 2), available: decimal(second, 2), currency: json(currency) });
      const legacy = object({
        'BOOKED-BAL': json(decimal(booked, 2)),
        'AVAIL-BAL': json(decimal(available, 2)),
        CCY: json(currency),
      });
      return shown(legacy, modern(booked, available), modern(available, booked));
    },
  },
  {
    name: 'o_balances_renamed',
    why: 'Booked and available balance keep their figures under new key names, as numbers.',
  },
  {
    name: 'o_balances_exchanged',
    why: 'The booked balance is answered as the available one and the other way round.',
    critical: true,
  },
);

/** The last character of a zoned decimal holds the digit and the sign. */
function zoned(units: number): string {
  const digits = String(Math.abs(units)).padStart(11, '0');
  const last = Number(digits.slice(-1));
  return digits.slice(0, -1) + (units < 0 ? '}JKLMNOPQR' : '{ABCDEFGHI').charAt(last);
}

const overpunch = twins(
  {
    fields: ['bookedBalance', 'WS-SALDO', 'balance', 'turnover'],
    least: 3,
    value(random) {
      const units = minorUnits(random) * (random.chance(0.5) ? -1 : 1);
      return shown(json(zoned(units)), decimal(units, 2), decimal(Math.abs(units), 2));
    },
  },
  {
    name: 'o_zoned_sign_read',
    why: 'The overpunched last character of the COBOL field is the digit and sign that modern writes out.',
  },
  {
    name: 'o_zoned_sign_lost',
    why: 'The overpunch } and J to R means a negative value, which modern answers as positive.',
    critical: true,
  },
);

const status = coded(
  ['accountStatus', 'status', 'acctSts'],
  [
    ['OPN', 'OPEN'],
    ['OPN', 'OPEN'],
    ['DRM', 'DORMANT', 'OPEN'],
    ['BLK', 'BLOCKED', 'OPEN'],
    ['CLS', 'CLOSED', 'OPEN'],
  ],
  {
    name: 'o_account_status_spelled',
    why: 'The three-letter status codes are spelled out as the same states.',
  },
  {
    name: 'o_account_status_all_open',
    why: 'Blocked, dormant or closed accounts are answered as open.',
    critical: true,
  },
);

const sortCode = twins(
  {
    fields: ['sortCode', 'branchSortCode', 'bankCode'],
    value(random) {
      const first = random.chance(0.6) ? `0${random.int(1, 9)}` : String(random.int(11, 89));
      const [second, third] = [random.digits(2), random.digits(2)];
      const bare = `${first}${second}${third}`;
      return shown(json(`${first}-${second}-${third}`), json(bare), json(String(Number(bare))));
    },
  },
  {
    name: 'o_sort_code_hyphens',
    why: 'The six digits of the sort code are the same, only the hyphens are gone.',
  },
  {
    name: 'o_sort_code_zero_lost',
    why: 'A sort code has six digits; modern lost the leading zero, so it names no branch.',
    critical: true,
  },
);

const iban = twins(
  {
    fields: ['iban', 'accountIban', 'counterpartyIban'],
    value(random) {
      const bban = `${random.pick(['50010517', '37040044', '10070024', '20041133'])}${random.digits(10)}`;
      const whole = `DE${germanIbanDigits(bban)}${bban}`;
      const printed = whole.replace(/(.{4})(?=.)/g, '$1 ');
      return shown(json(printed), json(whole), json(whole.slice(0, 20)));
    },
  },
  {
    name: 'o_iban_print_form',
    why: 'The printed form in groups of four and the electronic form are the same IBAN.',
  },
  {
    name: 'o_iban_cut_at_20',
    why: 'A German IBAN has 22 characters; modern cuts off the last two.',
    critical: true,
  },
);

const holders = twins(
  {
    fields: ['holders', 'accountHolders', 'owners'],
    value(random) {
      const surname = random.pick(surnames);
      const names = random.shuffled(givenNames).slice(0, random.chance(0.6) ? 2 : 1);
      const modern = names.map((name) => `${name} ${surname}`);
      const legacy = names.map((name) => `${surname}, ${name}`.toUpperCase());
      return shown(json(legacy), json(modern), json(modern.slice(0, 1)));
    },
  },
  {
    name: 'o_holders_name_order',
    why: 'The same holders in the same order, written given name first and in mixed case.',
  },
  {
    name: 'o_second_holder_lost',
    why: 'The second holder of a joint account is missing in modern.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...sides,
  ...overpunch,
  ...status,
  ...sortCode,
  ...iban,
  ...holders,
];
