/** Times of day, fractions of a second and spans. */
import { type Family, twins } from '../kit.ts';
import { Day, json, timeOfDay, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const fraction = twins(
  {
    fields: ['loggedAt', 'receivedAt', 'eventTime'],
    value(random) {
      const day = Day.any(random, 2020, 2026);
      const time = timeOfDay(random);
      const milliseconds = random.chance(0.4) ? random.int(1, 99) : random.int(100, 999);
      const epoch = day.date.getTime() + ((time.h * 60 + time.m) * 60 + time.s) * 1000 + milliseconds;
      const wrong = `${day.iso}T${time.text}.${milliseconds}Z`;
      return shown(String(epoch), json(new Date(epoch).toISOString()), json(wrong));
    },
  },
  { name: 'c_epoch_to_iso', why: 'The ISO writing of the same millisecond.' },
  {
    name: 'c_milliseconds_not_padded',
    critical: false,
    why: 'Milliseconds below 100 lost their leading zeros: 7 ms became 700 ms.',
  },
);

const twelveHours = twins(
  {
    fields: ['appointment', 'pickupTime', 'callbackAt', 'departure'],
    value(random) {
      const day = Day.any(random, 2023, 2026);
      const hour = random.chance(0.4) ? random.pick([0, 12]) : random.int(0, 23);
      const minute = two(random.int(0, 59));
      const clock = `${hour % 12 === 0 ? 12 : hour % 12}:${minute} ${hour < 12 ? 'AM' : 'PM'}`;
      const naive = hour === 0 ? 12 : hour === 12 ? 0 : hour;
      const at = (h: number) => json(`${day.iso}T${two(h)}:${minute}`);
      return shown(json(`${day.iso} ${clock}`), at(hour), at(naive));
    },
  },
  { name: 'c_twelve_hour_clock_read', why: '12:15 AM is 00:15 and 12:15 PM is 12:15.' },
  {
    name: 'c_noon_and_midnight_swapped',
    critical: true,
    why: 'Hours of 12 AM and 12 PM came out twelve hours off.',
  },
);

const hoursAndMinutes = twins(
  {
    fields: ['duration', 'workedTime', 'parkingTime', 'callLength'],
    once: true,
    least: 3,
    value(random) {
      const [hours, minutes] = [random.int(0, 11), random.int(0, 59)];
      return shown(
        json(`${hours}h ${two(minutes)}m`),
        json(`PT${hours * 60 + minutes}M`),
        json(`PT${hours * 100 + minutes}M`),
      );
    },
  },
  { name: 'c_hours_to_minutes', why: 'An hour is sixty minutes: the same span.' },
  {
    name: 'c_hours_of_hundred_minutes',
    critical: true,
    why: 'Hours were counted as a hundred minutes, so spans are too long.',
  },
);

const term = twins(
  {
    fields: ['term', 'warrantyPeriod', 'lockIn', 'noticePeriod'],
    value(random) {
      const [years, months] = [random.int(0, 9), random.int(1, 11)];
      const legacy = years === 0 ? `P${months}M` : `P${years}Y${months}M`;
      return shown(json(legacy), json(`P${years * 12 + months}M`), json(`P${months}M`));
    },
  },
  { name: 'c_years_to_months', why: 'A year is twelve months: the same period.' },
  {
    name: 'c_years_of_period_lost',
    critical: true,
    why: 'Only the months of the period were kept, its years are gone.',
  },
);

export const families: readonly Family[] = [...fraction, ...twelveHours, ...hoursAndMinutes, ...term];
