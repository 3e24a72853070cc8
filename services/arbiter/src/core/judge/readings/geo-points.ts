import { isArray, NumberText, type Value } from '../../compare/value.ts';
import { plainNumber } from '../value/atoms.ts';
import type { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import { type Domain, type Reading, reading } from './reading.ts';

const LATITUDE = /^(?:lat|latitude|breite|breitengrad)$/;
const LONGITUDE = /^(?:lon|lng|long|longitude|laenge|länge|laengengrad)$/;
const DEGREES = /^-?[0-9]{1,3}(?:\.[0-9]{1,15})?$/;

/** A place on earth; the key is its latitude and longitude. GeoJSON writes the longitude first (RFC 7946, 3.1.1). */
export const geoPoints: Domain = {
  name: 'geographic-point',
  reads:
    'A place by its named coordinates or as a GeoJSON point, longitude first: {"lat":"49.9","lng":"13.2"}, {"type":"Point","coordinates":[13.2,49.9]}; as receivers tell it (NMEA 0183), degrees and minutes with their decimals: 5857.663,S,06255.491,E; in well-known text, longitude first (POINT(13.2 49.9)), and as a geo URI, latitude first (geo:49.9,13.2).',
  read({ text, fields }: Side): readonly Reading[] {
    if (text !== undefined) return text.length > 80 ? [] : [...ofReceiver(text), ...ofText(text)];
    if (fields === undefined || fields.size !== 2) return [];
    const coordinates = fields.get('coordinates');
    if (fields.get('type') === 'Point' && coordinates !== undefined && isArray(coordinates))
      return coordinates.length === 2 ? point('GeoJSON', coordinates[1], coordinates[0]) : [];
    const at = (names: RegExp) => [...fields].find(([key]) => names.test(wordsOf(key)))?.[1];
    return point('members', at(LATITUDE), at(LONGITUDE));
  },
  near: (legacy, modern) => legacy.split(' ').reverse().join(' ') === modern,
};

const WELL_KNOWN =
  /^(?:SRID=4326; ?)?POINT ?\( ?(-?[0-9]{1,3}(?:\.[0-9]{1,15})?) (-?[0-9]{1,2}(?:\.[0-9]{1,15})?) ?\)$/i;
const GEO_URI = /^geo:(-?[0-9]{1,2}(?:\.[0-9]{1,15})?),(-?[0-9]{1,3}(?:\.[0-9]{1,15})?)(?:;crs=wgs84)?$/i;

/** Well-known text (OGC 06-103) and geo URIs (RFC 5870). */
function ofText(text: string): readonly Reading[] {
  const known = WELL_KNOWN.exec(text);
  if (known !== null) return point('well-known text', known[2], known[1]);
  const uri = GEO_URI.exec(text);
  return uri === null ? [] : point('geo URI', uri[1], uri[2]);
}

const RECEIVER = /^([0-9]{2})([0-5][0-9]\.[0-9]{1,3}),([NS]),([01][0-9]{2})([0-5][0-9]\.[0-9]{1,3}),([EW])$/;

/** Of a thousandth of a minute five decimals of a degree tell each from the next: other decimals are not compared. */
function ofReceiver(text: string): readonly Reading[] {
  const [whole, north = '', minutes = '', ns, east = '', more = '', ew] = RECEIVER.exec(text) ?? [];
  if (whole === undefined) return [];
  const degrees = (of: string, sixtieths: string, negative: boolean) =>
    new NumberText(plainNumber(`${negative ? '-' : ''}${(Number(of) + Number(sixtieths) / 60).toFixed(5)}`));
  return point('receiver', degrees(north, minutes, ns === 'S'), degrees(east, more, ew === 'W'));
}

function point(
  reader: string,
  latitude: Value | undefined,
  longitude: Value | undefined,
): readonly Reading[] {
  const [north, east] = [latitude, longitude].map((value) =>
    value instanceof NumberText ? value.text : typeof value === 'string' ? value : '',
  );
  if (north === undefined || east === undefined || !DEGREES.test(north) || !DEGREES.test(east)) return [];
  if (Math.abs(Number(north)) > 90 || Math.abs(Number(east)) > 180) return [];
  return reading(reader, `${plainNumber(north)} ${plainNumber(east)}`, true);
}
