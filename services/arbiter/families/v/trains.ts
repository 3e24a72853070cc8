/** A railway's timetable and tickets: times, stations, tracks, running days, classes, fares. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const nightDeparture = twins(
  {
    fields: ['departure', 'scheduledDeparture', 'stop.departs'],
    value(random) {
      const day = Day.any(random, 2026, 2027);
      const [hour, minute] = [random.pick([5, 8, 14, 19, 22, 23, 24, 24, 25]), random.int(0, 59)];
      const legacy = object({
        serviceDay: json(`${day.yyyy}${day.mm}${day.dd}`),
        dep: json(`${two(hour)}:${two(minute)}`),
      });
      const clock = `T${two(hour % 24)}:${two(minute)}`;
      const next = hour > 23 ? day.plus(1) : day;
      return shown(legacy, json(next.iso + clock), json(day.iso + clock));
    },
  },
  {
    name: 'v_departure_after_midnight_next_day',
    why: 'Hours from 24 on a service day are the first hours of the next calendar day, which is what is answered.',
  },
  {
    name: 'v_departure_after_midnight_same_day',
    why: 'Departures at hour 24 or later of a service day are answered a whole day too early.',
    critical: true,
  },
);

const station = coded(
  ['destination', 'stationName', 'toStop'],
  [
    ['FRANKFURT (MAIN)', 'Frankfurt (Main)', 'Frankfurt (Oder)'],
    ['FRANKFURT (ODER)', 'Frankfurt (Oder)', 'Frankfurt (Main)'],
    ['NEWPORT (WALES)', 'Newport (Wales)', 'Newport (Essex)'],
    ['GILLINGHAM (KENT)', 'Gillingham (Kent)', 'Gillingham (Dorset)'],
    ['HALLE (SAALE)', 'Halle (Saale)', 'Halle (Westfalen)'],
    ['LEEDS', 'Leeds'],
    ['BREMEN', 'Bremen'],
    ['READING WEST', 'Reading West'],
  ],
  {
    name: 'v_station_name_mixed_case',
    why: 'The same stations, written with small letters.',
  },
  {
    name: 'v_station_namesake',
    why: 'A ticket or train goes to the station of another town with the same name.',
    critical: true,
  },
);

const track = twins(
  {
    fields: ['trackNumber', 'depotNumber', 'platformNo'],
    clear: true,
    least: 3,
    value(random) {
      const number = random.int(1, 24);
      const text = String(number).padStart(3, '0');
      const octal = Number.parseInt(text.replace(/[89].*/, '') || '0', 8);
      return shown(json(text), String(number), String(octal));
    },
  },
  {
    name: 'v_track_number_unpadded',
    why: 'The same decimal number without the zeros that fill it to three digits.',
  },
  {
    name: 'v_track_number_read_as_octal',
    why: 'Numbers with a leading zero were read as octal: 010 became 8 and 012 became 10.',
    critical: false,
  },
);

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

const runningDays = twins(
  {
    fields: ['runsOn', 'operatingDays', 'daysOfWeek'],
    value(random) {
      const pattern = random.pick([
        'MTWTF--',
        'MTWTFS-',
        '-----SS',
        '----F--',
        'M------',
        '------S',
        'MTWT---',
      ]);
      const named = (shift: number) => weekdays.filter((_, at) => pattern[(at + shift) % 7] !== '-');
      return shownJson(pattern, named(0), named(1));
    },
  },
  {
    name: 'v_running_days_listed',
    why: 'The letters of the days on which a train runs are listed by the names of the same days.',
  },
  {
    name: 'v_running_days_shifted',
    why: 'Each running day is answered as the weekday before it, as the letters of legacy show.',
    critical: false,
  },
);

const delay = twins(
  {
    fields: ['delayMinutes', 'delay', 'deviation'],
    least: 4,
    value(random) {
      const minutes = random.pick([0, 0, 1, 2, 3, 5, 8, 12, 25, -1, -2, -4]);
      const sign = minutes < 0 ? '-' : '+';
      const legacy = json(`${sign}${String(Math.abs(minutes)).padStart(3, '0')}`);
      return shown(legacy, String(minutes), String(Math.abs(minutes)));
    },
  },
  {
    name: 'v_delay_signed_number',
    why: 'The same minutes with the same sign, as a number instead of a padded text.',
  },
  {
    name: 'v_delay_early_shown_as_late',
    why: 'A train that is early by some minutes in legacy is answered as late by them.',
    critical: false,
  },
);

const travelClass = coded(
  ['travelClass', 'classOfTravel', 'ticket.class'],
  [
    ['1ST CLASS', 'first', 'second'],
    ['2ND CLASS', 'second'],
    ['COUCHETTE', 'couchette'],
    ['SLEEPER', 'sleeper', 'couchette'],
  ],
  {
    name: 'v_travel_class_words',
    why: 'The class of travel is the same, in another word or spelling.',
  },
  {
    name: 'v_travel_class_lowered',
    why: 'Passengers who paid for first class or a sleeper get a ticket of a lower class.',
    critical: true,
  },
  2,
);

const fare = twins(
  {
    fields: ['fare', 'ticketPrice', 'val'],
    value(random) {
      const cents = random.int(3, 280) * 100 + random.pick([0, 50, 90, 95, 20]);
      const legacy = object({ FARE_CENTS: String(cents), CURRENCY: json('EUR') });
      const modern = (amount: number) => object({ fare: json(decimal(amount, 2)), currency: json('EUR') });
      return shown(legacy, modern(cents), modern(cents - (cents % 100)));
    },
  },
  {
    name: 'v_fare_cents_to_euro',
    why: 'The fare in cents divided by one hundred, exactly.',
  },
  {
    name: 'v_fare_integer_division',
    why: 'The cents of the fare were cut off when it was divided by one hundred.',
    critical: true,
  },
);

export const families: Family[] = [
  ...nightDeparture,
  ...station,
  ...track,
  ...runningDays,
  ...delay,
  ...travelClass,
  ...fare,
];
