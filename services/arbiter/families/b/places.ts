/** Families of places, time zones and languages. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** A name of a zone, its current name, and what a careless mapping makes of it. */
const zones = [
  ['Asia/Calcutta', 'Asia/Kolkata', 'Asia/Karachi'],
  ['US/Eastern', 'America/New_York', 'Etc/GMT-5'],
  ['US/Pacific', 'America/Los_Angeles', 'Etc/GMT-8'],
  ['Europe/Kiev', 'Europe/Kyiv', 'Europe/Moscow'],
  ['GB', 'Europe/London', 'UTC'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh', 'Asia/Shanghai'],
  ['Japan', 'Asia/Tokyo', 'Etc/GMT+9'],
  ['Australia/NSW', 'Australia/Sydney', 'Australia/Brisbane'],
] as const;
/** A Java locale, its BCP 47 tag, and what a careless mapping makes of it. */
const locales = [
  ['iw_IL', 'he-IL', 'en-IL'],
  ['in_ID', 'id-ID', 'hi-IN'],
  ['pt_BR', 'pt-BR', 'pt-PT'],
  ['zh_TW', 'zh-TW', 'zh-CN'],
  ['fr_CA', 'fr-CA', 'fr-FR'],
  ['de_CH', 'de-CH', 'de-DE'],
  ['en_GB', 'en-GB', 'en-US'],
] as const;

function angle(degrees: number, hundredths: number, hemisphere: string): string {
  const seconds = hundredths * 36;
  return `${degrees}°${two(Math.floor(seconds / 60))}'${two(seconds % 60)}"${hemisphere}`;
}

export const families: Family[] = [
  ...twins(
    {
      fields: ['position', 'depotLocation', 'antenna.site', 'coordinates'],
      common: (random) => random.pick(['sign', 'minutes'] as const),
      value(random, defect) {
        const [lat, lon] = [random.int(3, 65), random.int(2, 150)];
        const [latPart, lonPart] = [random.int(0, 99), random.int(1, 99)];
        const west = random.chance(0.5);
        const legacy = `${angle(lat, latPart, 'N')} ${angle(lon, lonPart, west ? 'W' : 'E')}`;
        const point = (east: number): string =>
          object({ lat: decimal(lat * 100 + latPart, 2), lon: decimal(east, 2) });
        const sign = west ? -1 : 1;
        const asMinutes = lon * 100 + Math.floor((lonPart * 36) / 60);
        return shown(
          json(legacy),
          point(sign * (lon * 100 + lonPart)),
          point(defect === 'sign' ? lon * 100 + lonPart : sign * asMinutes),
        );
      },
    },
    {
      name: 'b_degrees_minutes_seconds',
      why: 'Degrees, minutes and seconds were turned into the same angle in decimal degrees, west being negative.',
    },
    {
      name: 'b_degrees_misread',
      critical: true,
      why: 'West lost its minus sign, or minutes were read as hundredths: the place is another one.',
    },
  ),
  ...twins(
    {
      fields: ['geometry', 'pickupPoint', 'deliveryPoint', 'shape'],
      value(random) {
        const [lon, lat] = [random.int(-17_900, 17_900), random.int(-8900, 8900)].map((n) => decimal(n, 2));
        const point = (first: string, second: string): string =>
          object({ type: '"Point"', coordinates: `[${first},${second}]` });
        return shown(json(`POINT (${lon} ${lat})`), point(lon!, lat!), point(lat!, lon!));
      },
    },
    {
      name: 'b_wkt_to_geojson',
      why: 'Well-known text and GeoJSON both put longitude before latitude: the same point.',
    },
    {
      name: 'b_geojson_axes_swapped',
      critical: true,
      why: 'Latitude stands where GeoJSON has longitude, which sends the delivery elsewhere.',
    },
  ),
  ...twins(
    {
      fields: ['timeZone', 'tzid', 'branch.zone', 'settings.tz'],
      value(random) {
        const [old, current, other] = random.pick(zones);
        return shown(json(old), json(current), json(other));
      },
    },
    {
      name: 'b_zone_renamed',
      why: 'The time zone database lists the one name as a link to the other.',
    },
    {
      name: 'b_zone_of_other_rules',
      critical: false,
      why: 'The rewrite names a zone with another offset, no daylight saving, or the inverted sign of Etc/GMT.',
    },
  ),
  ...twins(
    {
      fields: ['locale', 'language', 'correspondence.lang', 'uiCulture'],
      value(random) {
        const [java, tag, other] = random.pick(locales);
        return shown(json(java), json(tag), json(other));
      },
    },
    {
      name: 'b_java_locale_to_tag',
      why: 'Underscore or hyphen, and the withdrawn codes iw and in of old Java, denote the same language and region.',
    },
    {
      name: 'b_locale_of_neighbour',
      critical: false,
      why: 'The rewrite falls back to another region or another language.',
    },
  ),
];
