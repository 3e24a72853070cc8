const TEXT =
  /^([0-9]{4,6})-([0-9]{2})-([0-9]{2})[ T]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:[.]([0-9]{1,6}))?(Z|[+-][0-9]{2}(?::[0-9]{2}){0,2})?( BC)?$/;

/**
 * Postgres' ISO text of a timestamp as `2026-01-02T03:04:05.000000Z`: UTC, all six digits. Without a zone it is taken as UTC; `infinity` stays.
 * Undefined when it is none.
 */
export function instantOf(text: string): string | undefined {
  if (text === 'infinity' || text === '-infinity') return text;
  const match = TEXT.exec(text);
  if (match === null) return undefined;
  const [, year = '', month, day, hour, minute, second, fraction = '', zone = 'Z', era = ''] = match;
  const micros = fraction.padEnd(6, '0');
  const offset = offsetSeconds(zone);
  if (offset === 0) return `${year}-${month}-${day}T${hour}:${minute}:${second}.${micros}Z${era}`;
  // Only sessions outside UTC: such a year before 1 is nobody's row.
  if (era !== '') return undefined;
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const iso = new Date(local - offset * 1_000).toISOString();
  return `${iso.slice(0, iso.indexOf('.')).replace(/^[+]0*/, '')}.${micros}Z`;
}

function offsetSeconds(zone: string): number {
  if (zone === 'Z') return 0;
  const [hours = 0, minutes = 0, seconds = 0] = zone.slice(1).split(':').map(Number);
  const total = hours * 3_600 + minutes * 60 + seconds;
  return zone.startsWith('-') ? -total : total;
}
