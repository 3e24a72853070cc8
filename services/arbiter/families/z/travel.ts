/** Airlines and railways: baggage, names in bookings, local times, seats, coaches, weather reports. */
import { type Family, twins } from '../kit.ts';
import { Day, surnames, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const least = 8;

const baggage = twins(
  {
    fields: ['bagAllowance', 'freeBaggage', 'fare.bag'],
    least,
    value(random) {
      const pieces = random.chance(0.5);
      const number = pieces ? random.int(0, 3) : random.pick([20, 23, 30, 32, 40]);
      return shownJson(
        pieces ? (number === 0 ? 'NIL' : `${number}PC`) : `${number}K`,
        pieces ? { pieces: number } : { weightKg: number },
        pieces && number === 0 ? { pieces: 0 } : { weightKg: number },
      );
    },
  },
  {
    name: 'z_baggage_allowance_by_concept',
    why: 'PC counts pieces, K kilograms and NIL nothing; the rewrite names the concept instead of the suffix.',
  },
  {
    name: 'z_baggage_pieces_as_kilograms',
    why: 'An allowance of two pieces becomes two kilograms, so passengers are charged for bags they have paid.',
    critical: true,
  },
);

const passengers = twins(
  {
    fields: ['paxName', 'pnr.name', 'traveller'],
    least,
    value(random) {
      const woman = random.chance(0.5);
      const given = random.pick(
        woman ? ['ANNA', 'YUKI', 'AMINA', 'INGRID', 'MARIE LOU'] : ['PETER', 'LUCAS', 'JOHN PAUL', 'RAHUL'],
      );
      const family = random.pick(surnames).toUpperCase();
      const title = random.pick(woman ? ['MRS', 'MS', 'MISS', ''] : ['MR', 'MSTR', 'MR', '']);
      const right = { familyName: family, givenNames: given, title: title || null };
      const wrong = { familyName: family, givenNames: given + title, title: null };
      return shownJson(`${family}/${given}${title}`, right, wrong);
    },
  },
  {
    name: 'z_pnr_name_split',
    why: 'The booking name is split at the stroke and the title glued to the given name stands apart, as airlines write it.',
  },
  {
    name: 'z_pnr_title_kept_in_given_name',
    why: 'The title stays glued to the given name (ANNAMRS), which does not match the passport at the gate.',
    critical: true,
  },
);

/** Airports without summer time, and their offsets from UTC in minutes. */
const airports = [
  ['DXB', 240],
  ['SIN', 480],
  ['NRT', 540],
  ['DEL', 330],
  ['HKG', 480],
  ['BOG', -300],
  ['JNB', 120],
  ['KTM', 345],
  ['BKK', 420],
  ['PHX', -420],
  ['NBO', 180],
] as const;

const offsetText = (minutes: number) =>
  `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;

const arrivals = twins(
  {
    fields: ['segment', 'flightTimes', 'leg.schedule'],
    least,
    value(random) {
      const [from, to] = random.shuffled(airports) as [(typeof airports)[number], (typeof airports)[number]];
      const start = Day.any(random, 2023, 2026).date.getTime() + random.int(0, 287) * 300_000;
      const end = start + random.int(24, 200) * 300_000;
      const local = (at: number, offset: number) => new Date(at + offset * 60_000).toISOString().slice(0, 16);
      const [departure, arrival] = [local(start, from[1]), local(end, to[1])];
      const shape = (offset: number) => ({
        departure: { airport: from[0], at: departure + offsetText(from[1]) },
        arrival: { airport: to[0], at: arrival + offsetText(offset) },
      });
      return shownJson(
        `${from[0]} ${departure.replace('T', ' ')} - ${to[0]} ${arrival.replace('T', ' ')} (local times)`,
        shape(to[1]),
        shape(from[1]),
      );
    },
  },
  {
    name: 'z_flight_times_with_offsets',
    why: 'The local times of both airports get the offset of their own airport, which is the same moment.',
  },
  {
    name: 'z_arrival_with_offset_of_departure',
    why: 'The arrival is local time of its airport but carries the offset of the departure airport, so it is hours off.',
    critical: true,
  },
);

const cabins = [
  ['ABC', 'DEFG', 'HJK'],
  ['AC', 'DEFG', 'HK'],
  ['ABC', 'DEF', 'GHJ'],
] as const;

const seats = twins(
  {
    fields: ['freeSeats', 'seatRow', 'cabin.row'],
    least,
    common: (random) => ({ cabin: random.pick(cabins) }),
    value(random, { cabin }) {
      const row = random.int(3, 48);
      const letters = cabin.join('');
      const free = [...letters].map(() => random.chance(0.45));
      const layout = cabin.join(' ');
      const pattern = [...layout]
        .map((letter) => (letter === ' ' ? ' ' : free[letters.indexOf(letter)] ? '.' : 'X'))
        .join('');
      const named = (names: string) =>
        [...names].flatMap((letter, at) => (free[at] ? [`${row}${letter}`] : []));
      return shownJson(
        { row, layout, taken: pattern },
        named(letters),
        named('ABCDEFGHIJKL'.slice(0, letters.length)),
      );
    },
  },
  {
    name: 'z_seat_row_to_free_seats',
    why: 'A point marks a free seat; the list names these by row and by the letter of their column in the layout.',
  },
  {
    name: 'z_seat_letters_counted_through',
    why: 'The letters are counted from A without the gaps of the layout, so free seats get letters of taken seats or of none.',
    critical: true,
  },
);

const coaches = twins(
  {
    fields: ['formation', 'trainComposition', 'coachSequence'],
    least,
    value(random) {
      const first = random.pick([1, 11, 21, 31, 251]);
      const length = random.int(4, 9);
      const kinds = Array.from({ length }, (_, at) =>
        at < 2 ? '1' : at === 2 ? 'WR' : random.pick(['2', '2', '2 bike']),
      );
      const train = kinds.map((kind, at) => ({ kind, number: first + at }));
      const running = random.chance(0.5) ? train : [...train].reverse();
      const shape = (cars: typeof train) => ({
        fromFront: cars.map(({ kind, number }) => ({
          coach: number,
          class: kind === 'WR' ? null : Number(kind[0]),
          restaurant: kind === 'WR',
          bicycles: kind.endsWith('bike'),
        })),
      });
      return shownJson(
        `>> ${running.map(({ kind, number }) => `${number}:${kind}`).join(' | ')}  (front first)`,
        shape(running),
        shape([...running].reverse()),
      );
    },
  },
  {
    name: 'z_train_formation_as_list',
    why: 'The drawn formation is a list of coaches from the front of the train, each with its number, class and use.',
  },
  {
    name: 'z_train_formation_reversed',
    why: 'The rear coach is listed as the first from the front, so passengers wait at the wrong end of the platform.',
    critical: false,
  },
);

const reports = twins(
  {
    fields: ['metar', 'wx.observation', 'aerodromeWeather'],
    least,
    value(random) {
      const station = random.pick(['EDDF', 'EFHK', 'ENGM', 'UUEE', 'CYUL', 'LSZH']);
      const direction = random.int(0, 35) * 10 || 360;
      const speed = random.int(2, 28);
      const gust = random.chance(0.3) ? speed + random.int(10, 18) : null;
      const temperature = random.int(-18, 14);
      const dew = temperature - random.int(0, 6);
      const qnh = random.int(978, 1036);
      const signed = (value: number) => `${value < 0 ? 'M' : ''}${two(Math.abs(value))}`;
      const wind = `${String(direction).padStart(3, '0')}${two(speed)}${gust === null ? '' : `G${two(gust)}`}KT`;
      const time = `${two(random.int(1, 28))}${two(random.int(0, 23))}${random.pick(['20', '50'])}Z`;
      const shape = (air: number, point: number) => ({
        station,
        time,
        wind: { directionDeg: direction, speedKt: speed, gustKt: gust },
        visibilityM: { atLeast: 10_000 },
        temperatureC: air,
        dewPointC: point,
        qnhHpa: qnh,
      });
      return shownJson(
        `${station} ${time} ${wind} 9999 ${signed(temperature)}/${signed(dew)} Q${String(qnh).padStart(4, '0')}`,
        shape(temperature, dew),
        shape(Math.abs(temperature), Math.abs(dew)),
      );
    },
  },
  {
    name: 'z_metar_decoded',
    why: 'The groups of the weather report are given as numbers: M means minus, 9999 means ten kilometres or more.',
  },
  {
    name: 'z_metar_minus_lost',
    why: 'M05 is read as plus five degrees, so frost at the aerodrome is not reported.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...baggage,
  ...passengers,
  ...arrivals,
  ...seats,
  ...coaches,
  ...reports,
];
