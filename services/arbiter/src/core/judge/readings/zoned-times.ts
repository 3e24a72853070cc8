import { readInstants, readInstantText } from '../value/instants.ts';
import type { Side } from '../value/side.ts';
import { type Domain, type Reading, reading } from './reading.ts';

const MINUTE_MS = 60_000;

/** A local time with the name of its zone beside it; the key is the millisecond since 1970. */
export const zonedTimes: Domain = {
  name: 'zoned-time',
  reads:
    'A local time with the name of its zone (IANA) and the same instant with its offset: {"local":"2024-05-02 07:45","zone":"Europe/Berlin"} and 2024-05-02T05:45:00Z; also in one text: 07.02.2023 18.30 Uhr (Europe/Vienna).',
  read: (side) => [...ofMembers(side), ...ofText(side), ...ofNamed(side.text ?? '')],
};

function ofText(side: Side): readonly Reading[] {
  const instants = side.text === undefined ? [] : readInstants(side).filter(({ zoned }) => zoned);
  const [found] = instants;
  return found === undefined || instants.length > 1
    ? []
    : reading('instant', String(found.ns / 1_000_000n), true, true);
}

function ofMembers({ fields }: Side): readonly Reading[] {
  if (fields?.size !== 2) return [];
  const texts = [...fields.values()].flatMap((value) => (typeof value === 'string' ? [value] : []));
  const zone = texts.find((text) => ZONE.test(text));
  return atZone(
    texts.find((text) => text !== zone),
    zone,
    'local time and zone',
  );
}

const ZONE = /^[A-Z][A-Za-z]+\/[A-Za-z_]+$/;

/** A local time with the name of its zone behind it. */
function ofNamed(text: string): readonly Reading[] {
  const [, local, zone] =
    /^([0-9][0-9:. T-]{9,24}(?: ?Uhr)?) ?[([]?([A-Z][A-Za-z]+\/[A-Za-z_]+)[)\]]?$/.exec(text) ?? [];
  const clock = local?.replace(/ ([0-2]?[0-9])\.([0-5][0-9])(?= ?Uhr)/, ' $1:$2').replace(/ ?Uhr$/, '');
  return atZone(clock?.trim(), zone, 'local time and its zone');
}

function atZone(local: string | undefined, zone: string | undefined, reader: string): readonly Reading[] {
  const [instant] = local === undefined ? [] : readInstantText(local);
  if (zone === undefined || instant === undefined || instant.zoned) return [];
  const wall = Number(instant.ns / 1_000_000n);
  // The offset of the zone an hour before and behind: where they differ, the clock is being changed and a time may come twice.
  const offsets = [-60, 0, 60].map((minutes) => offsetAt(zone, wall + minutes * MINUTE_MS));
  const [offset] = offsets;
  if (offset === undefined || new Set(offsets).size > 1) return [];
  const at = wall - offset;
  return offsetAt(zone, at) === offset ? reading(reader, String(at), true) : [];
}

const FORMATS = new Map<string, Intl.DateTimeFormat | undefined>();
const FORMATS_MAX = 100;

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!FORMATS.has(zone) && FORMATS.size < FORMATS_MAX) FORMATS.set(zone, newFormat(zone));
  return FORMATS.get(zone);
}

function newFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  } catch {
    return undefined;
  }
}

/** Milliseconds that the clocks of a zone are ahead of UTC. */
function offsetAt(zone: string, at: number): number | undefined {
  const shown = formatOf(zone)?.format(at);
  return shown === undefined
    ? undefined
    : Date.parse(`${shown.replace(' ', 'T')}Z`) - Math.floor(at / 1000) * 1000;
}
