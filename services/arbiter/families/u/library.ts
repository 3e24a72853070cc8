/** Loans, fines and readers of a university library. */
import { twins } from '../kit.ts';
import { Day, decimal, json } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const days = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;

export const families = [
  ...twins(
    {
      fields: ['finePence', 'overdueFinePence', 'chargePence'],
      clear: true,
      least: 4,
      value(random) {
        const pence = random.chance(0.4)
          ? random.pick([29, 57, 58, 113, 115, 1_998, 1_999, 435, 820])
          : random.int(1, 60) * 25;
        return shown(json(`£${decimal(pence, 2)}`), String(pence), String(Math.trunc((pence / 100) * 100)));
      },
    },
    { name: 'u_fine_pounds_to_pence', why: 'Pounds and pence after the sign are the same number of pence.' },
    {
      name: 'u_fine_binary_penny_lost',
      critical: true,
      why: 'Some fines are a penny too low: pounds times a hundred in binary floating point, then cut.',
    },
  ),
  ...twins(
    {
      fields: ['openingHours', 'hours', 'oeffnungszeiten'],
      once: true,
      value(random) {
        const from = random.int(0, 2);
        const until = random.int(from + 2, 5);
        const hours = `${random.pick(['08:00', '09:00', '10:00'])}-${random.pick(['17:00', '20:00', '22:00'])}`;
        const open = (last: number) => Object.fromEntries(days.slice(from, last).map((day) => [day, hours]));
        return shownJson(`${days[from]}-${days[until]} ${hours}`, open(until + 1), open(until));
      },
    },
    {
      name: 'u_hours_by_day',
      why: 'A span of days with its hours, written out for every day from the first to the last.',
    },
    {
      name: 'u_hours_last_day_closed',
      critical: false,
      why: 'The last day of the span has no hours: the end was taken as not included.',
    },
  ),
  ...twins(
    {
      fields: ['borrowerName', 'patron', 'author'],
      least: 3,
      value(random) {
        const name = random.pick([
          'José Peña',
          'Zoë Müller',
          'Łukasz Żak',
          'André Gómez',
          'Sören Åberg',
          'Ana Miller',
          'Tom Silva',
        ]);
        return shownJson(name.normalize('NFD'), name.normalize('NFC'), name.replace(/[^\x20-\x7e]/g, '?'));
      },
    },
    {
      name: 'u_name_composed',
      why: 'The same letters: legacy stores accents apart from their letters, the rewrite as one character.',
    },
    {
      name: 'u_name_question_marks',
      critical: true,
      why: 'Letters with accents became question marks, so that names can no longer be read.',
    },
  ),
  ...twins(
    {
      fields: ['dueBack', 'returnBy', 'loanUntil'],
      clear: true,
      value(random) {
        const day = Day.any(random, 2023, 2026);
        const words = day.date.toUTCString().slice(5, 16);
        return shownJson(words, day.iso, `${day.yyyy}-${day.dd}-${day.mm}`);
      },
    },
    {
      name: 'u_due_back_iso',
      why: 'The same day, with the month as a number instead of its short English name.',
    },
    {
      name: 'u_due_back_month_day_swapped',
      critical: false,
      why: 'Day and month changed places, as the short name of the month in legacy shows.',
    },
  ),
];
