/** Transfers and direct debits: ISO 20022, MT940, Nacha files, statements. */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, decimal, givenNames, json, minorUnits, surnames } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const least = 10;

const marks = [
  ['C', 1, 1],
  ['D', -1, -1],
  ['RC', -1, 1],
  ['RD', 1, -1],
] as const;

const statementLines = twins(
  {
    fields: ['field61', 'statementLine', 'entry'],
    least: 10,
    value(random) {
      const [mark, sign, naive] = random.pick(marks);
      const day = Day.any(random, 2021, 2025);
      const units = minorUnits(random, 100, 4_000_000);
      const reference = random.pick(['NONREF', `INV${random.digits(6)}`, `RENT${random.digits(4)}`]);
      const [whole, fraction] = decimal(units, 2).split('.');
      const amount = `${whole},${fraction === '00' ? '' : fraction}`;
      const type = random.pick(['NTRF', 'NMSC', 'NDDT', 'NCHG']);
      const shape = (factor: number) => ({
        valueDate: day.iso,
        amount: decimal(units * factor, 2),
        reversal: mark.length === 2,
        type: type.slice(1),
        reference,
      });
      return shownJson(
        `:61:${day.iso.slice(2).replaceAll('-', '')}${day.mm}${day.dd}${mark}${amount}${type}${reference}`,
        shape(sign),
        shape(naive),
      );
    },
  },
  {
    name: 'z_mt940_line_parsed',
    why: 'Field 61 is taken apart: C and RD raise the balance, D and RC lower it, and nothing else is lost.',
  },
  {
    name: 'z_mt940_reversal_sign_ignored',
    why: 'A reversal of a credit (RC) lowers the balance, yet it is booked as a credit, and a reversed debit as a debit.',
    critical: true,
  },
);

const purchases = [
  ['PARKING CITY GARAGE', -280],
  ['BAKERY LINDE', -345],
  ['TRAM SINGLE TICKET', -320],
  ['VENDING MACHINE', -150],
  ['COFFEE TO GO', -390],
] as const;

function statement(random: Random): { all: object[]; merged: object[] } {
  const shape = (text: string, units: number) => ({ text, amount: decimal(units, 2) });
  const distinct = random
    .shuffled(purchases)
    .slice(0, random.int(2, 4))
    .map(([text, units]) => shape(text, units));
  const salary = shape('SALARY', random.int(180_000, 420_000));
  const again = random.chance(0.6) ? [distinct[0]!] : [];
  return { all: [salary, ...distinct, ...again], merged: [salary, ...distinct] };
}

const dayEntries = twins(
  {
    fields: ['entriesOfDay', 'bookings', 'camt.Ntry'],
    least: 10,
    value(random) {
      const { all, merged } = statement(random);
      const texts = {
        legacy: json(random.shuffled(all)),
        legacy2: json(random.shuffled(all)),
        right: json(random.shuffled(all)),
      };
      return all.length === merged.length ? texts : { ...texts, wrong: json(random.shuffled(merged)) };
    },
  },
  {
    name: 'z_statement_day_unordered',
    why: 'The bookings of one day come in no particular order, in legacy from run to run too; each booking is there as often as before.',
  },
  {
    name: 'z_statement_equal_bookings_merged',
    why: 'Two equal purchases on one day are two bookings; the rewrite takes the second for a duplicate and drops it, under the noise of the order.',
    critical: true,
  },
);

const entryCodes = [
  ['22', 'checking', 'credit', 'credit'],
  ['27', 'checking', 'debit', 'debit'],
  ['32', 'savings', 'credit', 'credit'],
  ['37', 'savings', 'debit', 'credit'],
] as const;

function routingNumber(random: Random): string {
  const base = random.pick(['0210', '0260', '0711', '1210', '3222']) + random.digits(4);
  const sum = [...base].reduce((total, digit, at) => total + Number(digit) * [3, 7, 1][at % 3]!, 0);
  return `${base}${(10 - (sum % 10)) % 10}`;
}

