import { adds, asIs, asNumber, type Told, toldLine } from './told-lines.ts';

const REPORT =
  /^(?:METAR )?([A-Z]{4}) ([0-9]{2})([0-9]{4})Z (?:([0-9]{3})|(VRB))([0-9]{2,3})(?:G([0-9]{2,3}))?KT(?: ([0-9]{4}))?((?: (?:FEW|SCT|BKN|OVC)[0-9]{3})*) (M?[0-9]{2})\/(M?[0-9]{2}) Q([0-9]{4})=?$/;

/** M is minus (WMO 306, FM 15). */
function degrees(text: string): string {
  return String(Number(text.replace('M', '-')) + 0);
}

const visibility = (value: string): Told | undefined =>
  /^(?:10 ?km or more|9999|10000|>= ?10 ?km)$/i.test(value)
    ? { visibility: '9999' }
    : asNumber('visibility')(value);

/** A weather report of an airfield; sections beyond those here are not read. */
export const weatherReports = toldLine({
  name: 'weather-report',
  reads:
    'A weather report of an airfield (METAR) and its groups: "EFHK 080450Z 14010KT 9999 M08/M14 Q1011" and its members; M is minus.',
  text(text) {
    const match = text.length > 120 ? null : REPORT.exec(text);
    if (match === null) return undefined;
    const [, station = '', day, clock = '', from, variable = '', speed, gust = '', sight = '', clouds = ''] =
      match;
    const [air = '', dew = '', pressure] = match.slice(10);
    return {
      station,
      day: String(Number(day)),
      clock,
      from: from === undefined ? variable : String(Number(from)),
      speed: String(Number(speed)),
      gust: gust === '' ? '' : String(Number(gust)),
      visibility: sight === '' ? '' : String(Number(sight)),
      clouds: clouds.trim(),
      air: degrees(air),
      dew: degrees(dew),
      pressure: String(Number(pressure)),
    };
  },
  needs: ['station', 'air', 'dew'],
  members: [
    [/^(?:station|icao|airport|aerodrome|location)\b/, asIs('station', /^[A-Z]{4}$/)],
    [/\b(?:dew|dewpoint)\b/, asNumber('dew')],
    [/\b(?:temp|temperature|air|oat)\b/, asNumber('air')],
    [/\b(?:qnh|pressure|hectopascals|hpa|altimeter)\b/, asNumber('pressure')],
    [/\bgusts?\b/, asNumber('gust')],
    [/\b(?:wind|from|direction)\b.*\b(?:from|direction|degrees|deg|dir)\b/, asNumber('from')],
    [/\b(?:wind|from|direction)\b.*\b(?:from|direction|degrees|deg|dir)\b/, asIs('from', /^VRB$/)],
    [/\b(?:speed|knots|kt)\b/, asNumber('speed')],
    [/\bvisib\w*/, visibility],
    [/\bunit\b/, adds(/^(?:kt|kn|knots|C|Cel|hPa)$/)],
    [/\bclouds?\b/, asIs('clouds', /^(?:FEW|SCT|BKN|OVC)[0-9]{3}$/)],
    [/\bday\b/, asNumber('day')],
    [
      /\b(?:time|issued|utc|observed|hour)\b/,
      (value): Told | undefined => {
        const [, day, hour, minute] = /^([0-9]{2})?([0-9]{2}):?([0-9]{2})Z?$/.exec(value) ?? [];
        if (hour === undefined || minute === undefined) return undefined;
        return { ...(day !== undefined && { day: String(Number(day)) }), clock: hour + minute };
      },
    ],
  ],
});

const PAIR = /^(M?[0-9]{2})\/(M?[0-9]{2})$/;

/** The group of temperatures by itself: 15/10 is anything without its members. */
export const airTemperatures = toldLine({
  name: 'air-temperatures',
  reads: 'Temperature and dew point of a weather report: M04/M11 and {"temperature":-4,"dewPoint":-11}.',
  weak: true,
  text(text) {
    const [, air, dew] = PAIR.exec(text) ?? [];
    return air === undefined || dew === undefined ? undefined : { air: degrees(air), dew: degrees(dew) };
  },
  needs: ['air', 'dew'],
  members: [
    [/\b(?:dew|dewpoint)\b/, asNumber('dew')],
    [/\b(?:temp|temperature|air)\b/, asNumber('air')],
    [/\bunit\b/, adds(/^(?:C|Cel|°C)$/)],
  ],
});
