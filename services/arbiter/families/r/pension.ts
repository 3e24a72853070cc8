/** A pension fund, from Natural and Adabas to C#: memberships, entitlements, payouts. */
import { type Family, twins } from '../kit.ts';
import { Day, givenNames, json, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const shares = ['1/2', '1/4', '3/4', '1/5', '2/5', '3/5', '4/5', '1/8', '3/8', '5/8', '1/1'] as const;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['membershipEnd', 'leavingDate', 'insuredUntil'],
      clear: true,
      least: 3,
      common: (random) => (random.chance(0.5) ? 'null' : undefined),
      value: (random, none) => {
        if (random.chance(0.5)) return { legacy: '"00000000"', right: none, wrong: '"2026-11-23"' };
        const day = Day.any(random, 2005, 2025);
        return { legacy: json(`${day.yyyy}${day.mm}${day.dd}`), right: json(day.iso) };
      },
    },
    {
      name: 'r_membership_without_end',
      why: 'Eight zeros are the empty date of Natural, which the rewrite leaves empty; real dates are the same days.',
    },
    {
      name: 'r_membership_ends_today',
      critical: true,
      why: 'Memberships without an end (eight zeros) end today in the rewrite, so insurance stops.',
    },
  ),
  ...twins(
    {
      fields: ['dependants', 'beneficiaries', 'survivors'],
      value: (random) => {
        const names = random.shuffled(givenNames).slice(0, random.int(2, 5));
        const filled = [...names, ...Array.from({ length: 8 - names.length }, () => '')];
        return shownJson(filled, names, names.slice(0, -1));
      },
    },
    {
      name: 'r_empty_occurrences_dropped',
      why: 'The eight occurrences of the multiple-value field are the same names and empty ones, which the rewrite leaves off.',
    },
    {
      name: 'r_last_dependant_dropped',
      critical: true,
      why: 'With the empty occurrences the last real dependant is dropped too and loses the survivor’s pension.',
    },
  ),
  ...twins(
    {
      fields: ['creditedService', 'insurancePeriod', 'qualifyingPeriod'],
      clear: true,
      value: (random) => {
        const [years, rest] = [random.int(1, 45), random.int(0, 11)];
        const right = `P${years}Y${rest > 0 ? `${rest}M` : ''}`;
        return shownJson(
          `${two(years)} years ${two(rest)} months`,
          right,
          `P${rest >= 6 ? years + 1 : years}Y`,
        );
      },
    },
    {
      name: 'r_service_as_iso_duration',
      why: 'Years and months of service are written as an ISO 8601 duration of the same length.',
    },
    {
      name: 'r_service_rounded_to_years',
      critical: true,
      why: 'Months of service are rounded to whole years, which changes the entitlement.',
    },
  ),
  ...twins(
    {
      fields: ['pensionShare', 'transferShare', 'survivorShare'],
      least: 2,
      value: (random) => {
        const text = random.pick(shares);
        const [over = 1, under = 1] = text.split('/').map(Number);
        return shown(json(text), String(over / under), String(Math.floor(over / under)));
      },
    },
    {
      name: 'r_share_as_decimal',
      why: 'The fraction and the decimal number are the same share, exactly.',
    },
    {
      name: 'r_share_by_integer_division',
      critical: true,
      why: 'Every share below one becomes 0: the rewrite divides whole numbers and drops the fraction.',
    },
  ),
  ...twins(
    {
      fields: ['payoutDate', 'nextPayment', 'paymentDay'],
      value: (random) => {
        const first = Day.of(random.int(2024, 2027), random.int(1, 12), 1);
        const end = new Day(Date.UTC(first.year, first.month, 0));
        const weekday = end.date.getUTCDay();
        const banking = end.plus(weekday === 6 ? -1 : weekday === 0 ? -2 : 0);
        const legacy = `${banking.dd}.${banking.mm}.${banking.yyyy}`;
        return banking.iso === end.iso
          ? { legacy: json(legacy), right: json(end.iso) }
          : shownJson(legacy, banking.iso, end.iso);
      },
    },
    {
      name: 'r_payout_day_iso',
      why: 'The last banking day of the month is the same day in both, written in ISO order by the rewrite.',
    },
    {
      name: 'r_payout_on_a_weekend',
      critical: true,
      why: 'Where the month ends on a weekend the rewrite pays on that day and legacy on the Friday before.',
    },
  ),
];
