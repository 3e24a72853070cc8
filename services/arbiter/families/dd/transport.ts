/** Trains, ships, aircraft, lorries: positions, times beyond midnight, weather, dangerous goods. */
import { json, list, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, only, padded, pair, short } from './domain.ts';

const routes = [
  'GET /trips/{id}/stops',
  'GET /vessels/{imo}/position',
  'GET /airports/{icao}/weather',
  'POST /dispatch/loads',
];

const midnight = pair(
  routes,
  {
    fields: ['departure', 'arrivalTime', 'stopTime'],
    value(random) {
      const [hour, rest] = [
        random.chance(0.4) ? random.int(24, 27) : random.int(5, 23),
        `${two(random.int(0, 59))}:00`,
      ];
      const stop = (dayOffset: number) => ({ time: `${two(hour % 24)}:${rest}`, dayOffset });
      return shownJson(`${two(hour)}:${rest}`, stop(Math.floor(hour / 24)), stop(0));
    },
  },
  {
    name: 'dd_time_beyond_midnight',
    why: 'Timetable times such as 25:10 belong to the operating day and are 01:10 on the day after it.',
  },
  {
    name: 'dd_time_beyond_midnight_same_day',
    why: 'Departures after midnight are put a day too early: 25:10 became 01:10 of the same day.',
    critical: false,
  },
);

const nautical = pair(
  ['GET /vessels/{imo}/position', 'POST /ais/positions', 'GET /buoys/{id}'],
  {
    fields: ['position', 'fix', 'lastKnown'],
    value(random) {
      const part = (degreesMax: number, width: number, signs: readonly [string, string]) => {
        const [degrees, thousandths, positive] = [
          random.int(1, degreesMax),
          random.int(300, 19_900) * 3,
          random.chance(0.6),
        ];
        const minutes = `${two(Math.floor(thousandths / 1000))}.${padded(thousandths % 1000, 3)}`;
        const sign = positive ? '' : '-';
        return {
          text: `${padded(degrees, width)}${minutes},${positive ? signs[0] : signs[1]}`,
          right: sign + short(degrees * 100_000 + (thousandths / 3) * 5, 5),
          wrong: `${sign}${degrees}.${minutes.replace('.', '')}`,
        };
      };
      const [lat, lon] = [part(64, 2, ['N', 'S']), part(170, 3, ['E', 'W'])];
      return shown(
        json(`${lat.text},${lon.text}`),
        object({ lat: lat.right, lon: lon.right }),
        object({ lat: lat.wrong, lon: lon.wrong }),
      );
    },
  },
  {
    name: 'dd_position_from_minutes',
    why: 'Degrees and decimal minutes (NMEA) as decimal degrees: minutes divided by 60, south and west negative.',
  },
  {
    name: 'dd_position_minutes_as_decimals',
    why: 'The minutes were set behind the point as they are: the ship is shown many miles away.',
    critical: true,
  },
);

function encoded(values: readonly number[]): string {
  return values
    .map((value) => {
      let rest = value < 0 ? ~(value << 1) : value << 1;
      let text = '';
      while (rest >= 0x20) {
        text += String.fromCharCode((0x20 | (rest & 0x1f)) + 63);
        rest >>= 5;
      }
      return text + String.fromCharCode(rest + 63);
    })
    .join('');
}
const line = only(
  ['GET /routes/{id}/geometry', 'POST /routing', 'GET /trips/{id}/stops'],
  {
    fields: ['geometry', 'path', 'polyline'],
    value(random) {
      let [lat, lon] = [random.int(4_100_000, 5_900_000), random.int(-400_000, 2_000_000)];
      const points: [number, number][] = [];
      const steps: number[] = [];
      for (let left = random.int(3, 6); left > 0; left -= 1) {
        const [dLat, dLon] =
          points.length === 0 ? [lat, lon] : [random.int(-900, 900), random.int(-900, 900)];
        if (points.length > 0) [lat, lon] = [lat + dLat, lon + dLon];
        steps.push(dLat, dLon);
        points.push([lat, lon]);
      }
      const right = list(points.map(([a, b]) => list([short(a, 5), short(b, 5)])));
      return { legacy: json(encoded(steps)), right };
    },
  },
  {
    name: 'dd_polyline_decoded',
    why: 'The encoded polyline of precision 5 holds exactly these pairs of latitude and longitude.',
  },
);

