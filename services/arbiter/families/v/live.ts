/** Values that differ from one run of legacy to the next: counters, tokens, clocks, and what is measured at the moment. */
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, object, two } from '../kit-values.ts';

const receipt = twins(
  {
    fields: ['receiptNumber', 'journalNo', 'tellerSequence'],
    clear: true,
    least: 6,
    always: true,
    common: (random) => ({ next: random.int(100_000, 900_000), own: random.int(1_000_000, 8_000_000) }),
    value(random, counter) {
      counter.next += random.int(1, 4);
      const legacy = counter.next;
      counter.next += random.int(1, 4);
      counter.own += random.int(1, 3);
      return {
        legacy: String(legacy),
        legacy2: String(counter.next),
        right: String(counter.own),
        wrong: '1',
      };
    },
  },
  {
    name: 'v_receipt_number_own_sequence',
    why: 'Each run draws the next receipt number, legacy twice for one request too; the rewrite has a rising sequence of its own.',
  },
  {
    name: 'v_receipt_number_always_one',
    why: 'Receipts of different bookings all have the number 1, while legacy gives each its own.',
    critical: true,
  },
);

const session = twins(
  {
    fields: ['sessionToken', 'tellerSession', 'authTicket'],
    clear: true,
    least: 5,
    always: true,
    common: (random) => random.hex(32),
    value: (random, shared) => ({
      legacy: json(random.hex(32)),
      legacy2: json(random.hex(32)),
      right: json(random.hex(32)),
      wrong: json(shared),
    }),
  },
  {
    name: 'v_session_token_drawn',
    why: 'Tokens are drawn anew for each run, in legacy as in the rewrite, of the same length and alphabet.',
  },
  {
    name: 'v_session_token_shared',
    why: 'All requests are answered with one and the same session token, while legacy draws a new one each time.',
    critical: true,
  },
);

const answered = twins(
  {
    fields: ['balanceAsOf', 'asOf', 'answeredAt'],
    least: 5,
    always: true,
    common: (random) => Day.any(random, 2026, 2026),
    value(random, day) {
      const second = random.int(8 * 3600, 17 * 3600);
      const at = (offset: number) => {
        const clock = second + offset;
        return json(
          `${day.iso} ${two(Math.floor(clock / 3600))}:${two(Math.floor(clock / 60) % 60)}:${two(clock % 60)}`,
        );
      };
      const [later, ours] = [random.int(1, 3), random.int(1, 3)];
      return { legacy: at(0), legacy2: at(later), right: at(ours), wrong: at(ours - 3600) };
    },
  },
  {
    name: 'v_answer_clock_seconds_later',
    why: 'The time of the answer is a few seconds later in the rewrite, as it is in the second run of legacy.',
  },
  {
    name: 'v_answer_clock_an_hour_behind',
    why: 'The time of the answer is an hour behind each time, while two runs of legacy are seconds apart.',
    critical: false,
  },
);

const freeSeats = twins(
  {
    fields: ['freeSeats', 'seatsLeft', 'availableSeats'],
    clear: true,
    least: 8,
    always: true,
    common: (random) => random.pick([320, 456, 512, 694]),
    value(random, seats) {
      const free = random.int(10, seats - 120);
      const near = () => String(free + random.int(-3, 3));
      return { legacy: String(free), legacy2: near(), right: near(), wrong: String(seats) };
    },
  },
  {
    name: 'v_free_seats_sold_meanwhile',
    why: 'The number of free seats moves by a few from run to run, in the rewrite by no more than in legacy itself.',
  },
  {
    name: 'v_free_seats_is_all_seats',
    why: 'The rewrite answers the same high number each time, however few seats legacy says are free.',
    critical: true,
  },
);

const waiting = twins(
  {
    fields: ['waitingMinutes', 'queueMinutes', 'estimatedWaitMin'],
    clear: true,
    least: 6,
    value(random) {
      const minutes = random.int(4, 45);
      const near = () => minutes + random.int(-1, 1);
      const ours = near();
      return {
        legacy: String(minutes),
        legacy2: String(near()),
        right: String(ours),
        wrong: String(ours * 60 + random.int(-25, 25)),
      };
    },
  },
  {
    name: 'v_waiting_time_a_minute_off',
    why: 'The estimate of minutes moves by one at most, as it does between two runs of legacy.',
  },
  {
    name: 'v_waiting_time_in_seconds',
    why: 'Minutes are answered as about sixty times as many, while two runs of legacy differ by one at most.',
    critical: false,
  },
);

const position = twins(
  {
    fields: ['vehiclePosition', 'trainLocation', 'lastFix'],
    least: 4,
    always: true,
    common: (random) => ({ lat: random.int(4_750_000, 5_430_000), lon: random.int(620_000, 1_450_000) }),
    value(random, start) {
      const [lat, lon] = [start.lat + random.int(-9_000, 9_000), start.lon + random.int(-9_000, 9_000)];
      const fix = (first: number, second: number) =>
        object({ lat: decimal(first, 5), lon: decimal(second, 5) });
      const moved = () => [lat + random.int(-12, 12), lon + random.int(-12, 12)] as const;
      const [newLat, newLon] = moved();
      return {
        legacy: fix(lat, lon),
        legacy2: fix(...moved()),
        right: fix(newLat, newLon),
        wrong: fix(newLon, newLat),
      };
    },
  },
  {
    name: 'v_vehicle_moved_some_metres',
    why: 'The vehicle moves some metres between two runs, in the rewrite by no more than in legacy.',
  },
  {
    name: 'v_vehicle_latitude_longitude_swapped',
    why: 'Latitude and longitude changed places, which puts the vehicle on another continent.',
    critical: false,
  },
);

export const families: Family[] = [
  ...receipt,
  ...session,
  ...answered,
  ...freeSeats,
  ...waiting,
  ...position,
];
