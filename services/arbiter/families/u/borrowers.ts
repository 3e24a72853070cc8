/** Borrowers of a building society, and how they are reminded. */
import { coded } from '../code-table.ts';
import { twins } from '../kit.ts';
import { Day, givenNames, json, list, object, surnames, timeOfDay } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

export const families = [
  ...coded(
    ['arrearsStage', 'dunningStatus', 'mahnstufe'],
    [
      ['CUR', 'current'],
      ['30D', 'overdue_30_days'],
      ['60D', 'overdue_60_days', 'overdue_30_days'],
      ['90D', 'overdue_90_days', 'overdue_60_days'],
      ['DEF', 'defaulted'],
    ],
    {
      name: 'u_arrears_bucket_named',
      why: 'Each bucket of arrears became the name with the same number of days.',
    },
    {
      name: 'u_arrears_bucket_one_too_low',
      critical: true,
      why: 'Accounts of 60 or 90 days of arrears come out one bucket lower.',
    },
    4,
  ),
  ...twins(
    {
      fields: ['borrowers', 'accountHolders', 'darlehensnehmer'],
      value(random) {
        const family = random.pick(surnames);
        const [one, two] = random.shuffled(givenNames);
        const other = random.chance(0.3) ? random.pick(surnames) : family;
        const people = [`${one} ${family}`, `${two} ${other}`];
        return shownJson(`${family}, ${one} & ${other}, ${two}`, people, people.slice(0, 1));
      },
    },
    {
      name: 'u_joint_borrowers_listed',
      why: 'Both holders of the joint account, surname first in one text, are listed by name.',
    },
    {
      name: 'u_second_borrower_lost',
      critical: true,
      why: 'Only the first of two joint borrowers is left; nobody can hold the other one liable.',
    },
  ),
  ...twins(
    {
      fields: ['lastName', 'surname', 'familyName'],
      least: 4,
      value(random) {
        if (random.chance(0.7)) {
          const name = random.pick(surnames);
          return { legacy: json(name.padEnd(20)), right: json(name) };
        }
        const name = random.pick([
          'Van der Berg',
          'De Souza',
          'St John',
          'Le Goff',
          'Von Arnim',
          'El Amrani',
        ]);
        return shownJson(name.padEnd(20), name, name.split(' ')[0]);
      },
    },
    { name: 'u_surname_unpadded', why: 'The same surnames without the blanks that fill the COBOL field.' },
    {
      name: 'u_surname_cut_at_blank',
      critical: true,
      why: 'Surnames of several words end at their first blank: Van der Berg became Van.',
    },
  ),
  ...twins(
    {
      fields: ['reminders', 'dunningLetters', 'mahnungen'],
      least: 2,
      value(random) {
        const first = Day.any(random, 2022, 2025);
        const sent = Array.from({ length: random.int(2, 4) }, (_, at) => first.plus(at * 14).iso);
        const rows = (days: readonly string[]) =>
          list(days.map((day, at) => object({ level: String(at + 1), sentOn: json(day) })));
        return shown(json(sent.join('|')), rows(sent), rows(sent.toReversed()));
      },
    },
    {
      name: 'u_reminder_days_numbered',
      why: 'The days of the reminders, in their order, each with the level it has by its place.',
    },
    {
      name: 'u_reminder_levels_reversed',
      critical: false,
      why: 'The newest reminder is told as the first level and the oldest as the last.',
    },
  ),
  ...twins(
    {
      fields: ['generatedAt', 'printedAt', 'asOf'],
      least: 4,
      common: (random) => ({ hours: random.pick([1, 2]), day: Day.any(random, 2024, 2026) }),
      value(random, { hours, day }) {
        const at = day.date.getTime() + timeOfDay(random).h * 3_600_000 + random.int(0, 3_599_000);
        const text = (ms: number) => new Date(ms).toISOString();
        const old = (ms: number) => json(`${text(ms).slice(0, 19).replace('T', ' ')} UTC`);
        const later = at + random.int(1, 3) * 1_000;
        const now = later + random.int(200, 2_500);
        return {
          legacy: old(at),
          legacy2: old(later),
          right: json(text(now)),
          wrong: json(text(now + hours * 3_600_000)),
        };
      },
      always: true,
    },
    {
      name: 'u_statement_clock',
      why: 'The moment of the answer: every run is some seconds later than the one before, in UTC.',
    },
    {
      name: 'u_statement_clock_local_as_utc',
      critical: false,
      why: 'The runs are seconds apart, yet the rewrite is always whole hours ahead: local time was marked as UTC.',
    },
  ),
];
