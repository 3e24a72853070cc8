import { type Family, twins } from '../kit.ts';
import { Day, json, timeOfDay, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['appointmentTime', 'startTime', 'slot'],
      value(random) {
        const [h, m] = [random.int(8, 17), random.pick([0, 15, 30, 45])];
        return shown(
          json(`${two(h)}:${two(m)}`),
          json(`${two(h)}:${two(m)}:00`),
          json(`${two(h - 1)}:${two(m)}:00`),
        );
      },
    },
    { name: 'j-booking-time-with-seconds', why: 'The same time with seconds of zero.' },
    {
      name: 'j-booking-time-hour-early',
      critical: false,
      why: 'The appointment is an hour before that of legacy.',
    },
  ),
  ...twins(
    {
      fields: ['startsAt', 'appointment', 'from'],
      least: 4,
      value(random) {
        const month = random.pick([1, 2, 4, 5, 6, 7, 8, 9, 11, 12]);
        const day = Day.of(random.int(2024, 2025), month, random.int(1, 28));
        const summer = month >= 4 && month <= 9;
        const [h, m] = [random.int(8, 17), random.pick([0, 30])];
        const zulu = (offset: number) => json(`${day.iso}T${two(h - offset)}:${two(m)}:00Z`);
        const local = json(`${day.iso}T${two(h)}:${two(m)}:00+0${summer ? 2 : 1}:00`);
        return shown(local, zulu(summer ? 2 : 1), zulu(1));
      },
    },
    { name: 'j-booking-start-zulu', why: 'The same moment in UTC, with summer time respected.' },
    { name: 'j-booking-start-no-summer-time', critical: false, why: 'In summer the moment is an hour late.' },
  ),
  ...twins(
    {
      fields: ['postedAt', 'bookedAt', 'BUCHZEIT'],
      value(random) {
        const day = Day.any(random, 2022, 2025).iso;
        const { text } = timeOfDay(random);
        return shown(json(`${day} ${text}`), json(`${day}T${text}`), json(`${day}T${text.slice(0, 5)}:00`));
      },
      least: 4,
    },
    { name: 'j-booking-posted-t', why: 'A T stands between the same day and time.' },
    { name: 'j-booking-posted-no-seconds', critical: false, why: 'Seconds were cut to zero.' },
  ),
];
