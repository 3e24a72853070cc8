/** Telecom: subscriber numbers, identities, messages, usage tables, byte counters. */
import { type Family, twins } from '../kit.ts';
import { Day, json } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const least = 8;

const plans = [
  ['39', '', ['06', '02', '011', '347', '338'], 'Italy keeps the zero'],
  ['49', '0', ['171', '30', '89', '211']],
  ['44', '0', ['20', '7700', '161']],
  ['33', '0', ['1', '6', '4']],
  ['46', '0', ['8', '70']],
] as const;

const numbers = twins(
  {
    fields: ['msisdn', 'callingNumber', 'contact.phone'],
    least: 10,
    value(random) {
      const [country, trunk, areas] = random.pick([plans[0], ...plans]);
      const area = random.pick<string>(areas);
      const subscriber = random.digits(7);
      const right = `+${country}${area}${subscriber}`;
      const wrong = `+${country}${area.replace(/^0/, '')}${subscriber}`;
      return shownJson({ country, national: `${trunk}${area} ${subscriber}` }, right, wrong);
    },
  },
  {
    name: 'z_phone_national_to_e164',
    why: 'The trunk zero is dropped where the country has one; Italian numbers keep their zero, which belongs to the number.',
  },
  {
    name: 'z_phone_italian_zero_dropped',
    why: 'In Italian landline numbers the leading zero is part of the number; without it the call fails.',
    critical: true,
  },
);

const networks = [
  ['310', '260'],
  ['310', '410'],
  ['311', '480'],
  ['302', '720'],
  ['262', '01'],
  ['234', '15'],
  ['208', '10'],
  ['405', '857'],
] as const;

const subscribers = twins(
  {
    fields: ['imsi', 'subscriberIdentity', 'sim.imsi'],
    least: 10,
    value(random) {
      const [mcc, mnc] = random.pick(networks);
      const msin = random.digits(12 - mnc.length);
      return shownJson(
        mcc + mnc + msin,
        { mcc, mnc, msin },
        { mcc, mnc: mnc.slice(0, 2), msin: mnc.slice(2) + msin },
      );
    },
  },
  {
    name: 'z_imsi_taken_apart',
    why: 'The identity is cut after the country code and the network code, which has three digits in the USA, Canada and parts of India and two elsewhere.',
  },
  {
    name: 'z_imsi_two_digit_network_always',
    why: 'American, Canadian and Indian network codes of three digits are cut to two, which names another network.',
    critical: true,
  },
);

const messages = [
  'Ihre Rechnung über 39,99 € ist da',
  'Привет, код доступа 4471',
  '料金のお知らせ',
  'See you at 7 🙂',
  'Paket zugestellt 📦👍',
  'Twoja faktura: 59,00 zł',
  'Γεια σου, το υπόλοιπο είναι 12 €',
  'Happy birthday 🎂🎉 from all of us',
] as const;

const texts = twins(
  {
    fields: ['userData', 'sms.text', 'messageBody'],
    least: 10,
    value(random) {
      const text = random.chance(0.2) ? `PIN ${random.digits(6)}` : random.pick(messages);
      const units = Array.from({ length: text.length }, (_, at) =>
        text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0'),
      );
      return shownJson(
        { dcs: 'UCS2', hex: units.join('') },
        { text },
        { text: text.replace(/\p{Extended_Pictographic}/gu, '??') },
      );
    },
  },
  {
    name: 'z_sms_ucs2_to_text',
    why: 'The hexadecimal UTF-16 units are given as the characters they stand for.',
  },
  {
    name: 'z_sms_characters_beyond_bmp_lost',
    why: 'Characters outside the basic plane take two units and come out as question marks.',
    critical: false,
  },
);

const usage = twins(
  {
    fields: ['usageByDay', 'dataUsage', 'cdr.summary'],
    least,
    value(random) {
      const start = Day.any(random, 2023, 2025);
      const rows = Array.from({ length: random.int(4, 8) }, (_, at) => ({
        day: start.plus(at).iso,
        mb: random.int(0, 4000),
        minutes: random.int(0, 90),
      }));
      const columns = (mb: number[]) => ({
        day: rows.map(({ day }) => day),
        mb,
        minutes: rows.map(({ minutes }) => minutes),
      });
      const volumes = rows.map(({ mb }) => mb);
      return shownJson(rows, columns(volumes), columns([...volumes].sort((a, b) => b - a)));
    },
  },
  {
    name: 'z_usage_rows_to_columns',
    why: 'The table is given by columns instead of rows; the values at one position belong to one day as before.',
  },
  {
    name: 'z_usage_one_column_sorted',
    why: 'The column of volumes is sorted by itself, so the volumes belong to other days.',
    critical: true,
  },
);

const volumes = twins(
  {
    fields: ['octets', 'bytesTotal', 'volume.downlink'],
    least: 10,
    value(random) {
      const bytes = Math.floor(Math.exp(Math.log(4e6) + random.next() * Math.log(8e10 / 4e6)));
      return shown(json(String(bytes)), String(bytes), String(bytes % 2 ** 32));
    },
  },
  {
    name: 'z_byte_counter_text_to_number',
    why: 'The same count of bytes is a number instead of a text; it is far below the limit of exact numbers.',
  },
  {
    name: 'z_byte_counter_wraps_at_32_bits',
    why: 'From 4294967296 bytes on the counter begins again at zero, so heavy users are shown and billed too little.',
    critical: true,
  },
);

const contractEnds = twins(
  {
    fields: ['minimumTerm', 'contract.binding', 'cancellation'],
    least: 12,
    always: true,
    value(random) {
      const start = random.chance(0.5)
        ? Day.of(random.int(2020, 2024), random.pick([1, 3, 5, 8, 10, 12]), 31)
        : Day.any(random, 2020, 2024);
      const months = random.pick([1, 3, 6, 13, 18, 23]);
      const naive = new Day(Date.UTC(start.year, start.month - 1 + months, start.day));
      const lastOfMonth = new Day(Date.UTC(start.year, start.month + months, 0));
      const end = naive.day === start.day ? naive : lastOfMonth;
      const shape = (day: Day) => ({ start: start.iso, term: `P${months}M`, renewsOn: day.iso });
      return shownJson(`${start.iso} +${months} mth -> ${end.iso}`, shape(end), shape(naive));
    },
  },
  {
    name: 'z_contract_term_iso_period',
    why: 'The term is an ISO 8601 period and the renewal date stays: the last day of a shorter month where the day does not exist.',
  },
  {
    name: 'z_contract_term_spills_into_next_month',
    why: 'Where the month of renewal has no such day, the rewrite goes on into the next month, so contracts begun on the 31st renew days later.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...numbers,
  ...subscribers,
  ...texts,
  ...usage,
  ...volumes,
  ...contractEnds,
];