const achEntries = twins(
  {
    fields: ['entryDetail', 'ach.record6', 'nachaEntry'],
    least: 10,
    value(random) {
      const [code, account, direction, naive] = random.pick(entryCodes);
      const routing = routingNumber(random);
      const number = random.digits(random.int(8, 12));
      const units = minorUnits(random, 500, 900_000);
      const id = `EMP${random.digits(5)}`;
      const name = `${random.pick(givenNames)} ${random.pick(surnames)}`;
      const trace = `${routing.slice(0, 8)}${random.digits(7)}`;
      const record = `6${code}${routing}${number.padEnd(17)}${String(units).padStart(10, '0')}${id.padEnd(15)}${name.toUpperCase().padEnd(22)}  0${trace}`;
      const shape = (way: string) => ({
        direction: way,
        account: { type: account, routing, number },
        amount: decimal(units, 2),
        individual: { id, name: name.toUpperCase() },
        trace,
      });
      return shownJson(record, shape(direction), shape(naive));
    },
  },
  {
    name: 'z_nacha_entry_parsed',
    why: 'The 94 columns of the entry detail record are read by their positions; codes 27 and 37 are debits, 22 and 32 credits.',
  },
  {
    name: 'z_nacha_savings_debit_as_credit',
    why: 'Transaction code 37 draws money from a savings account; the rewrite pays it out instead.',
    critical: true,
  },
);

const camtEntries = twins(
  {
    fields: ['camt053.entry', 'bookedEntry', 'Ntry.Amt'],
    least,
    value(random) {
      const credit = random.chance(0.5);
      const reversal = random.chance(0.4);
      const units = minorUnits(random, 500, 3_000_000);
      const before = minorUnits(random, 3_100_000, 9_900_000);
      const effect = credit ? units : -units;
      const shape = (amount: number) => ({
        amount: decimal(amount, 2),
        currency: 'EUR',
        reversal,
        balanceAfter: decimal(before + amount, 2),
      });
      return shownJson(
        {
          Amt: { Ccy: 'EUR', value: decimal(units, 2) },
          CdtDbtInd: credit ? 'CRDT' : 'DBIT',
          RvslInd: reversal,
          balance: { before: decimal(before, 2), after: decimal(before + effect, 2) },
        },
        shape(effect),
        shape(reversal ? -effect : effect),
      );
    },
  },
  {
    name: 'z_camt_entry_with_sign',
    why: 'The indicator CRDT or DBIT is the sign of the entry, of reversals too, as the balances before and after show.',
  },
  {
    name: 'z_camt_reversal_turned_twice',
    why: 'In ISO 20022 the indicator already holds the direction of a reversal; the rewrite turns it again, so amount and balance are wrong.',
    critical: true,
  },
);

const bearers = [
  ['OUR', 'DEBT', 'CRED'],
  ['BEN', 'CRED', 'DEBT'],
  ['SHA', 'SHAR', 'SHAR'],
] as const;

const charges = twins(
  {
    fields: ['ChrgBr', 'chargeBearer', 'field71A'],
    least,
    value(random) {
      const [swift, code, exchanged] = random.pick(bearers);
      const amount = decimal(minorUnits(random, 10_000, 9_000_000), 2);
      const currency = random.pick(['USD', 'CHF', 'GBP', 'CAD']);
      const shape = (bearer: string) => ({
        InstdAmt: { Ccy: currency, value: amount },
        ChrgBr: bearer,
      });
      return shownJson(
        `:33B:${currency}${amount.replace('.', ',')}\r\n:71A:${swift}`,
        shape(code),
        shape(exchanged),
      );
    },
  },
  {
    name: 'z_mt103_charges_to_iso20022',
    why: 'OUR, BEN and SHA of field 71A are DEBT, CRED and SHAR in ISO 20022: the debtor, the creditor or both bear the charges.',
  },
  {
    name: 'z_mt103_charge_bearer_exchanged',
    why: 'OUR means that the debtor pays the charges, yet it becomes CRED (and BEN becomes DEBT), so the wrong party is charged.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...statementLines,
  ...dayEntries,
  ...achEntries,
  ...camtEntries,
  ...charges,
];
