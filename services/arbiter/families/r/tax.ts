/** A tax office: classes, assessments, deadlines, identities of taxpayers. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { cities, Day, decimal, json, minorUnits, object, streets, surnames, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const german = (day: Day): string => `${day.dd}.${day.mm}.${day.yyyy}`;

export const families: readonly Family[] = [
  ...coded(
    ['taxClass', 'wageTaxClass', 'class'],
    [
      ['I', '1'],
      ['II', '2'],
      ['III', '3'],
      ['IV', '4', '6'],
      ['V', '5'],
      ['VI', '6', '4'],
    ],
    { name: 'r_roman_class_to_digit', why: 'The Roman numeral and the digit are the same tax class.' },
    {
      name: 'r_roman_four_and_six_confused',
      critical: true,
      why: 'IV is four and VI six; the rewrite exchanges them, so another wage tax is withheld.',
    },
  ),
  ...twins(
    {
      fields: ['assessmentResult', 'balanceDue', 'settlement'],
      least: 6,
      value: (random) => {
        const units = minorUnits(random, 500);
        const refund = random.chance(0.5);
        const legacy = object({
          amount: json(decimal(units, 2)),
          result: json(refund ? 'REFUND' : 'PAYABLE'),
        });
        return shown(legacy, decimal(refund ? -units : units, 2), decimal(units, 2));
      },
    },
    {
      name: 'r_refund_as_negative',
      why: 'Payable amounts are positive and refunds negative throughout: the sign replaces the word.',
    },
    {
      name: 'r_refund_demanded_from_taxpayer',
      critical: true,
      why: 'Refunds are answered with the sign of payable amounts, so money is demanded that should be paid out.',
    },
  ),
  ...twins(
    {
      fields: ['nationalNumber', 'taxpayerId', 'identificationNumber'],
      value: (random) => {
        const born = random.chance(0.4) ? Day.any(random, 2000, 2009) : Day.any(random, 1950, 1999);
        const base = `${born.yyyy.slice(2)}${born.mm}${born.dd}${random.digits(3)}`;
        const check = 97n - (BigInt(born.year >= 2000 ? `2${base}` : base) % 97n);
        const plain = `${base}${two(Number(check))}`;
        const shaped = plain.replace(/^(..)(..)(..)(...)(..)$/, '$1.$2.$3-$4.$5');
        return shownJson(shaped, plain, plain.replace(/^0+/, ''));
      },
    },
    {
      name: 'r_national_number_without_marks',
      why: 'The same eleven digits of the person’s number, without the points and the dash of its printed form.',
    },
    {
      name: 'r_national_number_of_ten_digits',
      critical: true,
      why: 'Numbers of people born from 2000 to 2009 lose their leading zeros, so they are no number of that person any more.',
    },
  ),
  ...twins(
    {
      fields: ['taxYear', 'fiscalYear', 'assessmentPeriod'],
      clear: true,
      value: (random) => {
        const year = random.int(2012, 2025);
        const label = (from: number) => `${from}-${from + 1}`;
        return shownJson(`${year}/${two((year + 1) % 100)}`, label(year), label(year + 1));
      },
    },
    {
      name: 'r_tax_year_spelled_out',
      why: '2024/25 and 2024-2025 are the same tax year, which spans two calendar years.',
    },
    {
      name: 'r_tax_year_one_later',
      critical: true,
      why: 'The rewrite answers the tax year after the one that legacy names.',
    },
  ),
  ...twins(
    {
      fields: ['objectionDeadline', 'appealBy', 'dueDate'],
      value: (random) => {
        const notice = Day.any(random, 2023, 2026);
        const last = new Day(Date.UTC(notice.year, notice.month + 1, 0));
        const month = Day.of(last.year, last.month, Math.min(notice.day, last.day));
        const write = (form: (day: Day) => string, until: Day) =>
          object({ noticed: json(form(notice)), deadline: json(form(until)) });
        const iso = (day: Day) => day.iso;
        return shown(
          write(german, month),
          write(iso, month),
          write(iso, notice.plus(30).iso === month.iso ? month : notice.plus(30)),
        );
      },
    },
    {
      name: 'r_deadline_dates_iso',
      why: 'The day of the notice and the deadline a month later are the same two days in both.',
    },
    {
      name: 'r_month_counted_as_thirty_days',
      critical: true,
      why: 'The deadline is thirty days instead of one month after the notice, so it falls on another day than in legacy.',
    },
  ),
  ...twins(
    {
      once: true,
      fields: ['addressLines', 'postalAddress', 'recipient'],
      value: (random) => {
        const lines = [
          `c/o ${random.pick(surnames)} ${random.pick(['& Partners', 'Tax Advisers', 'Executors'])}`,
          `${random.pick(streets)} ${random.int(10, 240)}`,
          `${random.digits(5)} ${random.pick(cities)}`,
        ];
        return shownJson(
          [...lines.map((line) => line.padEnd(32)), ' '.repeat(32)],
          lines,
          lines.map((line) => line.slice(0, 14)),
        );
      },
    },
    {
      name: 'r_address_lines_trimmed',
      why: 'The padding of the fixed lines and the empty fourth line are left off; the address is the same.',
    },
    {
      name: 'r_address_lines_cut',
      critical: false,
      why: 'Lines of the address are cut after 14 characters, so that names or house numbers are lost.',
    },
  ),
  ...twins(
    {
      fields: ['allowances', 'deductions', 'reliefs'],
      clear: true,
      value: (random) => {
        const codes = random.shuffled(['CHILD', 'COMMUTE', 'HOMEOFFICE', 'DONATION', 'CARE', 'DISABILITY']);
        const entries = codes
          .slice(0, random.int(2, 5))
          .map((code) => ({ code, units: minorUnits(random, 2_000, 900_000) }));
        const legacy = entries.map(({ code, units }) => `${code}=${decimal(units, 2)}`).join(';');
        const write = (rows: typeof entries) =>
          object(Object.fromEntries(rows.map(({ code, units }) => [code, decimal(units, 2)])));
        const swapped = entries.map(({ code }, at) => ({ code, units: entries.at(at - 1)?.units ?? 0 }));
        return shown(json(legacy), write(entries), write(swapped));
      },
    },
    {
      name: 'r_allowances_as_object',
      why: 'Every allowance has the same amount, as a member of an object instead of a part of a text.',
    },
    {
      name: 'r_allowances_in_wrong_rows',
      critical: true,
      why: 'The amounts are those of legacy but stand under the neighbouring allowance.',
    },
  ),
];
