import { isArray, isObject, NumberText, type Value } from '../../compare/value.ts';
import type { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import { type Domain, type Reading, reading } from './reading.ts';

const POINTS_MAX = 400;
type Point = readonly [north: number, east: number];

/** Five bits a sign from 63 on, the lowest of a number first, its sign in the last bit; each point is told from the one before (Encoded Polyline Algorithm Format). */
function decoded(text: string): readonly Point[] | undefined {
  if (!/^[?-~]{10,4000}$/.test(text)) return undefined;
  const steps: number[] = [];
  let [bits, shift] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) - 63;
    bits += (code & 31) * 2 ** shift;
    shift += 5;
    if (shift > 35) return undefined;
    if (code < 32) {
      steps.push(bits % 2 === 1 ? -(bits + 1) / 2 : bits / 2);
      [bits, shift] = [0, 0];
    }
  }
  if (shift !== 0 || steps.length % 2 === 1 || steps.length < 4 || steps.length > 2 * POINTS_MAX)
    return undefined;
  let [north, east] = [0, 0];
  const points: Point[] = [];
  for (let i = 0; i < steps.length; i += 2) {
    north += steps[i] ?? 0;
    east += steps[i + 1] ?? 0;
    points.push([north, east]);
  }
  return points.every(([n, e]) => Math.abs(n) <= 90e5 && Math.abs(e) <= 180e5) ? points : undefined;
}

/** Places one after another; the key is their latitudes and longitudes in units of the fifth digit. */
export const polylines: Domain = {
  name: 'line-of-places',
  long: true,
  reads:
    'A line as an encoded polyline of five digits and by its places, GeoJSON with the longitude first: {"polyline":"{|xaH`r}Cmn@yj@","precision":5} and {"type":"LineString","coordinates":[[-0.81201,47.64638],[-0.805,47.65397]]}.',
  read({ text, fields, items }: Side): readonly Reading[] {
    // By itself it may be any text.
    if (text !== undefined) return told('encoded', decoded(text), false);
    if (items !== undefined) return told('places', pairs(items), true);
    if (fields === undefined || fields.size > 2) return [];
    if (fields.get('type') === 'LineString') {
      const turned = pairs(fields.get('coordinates') ?? null)?.map(([x, y]): Point => [y, x]);
      return told('GeoJSON', turned, true);
    }
    const coded = [...fields].find(([key]) =>
      /\b(?:polyline|points|path|line|encoded)\b/.test(wordsOf(key)),
    )?.[1];
    if (typeof coded === 'string') {
      const others = [...fields.values()].filter((value) => value !== coded);
      const isFive = others.every((value) =>
        value instanceof NumberText
          ? value.text === '5'
          : /^(?:encoded )?polyline(?:5)?$/.test(String(value)),
      );
      return isFive ? told('encoded', decoded(coded), true) : [];
    }
    return fields.size === 1 && coded !== undefined ? told('places', named(coded), true) : [];
  },
  // Latitude and longitude have changed places, or the digits are taken for six.
  near(legacy, modern) {
    const [ours, theirs] = [legacy, modern].map((key) => key.split(/[ ;]/).map(Number));
    if (ours === undefined || theirs === undefined || ours.length !== theirs.length) return false;
    const turned = ours.every((at, i) => at === theirs[i % 2 === 0 ? i + 1 : i - 1]);
    return turned || ours.every((at, i) => Math.abs(at - (theirs[i] ?? 0) * 10) <= 10);
  },
};

function told(reader: string, points: readonly Point[] | undefined, strong: boolean): readonly Reading[] {
  return points === undefined || points.length < 2
    ? []
    : reading(reader, points.map((point) => point.join(' ')).join(';'), strong);
}

function units(value: Value | undefined): number | undefined {
  const text = value instanceof NumberText ? value.text : '';
  const [, digits] = /^-?[0-9]{1,3}(?:\.([0-9]{1,15}))?$/.exec(text) ?? [];
  if (text === '' || !/^-?[0-9]{1,3}(?:\.|$)/.test(text)) return undefined;
  // Of more digits a place is another one, however near.
  return (digits ?? '').length > 5
    ? Number((Number(text) * 1e5).toFixed(4))
    : Math.round(Number(text) * 1e5) + 0;
}

function pairs(value: Value | readonly Value[]): readonly Point[] | undefined {
  if (!isArray(value as Value) || (value as readonly Value[]).length > POINTS_MAX) return undefined;
  return all(
    (value as readonly Value[]).map((pair) => (isArray(pair) && pair.length === 2 ? [pair[0], pair[1]] : [])),
  );
}

function named(value: Value): readonly Point[] | undefined {
  if (!isArray(value) || value.length > POINTS_MAX) return undefined;
  return all(
    value.map((place) => {
      if (!isObject(place) || place.size !== 2) return [];
      const at = (names: RegExp) => [...place].find(([key]) => names.test(wordsOf(key)))?.[1];
      return [at(/^(?:lat|latitude)$/), at(/^(?:lon|lng|long|longitude)$/)];
    }),
  );
}

function all(places: readonly (readonly (Value | undefined)[])[]): readonly Point[] | undefined {
  const points: Point[] = [];
  for (const [first, second] of places) {
    const [north, east] = [units(first), units(second)];
    if (north === undefined || east === undefined) return undefined;
    points.push([north, east]);
  }
  return points;
}
