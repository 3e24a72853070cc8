/** What customers allowed, and the days that matter to them. */
import { type Family, twins } from '../kit.ts';
import { Day, json, timeOfDay, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const consents: Family[] = twins(
  {
    fields: ['newsletterConsent', 'marketingOptIn', 'trackingAllowed', 'shareData'],
    least: 4,
    value: (random) =>
      random.chance(0.45) ? { legacy: json('1'), right: 'true' } : shown(json('0'), 'false', 'true'),
  },
  { name: 'w_flag_text_as_boolean', why: 'The texts 1 and 0 are how Perl and PHP store yes and no.' },
  {
    name: 'w_zero_text_is_true',
    critical: true,
    why: 'Every text with a character is true in JavaScript, so 0, which is no, became true.',
  },
);

const channels: Family[] = twins(
  {
    fields: ['notifications', 'contactChannels', 'benachrichtigung', 'optIns'],
    value: (random) => {
      const chosen = ['email', 'push', 'sms', 'post'].filter(() => random.chance(0.4));
      const missing = ['sms', 'push'].find((channel) => !chosen.includes(channel));
      const legacy = json(chosen.join(','));
      return missing === undefined
        ? { legacy, right: json(chosen) }
        : shown(legacy, json(chosen), json([...chosen, missing]));
    },
  },
  { name: 'w_chosen_channels_as_list', why: 'The customer chose the same channels, written as a list.' },
  {
    name: 'w_channel_never_chosen',
    critical: true,
    why: 'The list holds a channel to which the customer did not agree.',
  },
);

const cancelled: Family[] = twins(
  {
    fields: ['cancelledAt', 'deletedAt', 'blockedSince', 'stornoAm'],
    clear: true,
    least: 4,
    value: (random) => {
      if (random.chance(0.6)) return shown(json('0000-00-00 00:00:00'), 'null', json('1970-01-01T00:00:00'));
      const [day, time] = [Day.any(random, 2018, 2025), timeOfDay(random).text];
      return { legacy: json(`${day.iso} ${time}`), right: json(`${day.iso}T${time}`) };
    },
  },
  { name: 'w_zero_timestamp_as_null', why: 'A MySQL time of zeros stands for never, as null does.' },
  {
    name: 'w_never_cancelled_became_cancelled',
    critical: true,
    why: 'A MySQL time of zeros stands for never, and the rewrite says that it happened in 1970.',
  },
);

const birthdays: Family[] = twins(
  {
    fields: ['dateOfBirth', 'birthDate', 'geburtsdatum'],
    value: (random) => {
      const day = Day.any(random, 1945, 2006);
      const legacy = json(`${two(day.day)}.${two(day.month)}.${day.yyyy}`);
      return shown(legacy, json(day.iso), json(day.plus(-1).iso));
    },
  },
  { name: 'w_german_birthday_as_iso_date', why: 'The day of birth is the same in both notations.' },
  {
    name: 'w_birthday_on_the_day_before',
    critical: true,
    why: 'The rewrite puts the day of birth one day earlier.',
  },
);

export const families: Family[] = [...consents, ...channels, ...cancelled, ...birthdays];
