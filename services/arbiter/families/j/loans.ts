/** Loans: rates, terms, schedules, maturity, collateral. */
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, list, minorUnits, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const lastDay = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['interestRate', 'nominalRate', 'ZINSSATZ'],
      value(random) {
        const rate = random.int(900, 8_900);
        return shown(decimal(rate * 100, 5), String(rate / 1000), String(Math.floor(rate / 10) / 100));
      },
    },
    { name: 'j-loan-rate-zeros', why: 'Only closing zeros of the rate are gone.' },
    { name: 'j-loan-rate-two-places', critical: true, why: 'The third decimal of the rate is cut off.' },
  ),
  ...twins(
    {
      fields: ['schedule', 'instalments', 'dueDates'],
      value(random) {
        const [year, start] = [random.int(2023, 2026), random.int(1, 5)];
        const months = Array.from({ length: random.int(4, 7) }, (_, at) => start + at);
        const day = random.pick([29, 30, 31]);
        const iso = (month: number, dd: number) => `${year}-${two(month)}-${two(dd)}`;
        const exact = months.map((month) => iso(month, Math.min(day, lastDay(year, month))));
        let carried: number = day;
        const drifted = months.map((month) => {
          carried = Math.min(carried, lastDay(year, month));
          return iso(month, carried);
        });
        const timed = (days: readonly string[]) => list(days.map((text) => json(`${text}T00:00:00`)));
        return shown(list(exact.map(json)), timed(exact), timed(drifted));
      },
    },
    { name: 'j-loan-schedule-midnights', why: 'The same due days with a time of midnight.' },
    {
      name: 'j-loan-schedule-drifts-after-short-month',
      critical: true,
      why: 'After a short month later instalments fall due on an earlier day than in legacy.',
    },
  ),
  ...twins(
    {
      fields: ['outstanding', 'principal', 'RESTSCHULD'],
      value(random) {
        const units = minorUnits(random, 100_000, 90_000_000);
        return shown(
          json(decimal(units, 2).padStart(12, '0')),
          decimal(units, 2),
          decimal(units % 10_000_000, 2),
        );
      },
    },
    { name: 'j-loan-outstanding-unpadded', why: 'Leading zeros of the fixed-width figure are gone.' },
    {
      name: 'j-loan-outstanding-high-digits-lost',
      critical: true,
      why: 'From a hundred thousand on the leading digit is lost.',
    },
  ),
  ...twins(
    {
      fields: ['accrued', 'interestDue', 'periodInterest'],
      least: 4,
      value(random) {
        const units = minorUnits(random, 2_000, 900_000);
        return shown(
          decimal(units, 2),
          json(decimal(units, 2)),
          json(decimal(Math.round((units * 360) / 365), 2)),
        );
      },
    },
    { name: 'j-loan-interest-as-text', why: 'The same interest with quotes around it.' },
    {
      name: 'j-loan-interest-other-year',
      critical: true,
      why: 'Interest is lower by 360/365: another day count convention.',
    },
  ),
  ...twins(
    {
      fields: ['termMonths', 'remainingTerm', 'LAUFZEIT'],
      value(random) {
        const months = random.int(3, 360);
        return shown(json(String(months).padStart(3, '0')), String(months), String(months - 1));
      },
    },
    { name: 'j-loan-term-number', why: 'The same number of months without leading zeros.' },
    { name: 'j-loan-term-one-short', critical: false, why: 'The term is a month shorter than in legacy.' },
  ),
  ...twins(
    {
      fields: ['inArrears', 'overdue', 'blocked'],
      least: 3,
      clear: true,
      value: (random) =>
        random.chance(0.7)
          ? { legacy: '0', right: 'false', wrong: 'true' }
          : { legacy: '1', right: 'true', wrong: 'false' },
    },
    { name: 'j-loan-arrears-boolean', why: '0 and 1 became false and true.' },
    {
      name: 'j-loan-arrears-inverted',
      critical: true,
      why: 'Customers who pay are in arrears and the reverse.',
    },
  ),
  ...twins(
    {
      fields: ['maturity', 'endDate', 'FAELLIG'],
      clear: true,
      value(random) {
        const day = Day.any(random, 2026, 2055);
        const yy = day.yyyy.slice(2);
        const wrong = Number(yy) >= 30 ? `19${yy}-${day.mm}-${day.dd}` : day.iso;
        return shown(json(`${day.dd}.${day.mm}.${yy}`), json(day.iso), json(wrong));
      },
    },
    {
      name: 'j-loan-maturity-century',
      why: 'A maturity with two digits of the year belongs to this century.',
    },
    {
      name: 'j-loan-maturity-last-century',
      critical: true,
      why: 'Loans run out in the last century, decades before the rewrite.',
    },
  ),
  ...twins(
    {
      fields: ['earlyRepaymentFee', 'penalty', 'fee'],
      least: 4,
      value(random) {
        if (random.chance(0.5)) return { legacy: '""', right: 'null' };
        const text = decimal(minorUnits(random, 5_000, 300_000), 2);
        return { legacy: json(text), right: text, wrong: 'null' };
      },
    },
    { name: 'j-loan-no-fee-null', why: 'An empty text and null both say that there is no fee.' },
    { name: 'j-loan-fee-lost', critical: true, why: 'A fee that legacy charges is null in the rewrite.' },
  ),
  ...twins(
    {
      fields: ['collateral', 'security'],
      value(random) {
        const mortgage = object({ type: '"MORTGAGE"', value: String(random.int(80, 900) * 1000), rank: '1' });
        if (random.chance(0.5)) return { legacy: '{}', right: 'null' };
        return { legacy: mortgage, right: mortgage, wrong: 'null' };
      },
      least: 5,
    },
    { name: 'j-loan-no-collateral-null', why: 'An empty object and null both say that nothing is pledged.' },
    { name: 'j-loan-collateral-lost', critical: true, why: 'A pledged mortgage is missing in the rewrite.' },
  ),
  ...twins(
    {
      fields: ['instalment', 'monthlyRate', 'payment'],
      value(random) {
        const units = minorUnits(random, 4_000, 400_000);
        return shown(decimal(units, 2), decimal(units * 100, 4), decimal((units + 1) * 100, 4));
      },
      least: 3,
    },
    { name: 'j-loan-instalment-four-places', why: 'Two closing zeros more, the same instalment.' },
    {
      name: 'j-loan-instalment-cent-high',
      critical: true,
      why: 'The instalment is a cent higher than in legacy: rounded up.',
    },
  ),
];
