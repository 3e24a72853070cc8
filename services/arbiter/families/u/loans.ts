/** Rates, terms and values of a building society's loans, COBOL and Smalltalk to Kotlin. */
import { twins } from '../kit.ts';
import { decimal, grouped, json, minorUnits } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const germanAmount = (units: number) => grouped(decimal(units, 2), '.', ',');

export const families = [
  ...twins(
    {
      fields: ['nominalRate', 'interestRatePct', 'debitRate'],
      value(random) {
        const units = random.int(850, 12_990);
        const [plain, edited] = [
          decimal(units, 3),
          `${decimal(units, 3).padStart(7, '0').replace('.', ',')}`,
        ];
        return shown(json(`${edited} %`), plain, String(units));
      },
    },
    {
      name: 'u_rate_edited_percent',
      why: 'An edited rate with a decimal comma and its percent sign is the same number of per cent.',
    },
    {
      name: 'u_rate_comma_lost',
      critical: true,
      why: 'The decimal comma was dropped, so that a rate of a few per cent became thousands of per cent.',
    },
  ),
  ...twins(
    {
      fields: ['termMonths', 'loanTermMonths', 'remainingMonths'],
      clear: true,
      value(random) {
        const years = random.pick([5, 7, 8, 10, 12, 15, 20, 25, 30, 35]);
        return shownJson(years * 12, `P${years}Y`, `P${years}M`);
      },
    },
    {
      name: 'u_term_months_period',
      why: 'A number of months and the ISO 8601 period of as many years are the same term.',
    },
    {
      name: 'u_term_years_as_months',
      critical: true,
      why: 'The term was divided by twelve and yet written as months, so the loan runs a twelfth of its time.',
    },
  ),
  ...twins(
    {
      fields: ['saldo', 'kontostand', 'balance'],
      clear: true,
      least: 4,
      value(random) {
        const units = minorUnits(random, 100);
        const debit = random.chance(0.6);
        const legacy = json(`${germanAmount(units)} ${debit ? 'S' : 'H'}`);
        const right = decimal(debit ? -units : units, 2);
        return debit ? shown(legacy, right, decimal(units, 2)) : { legacy, right };
      },
    },
    {
      name: 'u_soll_haben_signed',
      why: 'Soll and Haben behind an amount are its sign: debit is negative, credit positive.',
    },
    {
      name: 'u_soll_read_as_haben',
      critical: true,
      why: 'Debit balances (S for Soll) come out positive like credit balances (H), so debts turn into deposits.',
    },
  ),
  ...twins(
    {
      fields: ['accruedInterest', 'zinsen', 'interestDue'],
      least: 5,
      value(random) {
        const units = minorUnits(random, 200, 900_000);
        return shown(json(germanAmount(units)), decimal(units, 2), decimal(units - 1, 2));
      },
    },
    {
      name: 'u_interest_plain_decimal',
      why: 'The same amount of interest, without points between thousands and with a decimal point.',
    },
    {
      name: 'u_interest_penny_cut',
      critical: true,
      why: 'Some amounts of interest are one cent lower than before: the rewrite cuts where legacy rounds.',
    },
  ),
  ...twins(
    {
      fields: ['loanToValue', 'ltv', 'beleihungsquote'],
      clear: true,
      value(random) {
        const percent = random.int(21, 98);
        return shown(decimal(percent, 2), json(`${percent}%`), json(`${decimal(percent, 2)}%`));
      },
    },
    {
      name: 'u_ltv_fraction_as_percent',
      why: 'A fraction of one and its hundredfold with a percent sign are the same share.',
    },
    {
      name: 'u_ltv_fraction_with_percent_sign',
      critical: true,
      why: 'A percent sign was put behind the fraction itself: the loan-to-value is a hundred times too low.',
    },
  ),
  ...twins(
    {
      fields: ['followUpRate', 'fixedRate', 'agreedRate'],
      clear: true,
      least: 3,
      value(random) {
        if (random.chance(0.6)) return { legacy: 'null', right: undefined, wrong: '0.00' };
        const rate = decimal(random.int(80, 690), 2);
        return { legacy: rate, right: rate };
      },
    },
    {
      name: 'u_no_rate_yet_left_out',
      why: 'A rate that is not agreed yet is null in legacy and left out by the rewrite.',
    },
    {
      name: 'u_no_rate_yet_as_zero',
      critical: true,
      why: 'A rate that is not agreed yet (null) became a rate of zero, a loan without interest.',
    },
  ),
];
