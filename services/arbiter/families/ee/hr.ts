/** A hospital group moves its personnel system from Java 6 to Java 21. */
import type { Family } from '../kit.ts';
import { Day, decimal, givenNames, json, list, surnames, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { both, bugOnly, harmlessOnly } from './mirrored.ts';

const employeeRoutes = ['GET /employees/{id}', 'GET /employees', 'PUT /employees/{id}'];

/** The year of the ISO week that a day lies in. */
function weekYear(day: Day): number {
  return day.plus(3 - ((day.date.getUTCDay() + 6) % 7)).year;
}
const weekYears = both(
  {
    fields: ['contractEnd', 'hireDate', 'payDate', 'probationEnds'],
    routes: ['GET /employees/{id}/contract', 'GET /payslips/{id}', 'GET /employees/{id}'],
    always: true,
    alike: true,
    common: (random) => ({ atNewYear: random.pick([0.15, 0.3, 0.5]) }),
    value(random, { atNewYear }) {
      const year = random.int(2008, 2027);
      const day = random.chance(atNewYear)
        ? Day.of(year, 12, 28).plus(random.int(0, 7))
        : Day.any(random, 2008, 2027);
      const of = (label: number) => `${label}-${day.mm}-${day.dd}`;
      return shownJson(`${day.dd}.${day.mm}.${day.yyyy}`, of(day.year), of(weekYear(day)));
    },
  },
  {
    name: 'ee_german_date',
    why: 'The same day in ISO order.',
  },
  {
    name: 'ee_week_year',
    critical: true,
    why: 'Around New Year the year of the week is written instead of the year: such days are a whole year off.',
  },
);

const roleNames = [
  'EMPLOYEE',
  'TEAM_LEAD',
  'PAYROLL_READ',
  'PAYROLL_WRITE',
  'HR_ADMIN',
  'AUDITOR',
  'PLANNER',
];
const roles = both(
  {
    fields: ['roles', 'permissions', 'authorities', 'grantedRoles'],
    clear: true,
    routes: ['GET /employees/{id}/roles', 'POST /login', 'GET /me'],
    common: (random) => ({ more: random.chance(0.5) }),
    value(random, { more }) {
      const chosen = random.shuffled(roleNames).slice(0, random.int(2, 5));
      const kept = more
        ? [...chosen, roleNames.find((role) => !chosen.includes(role))!]
        : chosen.slice(0, -1);
      const text = (names: readonly string[]) => list(names.map((name) => json(name)));
      return shown(text(chosen), text([...chosen].sort()), text([...kept].sort()));
    },
  },
  {
    name: 'ee_roles_sorted',
    why: 'The same set of roles; a hash set gave them in no meaningful order, and the rewrite sorts them.',
  },
  {
    name: 'ee_roles_differ',
    critical: true,
    why: 'Somebody has a role more or fewer than in legacy, so other things are permitted.',
  },
);

const masked = both(
  {
    fields: ['taxId', 'socialSecurityNumber', 'nationalId'],
    routes: ['GET /employees/{id}', 'GET /payslips/{id}'],
    value(random) {
      const [area, group, serial] = [`9${random.digits(2)}`, random.digits(2), random.digits(4)];
      return shownJson(`XXX-XX-${serial}`, `***-**-${serial}`, `${area}-${group}-${serial}`);
    },
    alike: true,
  },
  {
    name: 'ee_mask_character',
    why: 'The hidden digits are masked by another character; the same four digits are shown.',
  },
  {
    name: 'ee_mask_removed',
    critical: true,
    why: 'The whole number is shown where legacy shows its last four digits.',
  },
);

const phones = both(
  {
    fields: ['emergencyContactPhone', 'emergencyPhone', 'nextOfKinPhone'],
    routes: ['GET /employees/{id}', 'GET /employees/{id}/contacts'],
    always: true,
    least: 10,
    common: (random) => ({ odd: random.pick([0.1, 0.2, 0.4]) }),
    value(random, { odd }) {
      const number = `+49 ${random.pick(['30', '421', '40', '171'])} ${random.digits(7)}`;
      if (random.chance(0.3)) return { legacy: json(random.pick(['n/a', '-', 'none'])), right: 'null' };
      const text = random.chance(odd)
        ? random.pick([
            `${number} ext. ${random.int(2, 99)}`,
            `${number} (evenings)`,
            `${number} or 0151 ${random.digits(7)}`,
          ])
        : number;
      return shown(json(text), json(text), text === number ? json(text) : 'null');
    },
  },
  {
    name: 'ee_no_phone_is_null',
    why: 'Placeholders for "no number" become null; every number is there as it was.',
  },
  {
    name: 'ee_odd_phone_is_null',
    critical: true,
    why: 'Numbers with a remark or an extension fail a new check and are dropped: in an emergency nobody can be called.',
  },
);

const shift = both(
  {
    fields: ['shiftStart', 'clockIn', 'appointmentTime'],
    routes: ['GET /rosters/{week}', 'GET /employees/{id}/shifts'],
    always: true,
    alike: true,
    common: (random) => ({ noon: random.pick([0.12, 0.25]) }),
    value(random, { noon }) {
      const hour = random.chance(noon) ? 12 : random.int(0, 23);
      const minutes = two(random.pick([0, 15, 30, 45]));
      const clock = (space: string, half: string) =>
        `${hour % 12 === 0 ? 12 : hour % 12}:${minutes}${space}${half}`;
      return shownJson(
        clock(' ', hour >= 12 ? 'PM' : 'AM'),
        clock('\u202f', hour >= 12 ? 'PM' : 'AM'),
        clock('\u202f', hour > 12 ? 'PM' : 'AM'),
      );
    },
  },
  {
    name: 'ee_cldr_narrow_space',
    why: 'Since JDK 20 a narrow no-break space stands before AM and PM; the time of day is the same.',
  },
  {
    name: 'ee_noon_is_am',
    critical: false,
    why: 'The hour after noon is called AM, which is the hour after midnight.',
  },
);

const doubleSurnames = [
  'Garcia Lopez',
  'Silva Santos',
  'van der Berg',
  'Nguyen Thi',
  'de la Cruz',
  'Haddad Mansour',
];
const names = both(
  {
    fields: ['displayName', 'fullName', 'employeeName'],
    routes: employeeRoutes,
    always: true,
    common: (random) => ({ compound: random.pick([0.1, 0.25, 0.5]) }),
    value(random, { compound }) {
      const given = random.pick(givenNames);
      const surname = random.chance(compound) ? random.pick(doubleSurnames) : random.pick(surnames);
      return shownJson(`${surname}, ${given}`, `${given} ${surname}`, `${given} ${surname.split(' ')[0]}`);
    },
  },
  {
    name: 'ee_given_name_first',
    why: 'The same given name and surname, in the order of everyday use.',
  },
  {
    name: 'ee_second_surname_lost',
    critical: true,
    why: 'Of surnames of several words only the first word is left: another name.',
  },
);

const languages: readonly (readonly [string, string])[] = [
  ['de', 'de'],
  ['en', 'en'],
  ['fr', 'fr'],
  ['pl', 'pl'],
  ['iw', 'he'],
  ['in', 'id'],
];
const language = harmlessOnly(
  {
    fields: ['preferredLanguage', 'locale', 'correspondenceLanguage'],
    routes: employeeRoutes,
    clear: true,
    least: 12,
    common: (random) => ({ rare: random.pick([0.2, 0.4]) }),
    value(random, { rare }) {
      const [legacy, right] = random.pick(random.chance(rare) ? languages.slice(4) : languages.slice(0, 4));
      return { legacy: json(legacy), right: json(right) };
    },
  },
  {
    name: 'ee_jdk_language_codes',
    why: 'Java 17 writes Hebrew and Indonesian with their current codes instead of the withdrawn ones: the same languages.',
  },
);

const leave = bugOnly(
  {
    fields: ['leaveDaysRemaining', 'vacationDaysLeft', 'unusedLeaveDays'],
    clear: true,
    always: true,
    routes: ['GET /employees/{id}/leave', 'GET /payslips/{id}'],
    value(random) {
      const halves = random.int(1, 70);
      const days = decimal(halves * 5, 1);
      return { legacy: days, right: days, wrong: decimal(halves * 40, 1) };
    },
  },
  {
    name: 'ee_leave_in_hours',
    critical: true,
    why: 'Hours of leave are answered where days are asked for: everybody has eight times as many.',
  },
);

export const families: Family[] = [
  ...weekYears,
  ...roles,
  ...masked,
  ...phones,
  ...shift,
  ...names,
  language,
  leave,
];
