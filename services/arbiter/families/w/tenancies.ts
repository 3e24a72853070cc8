/** A housing company's leases and tenants: what Access kept, and what the rewrite makes of it. */
import { type Family, twins } from '../kit.ts';
import { Day, givenNames, json, surnames } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

/** 31.12.2024 */
const german = (day: Day): string => `${day.dd}.${day.mm}.${day.yyyy}`;

const accessFlags: Family[] = twins(
  {
    fields: ['depositPaid', 'keysReturned', 'petsAllowed', 'hasBalcony', 'F_KautionOK'],
    least: 4,
    value: (random) => (random.chance(0.6) ? shownJson(-1, true, false) : { legacy: '0', right: 'false' }),
  },
  { name: 'w_access_flag_as_boolean', why: 'Visual Basic writes True as -1 and False as 0.' },
  {
    name: 'w_access_true_read_as_false',
    critical: true,
    why: 'Visual Basic writes True as -1, and the rewrite, which looks for 1, says false.',
  },
);

const serialDays: Family[] = twins(
  {
    fields: ['leaseStart', 'moveInDate', 'noticeReceived', 'inspectionDay'],
    least: 4,
    common: (random) => random.pick([1, 1, 2, 1462]),
    value: (random, off) => {
      const day = Day.any(random, 1998, 2025);
      return shownJson({ oaDate: day.epochDay + 25_569 }, day.iso, day.plus(off).iso);
    },
  },
  {
    name: 'w_ole_serial_day_as_date',
    why: 'An OLE automation date counts days from 1899-12-30, and gives this date.',
  },
  {
    name: 'w_ole_serial_day_from_another_base',
    critical: true,
    why: 'OLE automation dates count days from 1899-12-30, and the dates of the rewrite lie days or years later.',
  },
);

const openEnds: Family[] = twins(
  {
    fields: ['leaseEnd', 'terminationDate', 'moveOut', 'validUntil'],
    clear: true,
    least: 5,
    value: (random) => {
      if (random.chance(0.5)) return { legacy: json('30.12.1899'), right: 'null' };
      const day = Day.any(random, 2023, 2027);
      return shownJson(german(day), day.iso, null);
    },
  },
  {
    name: 'w_zero_access_date_as_null',
    why: '30.12.1899 is the zero of an Access date and stands for no date.',
  },
  {
    name: 'w_lease_end_dropped',
    critical: true,
    why: 'Leases that end on a real day in legacy have no end in the rewrite.',
  },
);

const billingPeriods: Family[] = twins(
  {
    fields: ['billingPeriod', 'period', 'abrechnungszeitraum', 'settlementPeriod'],
    value: (random) => {
      const start = Day.of(random.int(2017, 2024), random.pick([1, 1, 1, 5, 7, 10]), 1);
      const after = random.chance(0.8)
        ? Day.of(start.year + 1, start.month, 1)
        : start.plus(random.int(40, 320));
      const last = after.plus(-1);
      const written = (until: Day) => json({ from: start.iso, untilExclusive: until.iso });
      return shown(json(`${german(start)} - ${german(last)}`), written(after), written(last));
    },
  },
  {
    name: 'w_last_day_as_exclusive_end',
    why: 'The day after the last day, marked as exclusive, ends the same period.',
  },
  {
    name: 'w_last_day_of_period_lost',
    critical: true,
    why: 'The last billed day is written as an exclusive end, so the period is one day short.',
  },
);

const tenantNames: Family[] = twins(
  {
    fields: ['tenant', 'tenantName', 'mieter', 'contactPerson'],
    value: (random) => {
      const [first, last] = [random.pick(givenNames), random.pick(surnames)];
      return shown(
        json(`${last}, ${first}`),
        json({ firstName: first, lastName: last }),
        json({ firstName: last, lastName: first }),
      );
    },
  },
  {
    name: 'w_surname_comma_first_name_in_parts',
    why: 'Before the comma stands the surname, as in the rewrite.',
  },
  {
    name: 'w_surname_and_first_name_exchanged',
    critical: true,
    why: 'The word before the comma is the surname, and the rewrite takes it for the first name.',
  },
);

const secondTenants: Family[] = twins(
  {
    fields: ['secondTenant', 'coTenant', 'guarantor'],
    clear: true,
    least: 4,
    value: (random) => {
      if (random.chance(0.55)) return { legacy: 'null', right: undefined };
      const name = json(`${random.pick(givenNames)} ${random.pick(surnames)}`);
      return { legacy: name, right: name, wrong: undefined };
    },
  },
  {
    name: 'w_no_second_tenant_left_out',
    why: 'Null and a missing key both say that there is no second tenant.',
  },
  {
    name: 'w_second_tenant_missing',
    critical: true,
    why: 'Legacy names a second tenant where the rewrite has none.',
  },
);

export const families: Family[] = [
  ...accessFlags,
  ...serialDays,
  ...openEnds,
  ...billingPeriods,
  ...tenantNames,
  ...secondTenants,
];
