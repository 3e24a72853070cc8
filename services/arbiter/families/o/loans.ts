/** Loans: schedules, kinds of rate, collateral, co-borrowers. */
import { coded } from '../code-table.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { decimal, givenNames, grouped, json, list, minorUnits, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

interface Instalment {
  readonly interest: number;
  readonly principal: number;
  readonly remaining: number;
}

/** The last instalments of an annuity loan, in cents; the last one repays the rest. */
function schedule(random: Random): Instalment[] {
  let remaining = minorUnits(random, 200_000, 1_500_000);
  const monthly = random.int(20, 80) / 12_000;
  const count = random.int(2, 5);
  const payment = Math.round((remaining * monthly) / (1 - (1 + monthly) ** -count));
  return Array.from({ length: count }, (_, at) => {
    const interest = Math.round(remaining * monthly);
    const principal = at === count - 1 ? remaining : payment - interest;
    remaining -= principal;
    return { interest, principal, remaining };
  });
}

const writeRow = ({ interest, principal, remaining }: Instalment) =>
  object({
    interest: decimal(interest, 2),
    principal: decimal(principal, 2),
    remaining: decimal(remaining, 2),
  });
const legacyRow = ({ interest, principal, remaining }: Instalment) =>
  object({
    ZINS: json(decimal(interest, 2)),
    TILGUNG: json(decimal(principal, 2)),
    REST: json(decimal(remaining, 2)),
  });

const lastInstalment = twins(
  {
    fields: ['schedule', 'tilgungsplan', 'instalments'],
    once: true,
    value(random) {
      const rows = schedule(random);
      return shown(
        list(rows.map(legacyRow)),
        list(rows.map(writeRow)),
        list(rows.slice(0, -1).map(writeRow)),
      );
    },
  },
  {
    name: 'o_schedule_english_keys',
    why: 'Every instalment has the same interest, principal and rest under English keys.',
  },
  {
    name: 'o_schedule_last_instalment_lost',
    why: 'The instalment that repays the rest of the loan is missing.',
    critical: true,
  },
);

const shares = twins(
  {
    fields: ['nextInstalment', 'instalment', 'rate'],
    value(random) {
      const next = schedule(random)[0]!;
      return shown(
        legacyRow(next),
        writeRow(next),
        writeRow({ ...next, interest: next.principal, principal: next.interest }),
      );
    },
  },
  {
    name: 'o_instalment_shares_named',
    why: 'ZINS is interest, TILGUNG principal and REST what remains; all three figures agree.',
  },
  {
    name: 'o_instalment_shares_exchanged',
    why: 'Interest and principal have changed places.',
    critical: true,
  },
);

const kindOfRate = coded(
  ['rateType', 'interestType', 'zinsart'],
  [
    ['FIX', 'FIXED', 'VARIABLE'],
    ['VAR', 'VARIABLE', 'FIXED'],
    ['CAP', 'CAPPED'],
  ],
  { name: 'o_rate_type_spelled', why: 'Fixed, variable and capped rates are spelled out.' },
  {
    name: 'o_rate_type_exchanged',
    why: 'Fixed loans are answered as variable or variable ones as fixed.',
    critical: true,
  },
);

const collateral = twins(
  {
    fields: ['collateralValue', 'beleihungswert', 'propertyValue'],
    value(random) {
      const units = minorUnits(random, 4_000_000, 150_000_000);
      const text = grouped(decimal(units, 2), '.', ',');
      return shown(json(text), decimal(units, 2), String(Number.parseFloat(text)));
    },
  },
  {
    name: 'o_german_amount_as_number',
    why: 'Points group thousands and the comma is the decimal sign: the same value as a number.',
  },
  {
    name: 'o_german_amount_parse_float',
    why: 'The first point was taken for the decimal sign, so values shrink at least a thousandfold.',
    critical: true,
  },
);

const coBorrower = twins(
  {
    fields: ['coBorrower', 'guarantor', 'mitdarlehensnehmer'],
    least: 2,
    common: (random) => (random.chance(0.5) ? 'null' : undefined),
    value(random, none: string | undefined) {
      if (random.chance(0.5)) return { legacy: '""', right: none };
      const name = json(`${random.pick(givenNames)} ${random.pick(surnames)}`);
      return { legacy: name, right: name, wrong: none };
    },
  },
  {
    name: 'o_no_co_borrower_empty',
    why: 'Where there is no second borrower, modern says so without a value instead of an empty text.',
  },
  {
    name: 'o_co_borrower_dropped',
    why: 'A second borrower named by legacy is missing in modern.',
    critical: true,
  },
);

const left = twins(
  {
    fields: ['remainingInstalments', 'restraten', 'instalmentsLeft'],
    least: 3,
    value(random) {
      const count = random.int(2, 96);
      return shown(json(String(count).padStart(3, '0')), String(count), String(count - 1));
    },
  },
  { name: 'o_instalments_left_unpadded', why: 'The same number of instalments without leading zeros.' },
  { name: 'o_instalments_left_one_less', why: 'One instalment fewer remains to be paid.', critical: true },
);

export const families: readonly Family[] = [
  ...lastInstalment,
  ...shares,
  ...kindOfRate,
  ...collateral,
  ...coBorrower,
  ...left,
];
