/** Times of day and durations. */
import { twins } from '../kit.ts';
import { json, timeOfDay, two } from '../kit-values.ts';

export const families = [
  ...twins(
    {
      fields: ['TM-POSTED', 'cutOffTime', 'pickupTime', 'admissionTime'],
      value(random) {
        const { h, m, s, text } = timeOfDay(random);
        const legacy = json(`${two(h)}${two(m)}${two(s)}`);
        return h > 12
          ? { legacy, right: json(text), wrong: json(`${two(h - 12)}:${two(m)}:${two(s)}`) }
          : { legacy, right: json(text) };
      },
    },
    {
      name: 'hhmmss_with_colons',
      why: 'The six digits are hours, minutes and seconds of the same time of day.',
    },
    {
      name: 'afternoon_on_a_12_hour_clock',
      critical: true,
      why: 'Afternoon times come out twelve hours early (hh instead of HH), with nothing that says PM.',
    },
  ),
  ...twins(
    {
      fields: ['appointment', 'openFrom', 'slotStart', 'departure'],
      value(random) {
        const { h, m } = timeOfDay(random);
        const hour = random.chance(0.3) ? random.pick([0, 12]) : h;
        const legacy = json(`${two(hour % 12 || 12)}:${two(m)} ${hour < 12 ? 'AM' : 'PM'}`);
        const right = json(`${two(hour)}:${two(m)}`);
        return hour % 12 === 0
          ? { legacy, right, wrong: json(`${two(hour === 0 ? 12 : 24)}:${two(m)}`) }
          : { legacy, right };
      },
    },
    {
      name: 'am_pm_to_24_hours',
      why: 'The same time of day on a 24-hour clock; 12 AM is 00 and 12 PM is 12.',
    },
    {
      name: 'twelve_am_is_noon',
      critical: true,
      why: '12:xx AM became 12:xx and 12:xx PM became 24:xx: twelve hours off around noon and midnight.',
    },
  ),
  ...twins(
    {
      fields: ['callDuration', 'billableTime', 'sessionLength', 'machineTime'],
      value(random) {
        const { h, m, s } = timeOfDay(random);
        const hours = h % 4;
        const minutes = Math.max(m, 1);
        const digits = `${hours}${two(minutes)}${two(s)}`;
        return {
          legacy: json(`${two(hours)}:${two(minutes)}:${two(s)}`),
          right: String((hours * 60 + minutes) * 60 + s),
          wrong: String(Number(digits)),
        };
      },
    },
    {
      name: 'clock_duration_to_seconds',
      why: 'Hours, minutes and seconds add up to exactly the seconds of the rewrite.',
    },
    {
      name: 'clock_duration_digits_joined',
      critical: true,
      why: 'The digits were joined without the colons: 00:02:05 became 205 instead of 125 seconds.',
    },
  ),
  ...twins(
    {
      fields: ['timeout', 'parkingTime', 'procedureTime', 'leadTime'],
      value(random) {
        const minutes = random.int(61, 900);
        const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
        return {
          legacy: json(`PT${minutes}M`),
          right: json(`PT${hours}H${rest === 0 ? '' : `${rest}M`}`),
          wrong: json(`PT${minutes}S`),
        };
      },
    },
    { name: 'minutes_as_hours_and_minutes', why: 'ISO 8601 durations of equal length, one in minutes only.' },
    {
      name: 'minutes_become_seconds',
      critical: true,
      why: 'The number stayed and the unit changed from minutes to seconds.',
    },
  ),
];
