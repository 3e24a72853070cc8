/** Surveying, farming, chemistry, weather: bearings, rings, ear tags, hazards, rates of flow. */
import { json, list } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, only, padded, pair, short } from './domain.ts';

const bearing = pair(
  ['GET /surveys/{id}/legs', 'GET /boundaries/{id}', 'POST /drilling/plan'],
  {
    fields: ['bearing', 'azimuth', 'direction'],
    value(random) {
      const [degrees, thirds] = [random.int(3, 86), random.int(0, 19)];
      const [from, to] = [random.pick(['N', 'S']), random.pick(['E', 'W'])];
      const angle = degrees * 100 + thirds * 5;
      const right = { NE: angle, SE: 18_000 - angle, SW: 18_000 + angle, NW: 36_000 - angle }[
        `${from}${to}`
      ]!;
      const wrong = from === 'N' ? angle : 18_000 - angle;
      return shown(
        json(`${from}${degrees}°${padded(thirds * 3, 2)}'${to}`),
        short(right, 2),
        short(wrong, 2),
      );
    },
  },
  {
    name: 'dd_quadrant_bearing_as_azimuth',
    why: "S30°15'W is 180 plus 30.25 degrees from north: the same direction.",
  },
  {
    name: 'dd_quadrant_bearing_west_as_east',
    why: 'The W of the bearing was ignored: directions to the west come out mirrored to the east.',
    critical: true,
  },
);

const ring = pair(
  ['GET /flood-zones/{id}', 'GET /parcels/{id}/geometry', 'GET /no-fly-zones'],
  {
    fields: ['geometry', 'outline', 'boundary'],
    value(random) {
      const corners = random.int(5, 7);
      const [x, y] = [random.int(-400, 2400), random.int(4200, 5800)];
      const points = Array.from({ length: corners }, (_, at) => {
        const [angle, radius] = [(2 * Math.PI * at) / corners, random.int(60, 95)];
        const [east, north] = [Math.round(Math.cos(angle) * radius), Math.round(Math.sin(angle) * radius)];
        return list([short(x * 100 + east * 10, 4), short(y * 100 + north * 10, 4)]);
      });
      const closed = (all: readonly string[]) =>
        `{"type":"Polygon","coordinates":[${list([...all, all[0]!])}]}`;
      const start = random.int(1, corners - 1);
      const turned = [...points.slice(start), ...points.slice(0, start)];
      const [a, b, c, ...rest] = turned;
      return shown(closed(points), closed(turned), closed([a!, c!, b!, ...rest]));
    },
  },
  {
    name: 'dd_ring_starts_elsewhere',
    why: 'The closed ring has the same corners in the same order round and only starts at another corner: the same area.',
  },
  {
    name: 'dd_ring_corners_exchanged',
    why: 'Two neighbouring corners of the ring are exchanged, so the outline crosses itself and encloses another area.',
    critical: true,
  },
);

const flow = only(
  ['GET /gauges/{id}', 'GET /waterworks/pumps/{id}', 'POST /scada/points'],
  {
    fields: ['discharge', 'flow', 'throughput'],
    value(random) {
      const halves = random.int(5, 950);
      return {
        legacy: `{"value":${short(halves * 5, 1)},"unit":"L/s"}`,
        right: `{"value":${short(halves * 18, 1)},"unit":"m3/h"}`,
      };
    },
  },
  {
    name: 'dd_flow_per_hour',
    why: 'One litre a second is 3.6 cubic metres an hour exactly, and both sides name their unit.',
  },
);

const severity = broken(
  ['GET /scada/events', 'POST /syslog/search', 'GET /monitoring/alerts/{id}'],
  {
    fields: ['syslogSeverity', 'severity', 'level'],
    least: 10,
    value(random) {
      const names = [
        'emergency',
        'alert',
        'critical',
        'error',
        'warning',
        'notice',
        'informational',
        'debug',
      ];
      const [level, host] = [random.int(0, 7), `rtu-${random.int(1, 40)}`];
      const entry = (name: string | undefined) => ({ host, severity: name });
      return shownJson(`<${16 * 8 + level}> ${host}`, entry(names[level]), entry(names[7 - level]));
    },
  },
  {
    name: 'dd_syslog_severity_upside_down',
    why: 'The severity in the priority of a syslog line counts from 0, the worst: emergencies are answered as debug messages.',
    critical: true,
  },
);

export const families = [...bearing, ...ring, ...flow, ...severity];
