/** Notifications: messages, recipients, one-time codes, channels. */
import { coded } from '../code-table.ts';
import { defect, type Family, twins } from '../kit.ts';
import { Day, givenNames, json, list, object, surnames, timeOfDay, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...coded(
    ['channel', 'deliveryChannel', 'VERSANDART'],
    [
      ['SM', 'SMS'],
      ['EM', 'EMAIL'],
      ['PU', 'PUSH'],
      ['LE', 'LETTER', 'EMAIL'],
    ],
    { name: 'j-message-channel-words', why: 'The abbreviations of channels are written out.' },
    { name: 'j-message-letter-is-email', critical: false, why: 'Letters are answered as e-mails.' },
    5,
  ),
  ...twins(
    {
      fields: ['sentAt', 'queuedAt', 'timestamp'],
      least: 4,
      value(random) {
        const day = Day.any(random, 2023, 2025);
        const ms = day.date.getTime() + random.int(100, 80_000) * 1000;
        const clock = (late: number) => new Date(ms + late * 1000).toISOString().slice(11, 19);
        const legacy = (late: number) => json(`${day.dd}.${day.mm}.${day.yyyy} ${clock(late)}`);
        const right = json(`${day.iso}T${clock(random.int(0, 3))}`);
        const both = { legacy: legacy(0), right, legacy2: legacy(random.int(1, 4)) };
        if (day.day > 12 || day.day === day.month) return both;
        return { ...both, wrong: json(`${day.yyyy}-${day.dd}-${day.mm}T${clock(1)}`) };
      },
    },
    {
      name: 'j-message-sent-iso',
      why: 'The moment of each call, seconds apart as between two runs of legacy.',
    },
    {
      name: 'j-message-sent-swapped',
      critical: false,
      why: 'Day and month changed places, so the moment is months off.',
    },
  ),
  ...twins(
    {
      fields: ['recipients', 'to', 'empfaenger'],
      value(random) {
        const mail = () =>
          json(`${random.pick(givenNames)}.${random.pick(surnames)}@mail.example`.toLowerCase());
        const all = [...new Set([mail(), mail(), mail()])];
        const sorted = [...all].sort();
        return shown(list(all), list(sorted), list([...sorted, json('old.partner@mail.example')]));
      },
    },
    { name: 'j-message-recipients-sorted', why: 'The same addresses in alphabetical order.' },
    { name: 'j-message-recipient-added', critical: true, why: 'Somebody else also gets the message.' },
  ),
  ...twins(
    {
      fields: ['otp', 'oneTimeCode', 'tan'],
      least: 12,
      value(random) {
        const code = () => (random.chance(0.25) ? `0${random.digits(5)}` : random.digits(6));
        const modern = code();
        const both = { legacy: json(code()), right: json(modern), legacy2: json(code()) };
        return modern.startsWith('0') ? { ...both, wrong: json(String(Number(modern))) } : both;
      },
    },
    { name: 'j-message-code-random', why: 'Six random digits on both sides, new in each run.' },
    {
      name: 'j-message-code-short',
      critical: true,
      why: 'Codes that begin with zero have fewer than six digits and are refused.',
    },
  ),
  ...twins(
    {
      fields: ['maskedPhone', 'sentTo', 'target'],
      value(random) {
        const end = random.digits(4);
        return shown(json(`*******${end}`), json(`••• ${end}`), json(`••• ${random.digits(4)}`));
      },
    },
    { name: 'j-message-phone-dots', why: 'The same last digits behind another mask.' },
    {
      name: 'j-message-phone-other',
      critical: true,
      why: 'The code goes to a telephone with other last digits.',
    },
  ),
  ...twins(
    {
      fields: ['validFor', 'ttl', 'timeout'],
      value(random) {
        const minutes = random.pick([2, 3, 5, 10, 15, 30]);
        return shown(json(`PT${minutes}M`), json(`PT${minutes * 60}S`), json(`PT${minutes}S`));
      },
    },
    { name: 'j-message-duration-seconds', why: 'The same ISO 8601 duration in seconds.' },
    {
      name: 'j-message-duration-minutes-as-seconds',
      critical: true,
      why: 'Minutes became seconds, so codes run out at once.',
    },
  ),
  ...twins(
    {
      fields: ['quietHours', 'window', 'ruhezeit'],
      value(random) {
        const from = `${two(random.int(19, 23))}:${random.pick(['00', '30'])}`;
        const to = `${two(random.int(5, 9))}:${random.pick(['00', '30'])}`;
        const of = (a: string, b: string) => object({ from: json(a), to: json(b) });
        return shown(json(`${from}-${to}`), of(from, to), of(to, from));
      },
    },
    { name: 'j-message-quiet-hours-split', why: 'The same two times, now as members.' },
    { name: 'j-message-quiet-hours-swapped', critical: false, why: 'Quiet by day instead of by night.' },
  ),
  defect(
    {
      fields: ['scheduledFor', 'sendAfter', 'dueAt'],
      least: 8,
      once: true,
      value(random) {
        const day = Day.any(random, 2024, 2026).iso;
        const text = json(`${day}T${timeOfDay(random).text}Z`);
        return { legacy: text, right: text, wrong: 'null' };
      },
    },
    {
      name: 'j-message-schedule-lost',
      critical: false,
      why: 'Moments that legacy states are null in some answers.',
    },
  ),
];
