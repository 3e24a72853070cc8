/** Signs of amounts, as mainframes and ledgers write them. */
import { defect, faithful, type Random, twins } from '../kit.ts';
import { decimal, grouped, json, minorUnits, object } from '../kit-values.ts';

const balances = [
  'balance',
  'ledgerBalance',
  'WS-NET-AMT',
  'postingAmount',
  'availableFunds',
  'accountPosition',
];

/** A signed amount in minor units; two in five are negative. */
const signed = (random: Random): number => minorUnits(random) * (random.chance(0.4) ? -1 : 1);

/** Zoned decimal in ASCII: the last digit carries the sign (+ is {A–I, − is }J–R). */
function overpunch(units: number, width: number): string {
  const digits = String(Math.abs(units)).padStart(width, '0');
  const last = Number(digits.at(-1));
  return digits.slice(0, -1) + (units < 0 ? '}JKLMNOPQR' : '{ABCDEFGHI').charAt(last);
}

/** Packed decimal as hex: the last nibble is C (plus) or D (minus). */
const packed = (units: number, width: number): string =>
  String(Math.abs(units)).padStart(width, '0') + (units < 0 ? 'D' : 'C');

export const families = [
  ...twins(
    {
      fields: balances,
      value(random) {
        const units = signed(random);
        const legacy = json(overpunch(units, 11));
        return units < 0
          ? { legacy, right: decimal(units, 2), wrong: decimal(-units, 2) }
          : { legacy, right: decimal(units, 2) };
      },
    },
    {
      name: 'overpunch_decoded',
      why: 'The last character of a COBOL zoned number carries digit and sign; the rewrite prints the same signed amount with the implied two decimals.',
    },
    {
      name: 'overpunch_minus_lost',
      critical: true,
      why: 'J to R and } mark negative zoned numbers; the rewrite answers them as positive amounts.',
    },
  ),
  ...twins(
    {
      fields: balances,
      value(random) {
        const units = -minorUnits(random);
        const text = decimal(-units, 2);
        return { legacy: json(`${text}-`), right: json(`-${text}`), wrong: json(text) };
      },
    },
    {
      name: 'trailing_minus_moved',
      why: 'SAP and COBOL edit masks write the minus behind the number; both sides show the same negative amount.',
    },
    {
      name: 'trailing_minus_dropped',
      critical: true,
      why: 'The trailing minus was cut off, so an overdraft became a credit balance.',
    },
  ),
  ...twins(
    {
      fields: ['movement', 'posting', 'entry', 'journalLine'],
      value(random) {
        const debit = random.chance(0.5);
        const amount = json(decimal(minorUnits(random), 2));
        const side = (isDebit: boolean) => json(isDebit ? 'DEBIT' : 'CREDIT');
        return {
          legacy: object({ amount, indicator: json(debit ? 'DR' : 'CR') }),
          right: object({ amount, indicator: side(debit) }),
          wrong: object({ amount, indicator: side(!debit) }),
        };
      },
    },
    { name: 'dr_cr_spelled_out', why: 'DR is debit and CR is credit; amount and side are the same.' },
    {
      name: 'dr_cr_crossed',
      critical: true,
      why: 'A DR posting comes back as CREDIT (or CR as DEBIT), so money moves the wrong way.',
    },
  ),
  ...twins(
    {
      fields: ['profitAndLoss', 'variance', 'netIncome', 'adjustment'],
      value(random) {
        const units = signed(random);
        const text = decimal(Math.abs(units), 2);
        const shown = grouped(text, ',');
        return units < 0
          ? { legacy: json(`(${shown})`), right: json(`-${text}`), wrong: json(text) }
          : { legacy: json(shown), right: json(text) };
      },
    },
    {
      name: 'parentheses_to_minus',
      why: 'Accountants write a negative amount in parentheses; the rewrite uses a minus and drops the grouping.',
    },
    {
      name: 'parentheses_ignored',
      critical: true,
      why: 'Amounts in parentheses are negative, and the rewrite shows them as positive.',
    },
  ),
  ...twins(
    {
      fields: ['PACKED-BAL', 'rawAmount', 'comp3', 'balanceHex'],
      least: 3,
      once: true,
      value(random) {
        const units = signed(random);
        const legacy = json(packed(units, 11));
        return units < 0
          ? { legacy, right: decimal(units, 2), wrong: decimal(-units, 2) }
          : { legacy, right: decimal(units, 2) };
      },
    },
    {
      name: 'packed_decimal_decoded',
      why: 'Packed decimal hex with sign nibble C or D, two implied decimals: the rewrite prints the same amount.',
    },
    {
      name: 'packed_sign_nibble_ignored',
      critical: true,
      why: 'The sign nibble D means minus; the rewrite answers those amounts as positive.',
    },
  ),
  defect(
    {
      fields: ['closingBalance', 'currentBalance', 'minimumDue', 'settlementAmount'],
      value(random) {
        const units = signed(random);
        const legacy = decimal(units, 2);
        return units < 0 ? { legacy, right: legacy, wrong: '0.00' } : { legacy, right: legacy };
      },
    },
    {
      name: 'negative_clamped_to_zero',
      critical: true,
      why: 'Negative balances come back as 0.00, so debts disappear.',
    },
  ),
  faithful(
    {
      fields: ['rounding', 'difference', 'openAmount', 'residual'],
      least: 2,
      value(random) {
        if (random.chance(0.5)) return { legacy: '-0.00', right: '0.00' };
        const legacy = decimal(signed(random), 2);
        return { legacy, right: legacy };
      },
    },
    {
      name: 'negative_zero',
      why: 'Minus zero and zero are the same amount, and everything else is identical.',
    },
  ),
  defect(
    {
      fields: ['rounding', 'difference', 'openAmount', 'residual'],
      value(random) {
        const units = random.chance(0.5) ? -random.int(1, 4) : signed(random);
        const legacy = decimal(units, 2);
        return Math.abs(units) < 5 ? { legacy, right: legacy, wrong: '0.00' } : { legacy, right: legacy };
      },
    },
    {
      name: 'few_cents_shown_as_zero',
      critical: true,
      why: 'An open difference of one to four cents comes back as 0.00, so accounts look settled that are not.',
    },
  ),
];
