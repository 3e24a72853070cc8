/** Courses, exams and grades of a university. */
import { coded } from '../code-table.ts';
import { twins } from '../kit.ts';
import { decimal, givenNames, json, surnames, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

export const families = [
  ...twins(
    {
      fields: ['answers', 'examAnswers', 'responses'],
      value(random) {
        const answers = Array.from({ length: random.int(11, 15) }, () => random.pick(['A', 'B', 'C', 'D']));
        const keys = answers.map((_, at) => String(at + 1));
        const legacy = json(Object.fromEntries(keys.map((key, at) => [key, answers[at]])));
        const byText = keys.toSorted().map((key) => answers[Number(key) - 1]);
        return shown(legacy, json(answers), json(byText));
      },
    },
    {
      name: 'u_answers_by_number_to_list',
      why: 'The answers of questions 1, 2, 3 and on, in a list in the order of their numbers.',
    },
    {
      name: 'u_answers_sorted_by_text',
      critical: false,
      why: 'The numbers were sorted as text (1, 10, 11, 2), so answers belong to other questions.',
    },
  ),
  ...coded(
    ['gradePoints', 'gpaValue', 'points'],
    [
      ['A', '4.0'],
      ['A-', '3.7', '4.0'],
      ['B+', '3.3', '3.0'],
      ['B', '3.0'],
      ['B-', '2.7', '3.0'],
      ['C+', '2.3', '2.0'],
      ['C', '2.0'],
      ['F', '0.0'],
    ],
    {
      name: 'u_letter_grade_points',
      why: 'Each letter grade became the points that the usual scale gives it.',
    },
    {
      name: 'u_grade_sign_ignored',
      critical: false,
      why: 'Plus and minus behind the letter are ignored, so that B+ and B- have the points of B.',
    },
    8,
  ),
  ...twins(
    {
      fields: ['ects', 'credits', 'creditPoints'],
      least: 3,
      value(random) {
        const tenths = random.pick([25, 50, 75, 125, 150, 30, 60, 100]);
        const both = { legacy: json(decimal(tenths, 1).replace('.', ',')), right: decimal(tenths, 1) };
        return tenths % 10 === 0 ? both : { ...both, wrong: String(Math.floor(tenths / 10)) };
      },
    },
    {
      name: 'u_credits_decimal_point',
      why: 'The same credits as a number with a point instead of a text with a comma.',
    },
    {
      name: 'u_half_credits_cut',
      critical: false,
      why: 'Half credits are gone: 7,5 became 7, as a whole number was read up to the comma.',
    },
  ),
  ...twins(
    {
      fields: ['examPeriod', 'examTime', 'slot'],
      value(random) {
        const from = random.int(8, 11);
        const [minutes, noon] = [random.pick(['00', '15', '30']), random.pick(['00', '30', '45'])];
        const slot = (end: string) => ({ start: `${two(from)}:${minutes}`, end: `${end}:${noon}` });
        return shownJson(`${from}:${minutes} AM - 12:${noon} PM`, slot('12'), slot('00'));
      },
    },
    { name: 'u_exam_until_noon', why: 'The same times of day on the clock of 24 hours; 12 PM is noon.' },
    {
      name: 'u_exam_noon_as_midnight',
      critical: false,
      why: '12 PM became 00 hours: exams end before they begin.',
    },
  ),
  ...twins(
    {
      fields: ['supervisor', 'examiner', 'lecturer'],
      value(random) {
        const [given, family] = [random.pick(givenNames), random.pick(surnames)];
        const title = random.pick(['Prof. Dr.', 'Dr.', 'Prof.']);
        return shownJson(
          `${family}, ${given}, ${title}`,
          { title, given, family },
          { title, given: family, family: given },
        );
      },
    },
    {
      name: 'u_lecturer_name_parts',
      why: 'Surname, given name and title of one text, each under its own name.',
    },
    {
      name: 'u_lecturer_names_swapped',
      critical: true,
      why: 'The surname before the comma became the given name and the given name the surname.',
    },
  ),
];
