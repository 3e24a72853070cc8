/** Telemetry: live readings, registers, payloads, firmware, means of directions, tracks. */
import { defect, type Family, twins } from '../kit.ts';
import { json } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const least = 8;

const live = twins(
  {
    fields: ['temperature', 'sensor.reading', 'coldRoomTemp'],
    least: 14,
    always: true,
    common: (random) => ({ offset: random.pick([-2.4, -1.9, 1.8, 2.2, 2.7]) }),
    value(random, { offset }) {
      const actual = random.int(-220, 90) / 10;
      const measured = (shift: number) => (actual + shift + random.int(-2, 2) / 10).toFixed(1);
      const text = (shift: number) => json({ celsius: measured(shift) });
      return { legacy: text(0), legacy2: text(0), right: text(0), wrong: text(offset) };
    },
  },
  {
    name: 'z_sensor_read_moments_apart',
    why: 'The reading moves by a few tenths of a degree from one reading to the next, in legacy too; the rewrite lies within the same noise on both sides.',
  },
  {
    name: 'z_sensor_offset_beyond_noise',
    why: 'Legacy agrees with itself within half a degree, while the rewrite is always about two degrees off in the same direction.',
    critical: true,
  },
);

function float32(value: number): { high: number; low: number; swapped: number } {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatBE(value);
  const [high, low] = [bytes.readUInt16BE(0), bytes.readUInt16BE(2)];
  const other = Buffer.alloc(4);
  other.writeUInt16BE(low, 0);
  other.writeUInt16BE(high, 2);
  return { high, low, swapped: other.readFloatBE(0) };
}

const words = twins(
  {
    fields: ['modbusFloat', 'holdingRegisters', 'inverter.power'],
    least: 10,
    value(random) {
      const value = random.int(8, 40_000) / 8;
      const { high, low, swapped } = float32(value);
      const shape = (number: number) => ({ watts: Number.isFinite(number) ? number : null });
      return shownJson(
        { type: 'float32, high word first', words: [high, low] },
        shape(value),
        shape(swapped),
      );
    },
  },
  {
    name: 'z_modbus_registers_as_float',
    why: 'The two registers of 16 bits, high word first, are the single-precision number which the rewrite shows.',
  },
  {
    name: 'z_modbus_words_exchanged',
    why: 'The low word is taken for the high one, which turns watts into numbers near zero or without sense.',
    critical: true,
  },
);

const payloads = twins(
  {
    fields: ['frmPayload', 'uplink.data', 'rawFrame'],
    least,
    value(random) {
      const hex = random.hex(random.int(8, 14) * 2);
      const bytes = Buffer.from(hex, 'hex');
      const mangled = Buffer.from(bytes.toString('utf8'), 'utf8');
      return shownJson(hex.toUpperCase(), bytes.toString('base64'), mangled.toString('base64'));
    },
  },
  {
    name: 'z_lorawan_payload_hex_to_base64',
    why: 'The same bytes of the payload are written in base64 instead of hexadecimal digits.',
  },
  {
    name: 'z_lorawan_payload_through_utf8',
    why: 'The bytes went through a text in UTF-8, so each one above 7F became EF BF BD and the reading cannot be recovered.',
    critical: true,
  },
);

const firmware = twins(
  {
    fields: ['firmware', 'device.swVersion', 'fwRevision'],
    least: 12,
    value(random) {
      const [major, minor, patch] = [
        random.int(1, 4),
        random.pick([1, 2, 3, 10, 20, 30, 12]),
        random.int(0, 14),
      ];
      const legacy = [major, minor, patch].map((part) => String(part).padStart(2, '0')).join('.');
      return shownJson(
        `V${legacy}`,
        `${major}.${minor}.${patch}`,
        `${major}.${String(minor).replace(/0$/, '')}.${patch}`,
      );
    },
  },
  {
    name: 'z_firmware_version_without_padding',
    why: 'The padding of the three numbers and the letter V are gone; each number is the same.',
  },
  {
    name: 'z_firmware_version_trailing_zero_lost',
    why: 'Minor version 10 becomes 1 and 20 becomes 2, as if it were a decimal, so devices look outdated or get the wrong update.',
    critical: true,
  },
);

