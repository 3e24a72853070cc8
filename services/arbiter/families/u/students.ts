/** Students of a university, PHP and Access to TypeScript. */
import { twins } from '../kit.ts';
import { Day, json, surnames, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const courses = ['CS101', 'MA210', 'PH115', 'EC301', 'LAW12', 'BIO07', 'HIS220', 'ART9'] as const;
const php = (texts: readonly string[]) =>
  `a:${texts.length}:{${texts.map((text, at) => `i:${at};s:${text.length}:"${text}";`).join('')}}`;

export const families = [
  ...twins(
    {
      fields: ['feesPaid', 'enrolled', 'cardValid'],
      clear: true,
      least: 4,
      value(random) {
        return random.chance(0.6) ? shownJson(-1, true, false) : { legacy: '0', right: 'false' };
      },
    },
    {
      name: 'u_access_yes_is_minus_one',
      why: 'Access stores Yes as -1 and No as 0; both became the JSON truth they mean.',
    },
    {
      name: 'u_access_yes_read_as_no',
      critical: true,
      why: 'Access stores Yes as -1; the rewrite takes only 1 for true, so those who paid are locked out.',
    },
  ),
  ...twins(
    {
      fields: ['dateOfBirth', 'birthDate', 'geburtsdatum'],
      clear: true,
      least: 2,
      value(random) {
        const day = Day.any(random, 1965, 2006);
        return shown(String(day.epochDay + 25_569), json(day.iso), json(day.plus(2).iso));
      },
    },
    {
      name: 'u_birth_day_access_serial',
      why: 'Access counts days since 1899-12-30; the rewrite writes the same day as a date.',
    },
    {
      name: 'u_birth_day_access_epoch_off',
      critical: true,
      why: 'The days were counted from 1900-01-01 instead of 1899-12-30: births are two days late.',
    },
  ),
  ...twins(
    {
      fields: ['lastName', 'studentName', 'surname'],
      least: 3,
      value(random) {
        if (random.chance(0.4)) {
          const name = random.pick(surnames);
          return { legacy: json(name), right: json(name) };
        }
        const [start, end] = random.pick([
          ['O', 'Neill'],
          ['O', 'Brien'],
          ['D', 'Angelo'],
          ['L', 'Estrange'],
          ['O', 'Connor'],
        ] as const);
        return shownJson(`${start}\\'${end}`, `${start}'${end}`, start);
      },
    },
    {
      name: 'u_name_without_slashes',
      why: "PHP's addslashes put a backslash before the apostrophe; the rewrite shows the name itself.",
    },
    {
      name: 'u_name_cut_at_apostrophe',
      critical: true,
      why: 'Names end at their apostrophe: of O’Neill only the O is left.',
    },
  ),
  ...twins(
    {
      fields: ['roles', 'groups', 'portalRoles'],
      value(random) {
        const roles = random
          .shuffled(['student', 'tutor', 'examiner', 'librarian', 'dean'])
          .slice(0, random.int(1, 3));
        return shownJson(php(roles), roles, [...roles, 'admin']);
      },
    },
    {
      name: 'u_php_serialised_roles',
      why: "PHP's serialised array and the JSON list hold the same roles in the same order.",
    },
    {
      name: 'u_php_roles_gain_admin',
      critical: true,
      why: 'The rewrite lists the role admin, which the serialised array does not hold.',
    },
  ),
  ...twins(
    {
      fields: ['choices', 'rankedProgrammes', 'admissionWishes'],
      clear: true,
      value(random) {
        const wishes = random
          .shuffled(['Law', 'History', 'Medicine', 'Physics', 'Nursing', 'Economics'])
          .slice(0, 3);
        const legacy = { rank1: wishes[0], rank2: wishes[1], rank3: wishes[2] };
        return shownJson(legacy, wishes, wishes.toSorted());
      },
    },
    { name: 'u_ranked_wishes_listed', why: 'The wishes of ranks 1, 2 and 3 stand in a list in that order.' },
    {
      name: 'u_ranked_wishes_alphabetical',
      critical: true,
      why: 'The wishes were sorted by their names: applicants are admitted to what they wanted least.',
    },
  ),
  ...twins(
    {
      fields: ['academicYear', 'studyYear', 'session'],
      least: 4,
      value(random) {
        const year = random.chance(0.3) ? 1999 : random.int(1994, 2012);
        const next = two((year + 1) % 100);
        return shownJson(
          `${year}/${next}`,
          `${year}-${year + 1}`,
          `${year}-${String(year).slice(0, 2)}${next}`,
        );
      },
    },
    {
      name: 'u_academic_year_in_full',
      why: 'The second year of the academic year, in four digits instead of two.',
    },
    {
      name: 'u_academic_year_old_century',
      critical: false,
      why: 'The century of the first year was put before the second: 1999/00 became 1999-1900.',
    },
  ),
  ...twins(
    {
      fields: ['enrolledIn', 'courses', 'modules'],
      value(random) {
        const taken = random.shuffled(courses).slice(0, random.int(2, 5));
        const lost = random.int(0, taken.length - 1);
        return shownJson(
          php(taken),
          taken,
          taken.filter((_, at) => at !== lost),
        );
      },
    },
    {
      name: 'u_php_serialised_courses',
      why: "PHP's serialised array and the JSON list hold the same courses in the same order.",
    },
    {
      name: 'u_php_course_lost',
      critical: true,
      why: 'One of the courses of the serialised array is missing, so a student is not admitted to an exam.',
    },
  ),
];
