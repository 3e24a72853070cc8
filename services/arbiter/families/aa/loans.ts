/** Loans and mortgages: plans, rates, arrears, methods of interest, payment dates. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, decimal } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const money = (units: number) => decimal(units, 2);

const plan = twins(
  {
    fields: ['repaymentSchedule', 'tilgungsplan', 'amortization', 'nextInstalments'],
    least: 8,
    common: (random) => random.pick(['interest/principal', 'zins/tilgung', 'interets/capital']).split('/'),
    value(random, [interestKey = '', principalKey = '']) {
      const rate = random.int(90, 780) / 100 / 1200;
      const months = random.pick([120, 180, 240, 300, 360]);
      let balance = random.int(30, 450) * 100_000;
      const payment = Math.round((balance * rate) / (1 - (1 + rate) ** -months));
      const first = Day.any(random, 2019, 2025);
      const rows = Array.from({ length: random.int(3, 5) }, (_, at) => {
        const interest = Math.round(balance * rate);
        balance -= payment - interest;
        const due = Day.of(first.year, first.month + at, 1).iso;
        return { no: at + 1, due, interest, principal: payment - interest, balance };
      });
      const objects = (swapped: boolean) =>
        rows.map(({ no, due, interest, principal, balance: rest }) => ({
          no,
          due,
          instalment: money(payment),
          [interestKey]: money(swapped ? principal : interest),
          [principalKey]: money(swapped ? interest : principal),
          balance: money(rest),
        }));
      const old = rows.map((row) => [
        String(row.no),
        row.due,
        money(payment),
        money(row.interest),
        money(row.principal),
        money(row.balance),
      ]);
      return shownJson(old, objects(false), objects(true));
    },
  },
  {
    name: 'aa_plan_rows_named',
    why: 'The columns of each instalment got names; the same interest, principal and remaining balance stand in them.',
  },
  {
    name: 'aa_plan_interest_principal_swapped',
    why: 'Interest and principal changed places: the balance no longer falls by what is called principal.',
    critical: true,
  },
);

const eighths = twins(
  {
    fields: ['nominalRate', 'sollzins', 'noteRate', 'margin'],
    least: 8,
    common: (random) => random.pick(['.', ',']),
    value(random, point) {
      const thousandths = random.int(9, 70) * 125; // 1.125 % to 8.75 %, in steps of an eighth
      const legacy = `${decimal(thousandths, 3).replace('.', point)} %`;
      return shownJson(
        legacy,
        { basisPoints: thousandths / 10 },
        { basisPoints: Math.floor(thousandths / 10) },
      );
    },
  },
  {
    name: 'aa_rate_percent_to_basis_points',
    why: 'A hundredth of a percent is a basis point; 3.875 % is 387.5 of them.',
  },
  {
    name: 'aa_rate_half_basis_point_lost',
    why: 'Rates that stand in eighths lose their half basis point: interest is computed too low.',
    critical: true,
  },
);

const arrears = twins(
  {
    fields: ['paymentHistory', 'dpd12', 'conduct', 'arrearsProfile'],
    least: 8,
    value(random) {
      const last = Day.any(random, 2018, 2025);
      const months = Array.from({ length: random.int(6, 12) }, (_, back) =>
        Day.of(last.year, last.month - back, 1),
      );
      const days = months.map(() => (random.chance(0.75) ? 0 : random.pick([30, 60, 90, 120])));
      const key = (month: Day) => month.iso.slice(0, 7);
      const legacy = Object.fromEntries(months.map((month, at) => [key(month), days[at]]).reverse());
      const right = months.map((month, at) => ({ month: key(month), daysPastDue: days[at] }));
      const wrong = months.map((month, at) => ({
        month: `${last.year}-${month.mm}`,
        daysPastDue: days[at],
      }));
      return shownJson(legacy, right, wrong);
    },
  },
  {
    name: 'aa_arrears_map_to_list',
    why: 'Month by month the same days past due; every entry names its month, so the order tells nothing.',
  },
  {
    name: 'aa_arrears_months_of_last_year',
    why: 'Months before the turn of the year are dated into the newest year: arrears stand in months that had not come yet.',
    critical: true,
  },
);

const dayCount = coded(
  ['dayCountBasis', 'interestMethod', 'zinsmethode', 'DayCntBsis'],
  [
    ['A001', '30/360 ISDA (American basic rule)'],
    ['A004', 'Actual/360', 'Actual/365 Fixed'],
    ['A005', 'Actual/365 Fixed'],
    ['A006', 'Actual/Actual ICMA'],
    ['A007', '30E/360 (Eurobond basis)'],
    ['A008', 'Actual/Actual ISDA', 'Actual/Actual ICMA'],
  ],
  {
    name: 'aa_day_count_iso20022_named',
    why: 'The codes of the ISO 20022 list of interest computation methods, spelled out.',
  },
  {
    name: 'aa_day_count_neighbour_taken',
    why: 'A004 (Actual/360) and A008 (ISDA) get the name of a neighbouring method: interest accrues on other days.',
    critical: true,
  },
  8,
);

const rolled = twins(
  {
    fields: ['paymentDates', 'dueDate', 'couponDate', 'roll'],
    least: 14,
    value(random) {
      const month = Day.any(random, 2018, 2027);
      const nominal = random.chance(0.6)
        ? Day.of(month.year, month.month + 1, 0)
        : Day.of(month.year, month.month, random.int(1, 28));
      const onwards = (step: 1 | -1) => {
        let day = nominal;
        while ([0, 6].includes(day.date.getUTCDay())) day = day.plus(step);
        return day;
      };
      const following = onwards(1);
      const adjusted = following.month === nominal.month ? following : onwards(-1);
      const modern = (pay: Day) => ({
        nominal: nominal.iso,
        convention: 'modifiedFollowing',
        payment: pay.iso,
      });
      return shownJson(`${nominal.iso} MODF ${adjusted.iso}`, modern(adjusted), modern(following));
    },
  },
  {
    name: 'aa_roll_modified_following_structured',
    why: 'The same nominal date, convention and business day, only as named members.',
  },
  {
    name: 'aa_roll_crosses_month_end',
    why: 'Modified following must not leave the month; at month ends on a weekend the payment now falls into the next month.',
    critical: true,
  },
);

export const families: readonly Family[] = [...plan, ...eighths, ...arrears, ...dayCount, ...rolled];