const air = pair(
  ['GET /airports/{icao}/weather', 'POST /flightplans', 'GET /runways/{id}/state'],
  {
    fields: ['temperatures', 'metarTd', 'airAndDew'],
    value(random) {
      const temperature = random.int(-18, 24);
      const dewPoint = temperature - random.int(0, 9);
      const code = (value: number) => `${value < 0 ? 'M' : ''}${two(Math.abs(value))}`;
      const data = (read: (value: number) => number) => ({
        temperature: read(temperature),
        dewPoint: read(dewPoint),
        unit: 'Cel',
      });
      return shownJson(
        `${code(temperature)}/${code(dewPoint)}`,
        data((value) => value),
        data(Math.abs),
      );
    },
  },
  {
    name: 'dd_metar_temperatures_signed',
    why: 'In weather reports of aviation an M before air temperature and dew point means minus.',
  },
  {
    name: 'dd_metar_minus_lost',
    why: 'The M for minus was dropped: frost at the airport is answered as mild weather.',
    critical: true,
  },
);

const dangerous = broken(
  ['POST /dispatch/loads', 'GET /manifests/{id}', 'GET /warehouse/dangerous-goods'],
  {
    fields: ['dangerousGoods', 'adr', 'unEntry'],
    value(random) {
      const [un, kind, group, tunnel] = random.pick([
        ['1203', '3', 'II', 'D/E'],
        ['1202', '3', 'III', 'D/E'],
        ['1263', '3', 'II', 'D/E'],
        ['1789', '8', 'II', 'E'],
        ['1830', '8', 'II', 'E'],
        ['1613', '6.1', 'I', 'C/D'],
        ['2031', '8', 'I', 'E'],
        ['1993', '3', 'III', 'D/E'],
      ] as const);
      const litres = random.int(1, 48) * 25;
      const entry = (packingGroup: string) => ({ un, class: kind, packingGroup, tunnelCode: tunnel, litres });
      return shownJson(
        `UN ${un}, ${kind}, ${group}, (${tunnel}), ${litres} L`,
        entry(group),
        entry(group === 'III' ? 'III' : `${group}I`),
      );
    },
  },
  {
    name: 'dd_dangerous_goods_group_weaker',
    why: 'The packing group is answered one step less dangerous than in the transport document.',
    critical: true,
  },
);

const frames = only(
  ['GET /broadcast/clips/{id}', 'POST /archive/segments', 'GET /cctv/recordings/{id}'],
  {
    fields: ['timecode', 'inPoint', 'som'],
    value(random) {
      const [h, m, s, f] = [random.int(0, 10), random.int(0, 59), random.int(0, 59), random.int(1, 24)];
      return {
        legacy: json({ fps: 25, tc: [h, m, s, f].map(two).join(':') }),
        right: json({ ms: ((h * 60 + m) * 60 + s) * 1000 + f * 40 }),
      };
    },
  },
  {
    name: 'dd_timecode_as_milliseconds',
    why: 'At the stated 25 frames a second each frame of the time code lasts 40 milliseconds.',
  },
);

const flight = broken(
  ['GET /flights/{id}', 'POST /bookings/search', 'GET /baggage/{tag}'],
  {
    fields: ['flight', 'flightNumber', 'fltNo'],
    clear: true,
    value(random) {
      const number = random.pick([
        random.int(1, 9),
        random.int(1, 99) * 10,
        random.int(10, 999),
        random.int(1, 9) * 100,
      ]);
      const carrier = random.pick(['LH', 'BA', 'AF', 'KL', 'SK', 'TP']);
      return shownJson(
        `${carrier}${padded(number, 4)}`,
        `${carrier}${number}`,
        `${carrier}${String(number).replace(/0+/g, '')}`,
      );
    },
  },
  {
    name: 'dd_flight_number_all_zeros_cut',
    why: 'Not only the leading zeros of the flight number were cut: LH0400 became LH4, another flight.',
    critical: true,
  },
);

export const families = [...midnight, ...nautical, ...line, ...air, ...dangerous, ...frames, ...flight];