const winds = twins(
  {
    fields: ['windDirection', 'vane.mean10', 'heading'],
    least: 10,
    value(random) {
      const centre = random.chance(0.5) ? random.int(-15, 15) : random.int(40, 320);
      const spread = random.int(3, 16);
      const samples = [-spread, 0, spread, 0].map((step) => (centre + step + 360) % 360);
      const mean = (centre + 360) % 360;
      const plain = Math.round(samples.reduce((sum, sample) => sum + sample, 0) / samples.length);
      return shownJson(
        `${samples.map((sample) => String(sample).padStart(3, '0')).join('/')} mean ${String(mean).padStart(3, '0')} deg`,
        { samplesDeg: samples, meanDeg: mean },
        { samplesDeg: samples, meanDeg: plain },
      );
    },
  },
  {
    name: 'z_wind_mean_listed',
    why: 'The samples and their mean direction are given as numbers; around north the mean is taken on the circle on both sides.',
  },
  {
    name: 'z_wind_mean_across_north',
    why: 'Around north the directions are averaged as plain numbers, so winds of 350 and 10 degrees make a mean from the south.',
    critical: true,
  },
);

type Point = readonly [latitude: number, longitude: number];

/** Encodes points of 10^-5 degrees as Google's polyline format does. */
function polyline(points: readonly Point[]): string {
  let text = '';
  let previous: Point = [0, 0];
  for (const point of points) {
    point.forEach((value, axis) => {
      const step = value - previous[axis]!;
      let rest = step < 0 ? ~(step << 1) : step << 1;
      while (rest >= 0x20) {
        text += String.fromCharCode((0x20 | (rest & 0x1f)) + 63);
        rest >>= 5;
      }
      text += String.fromCharCode(rest + 63);
    });
    previous = point;
  }
  return text;
}

const tracks = twins(
  {
    fields: ['track', 'route.geometry', 'vehiclePath'],
    least,
    value(random) {
      let point: Point = [random.int(3_600_000, 5_900_000), random.int(-900_000, 2_400_000)];
      const points = Array.from({ length: random.int(4, 8) }, () => {
        point = [point[0] + random.int(-900, 900), point[1] + random.int(-900, 900)];
        return point;
      });
      const degrees = (value: number) => value / 100_000;
      const line = (flip: boolean) => ({
        type: 'LineString',
        coordinates: points.map(([latitude, longitude]) =>
          flip ? [degrees(latitude), degrees(longitude)] : [degrees(longitude), degrees(latitude)],
        ),
      });
      return shownJson({ encoding: 'polyline5', points: polyline(points) }, line(false), line(true));
    },
  },
  {
    name: 'z_polyline_to_geojson',
    why: 'The encoded polyline holds the same points which GeoJSON lists, longitude first.',
  },
  {
    name: 'z_polyline_to_geojson_axes_exchanged',
    why: 'GeoJSON has the longitude first; here the latitude stands first, so every place in Europe lands in Africa or the Indian Ocean.',
    critical: true,
  },
);

const peak = defect(
  {
    fields: ['peakLoad', 'maxReading', 'stats'],
    least: 12,
    always: true,
    value(random) {
      const samples = Array.from({ length: random.int(4, 7) }, () => random.int(65, 148) / 10);
      const largest = Math.max(...samples);
      const byText = [...samples].map(String).sort().at(-1);
      const shape = (value: number) => ({ samples, max: value });
      return shownJson(shape(largest), shape(largest), shape(Number(byText)));
    },
  },
  {
    name: 'z_peak_compared_as_text',
    why: 'The largest sample is found by comparing texts, so 9.8 beats 14.2 although the samples beside it show otherwise.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...live,
  ...words,
  ...payloads,
  ...firmware,
  ...winds,
  ...tracks,
  peak,
];
