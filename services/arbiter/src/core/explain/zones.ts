/** Zones that services are set to most, one for each rule of summer time; a shift by whole hours the year round needs no zone. */
export const ZONES: readonly string[] = [
  'Europe/Berlin',
  'Europe/London',
  'Europe/Helsinki',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Asia/Jerusalem',
  'Australia/Sydney',
  'Pacific/Auckland',
];

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** Nanoseconds east of UTC at a moment (nanoseconds since 1970), by the zone data of the runtime. */
export function zoneOffset(zone: string, ns: bigint): bigint {
  let format = FORMATS.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    FORMATS.set(zone, format);
  }
  const match = /GMT(?:([+-])([0-9]{2}):([0-9]{2}))?$/.exec(format.format(Number(ns / 1_000_000n)));
  const [, sign = '+', hours = '0', minutes = '0'] = match ?? [];
  const east = BigInt(Number(hours) * 60 + Number(minutes)) * 60_000_000_000n;
  return sign === '-' ? -east : east;
}
