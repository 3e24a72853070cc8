/** Families of a carrier's calendar: slots, shifts, weekdays and weeks. */
import { type Family, twins } from '../kit.ts';
import { Day, json, list, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const slot = twins(
  {
    fields: ['timeSlot', 'deliveryWindow', 'appointment'],
    least: 5,
    value(random) {
      const start = random.pick([8, 9, 10, 10, 12, 12, 14, 16, 18]);
      const half = (hour: number, afternoon: boolean) => `${hour % 12 || 12}:00 ${afternoon ? 'PM' : 'AM'}`;
      const right = [start, start + 2].map((hour) => half(hour, hour >= 12)).join(' - ');
      const wrong = [start, start + 2].map((hour) => half(hour, hour > 12)).join(' - ');
      return shown(json(`${two(start)}00-${two(start + 2)}00`), json(right), json(wrong));
    },
  },
  { name: 'slot_twelve_hours', why: 'The same start and end on the twelve-hour clock; noon is 12 PM.' },
  { name: 'slot_noon_midnight', why: 'Noon is answered as 12:00 AM, which is midnight.', critical: false },
);

const shift = twins(
  {
    fields: ['shift', 'nightSlot', 'serviceWindow'],
    once: true,
    value(random) {
      const day = Day.any(random, 2023, 2026);
      const start = random.int(18, 22);
      const late = random.chance(0.6);
      const modern = (end: Day) =>
        object({
          start: json(`${day.iso}T${two(start)}:00`),
          end: json(late ? `${end.iso}T00:00` : `${day.iso}T23:00`),
        });
      return shown(
        object({ DAY: json(day.iso), HOURS: json(`${two(start)}00-${late ? '2400' : '2300'}`) }),
        modern(day.plus(1)),
        modern(day),
      );
    },
  },
  { name: 'end_at_midnight', why: 'Hour 24 of a day is hour 0 of the next day.' },
  {
    name: 'end_before_start',
    why: 'Hour 24 became hour 0 of the same day: the shift ends before it starts.',
    critical: true,
  },
);

const dayNames = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const weekdays = twins(
  {
    fields: ['serviceDays', 'deliveryDays', 'weekdays'],
    least: 2,
    value(random) {
      const set = dayNames.map((_, at) => random.chance(at < 5 ? 0.75 : 0.3));
      if (!set.some(Boolean)) set[random.int(0, 4)] = true;
      const days = (by: number) => list(set.flatMap((on, at) => (on ? [json(dayNames[(at + by) % 7])] : [])));
      return shown(json(set.map((on, at) => (on ? 'MTWTFSS'[at] : '-')).join('')), days(0), days(6));
    },
  },
  {
    name: 'weekday_letters_listed',
    why: 'The same weekdays: a letter at each place of the week, or a dash.',
  },
  {
    name: 'weekday_shifted',
    why: 'Places of the week were counted from Sunday, so every service is a day earlier.',
    critical: false,
  },
);

const isoWeek = twins(
  {
    fields: ['deliveryWeek', 'plannedWeek', 'productionWeek'],
    value(random) {
      const [year, week] = [random.int(2017, 2026), random.int(1, 52)];
      const fourth = Day.of(year, 1, 4);
      const monday = fourth.plus(-((fourth.date.getUTCDay() + 6) % 7) + (week - 1) * 7);
      const first = Day.of(year, 1, 1).plus((week - 1) * 7);
      const modern = (from: Day) => json(`${from.iso}/${from.plus(6).iso}`);
      return shown(json(`${year}-W${two(week)}`), modern(monday), modern(first));
    },
  },
  { name: 'week_as_days', why: 'Monday to Sunday of the same ISO 8601 week.' },
  {
    name: 'week_from_new_year',
    why: 'Weeks were counted from the first of January, not by ISO 8601: other days.',
    critical: false,
  },
);

export const families: readonly Family[] = [...slot, ...shift, ...weekdays, ...isoWeek];
