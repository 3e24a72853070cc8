import { readInstants, readInstantText } from '../value/instants.ts';
import type { Side } from '../value/side.ts';
import { type Domain, type Reading, reading } from './reading.ts';

const MINUTE_MS = 60_000;

/** A local time with the name of its zone beside it; the key is the millisecond since 1970. */
export const zonedTimes: Domain = {
  name: 'zoned-time',
  reads:
    'A local time with the name of its zone (IANA) and the same instant with its offset: {"local":"2024-05-02 07:45","zone":"Europe/Berlin"} and 2024-05-02T05:45:00Z.',
  read: (side) => [...ofMembers(side), ...ofText(side)],
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
  const zone = texts.find((text) => /^[A-Z][A-Za-z]+\/[A-Za-z_]+$/.test(text));
  const local = texts.find((text) => text !== zone);
  const [instant] = local === undefined ? [] : readInstantText(local);
  if (zone === undefined || instant === undefined || instant.zoned) return [];
  const wall = Number(instant.ns / 1_000_000n);
  // The offset of the zone an hour before and behind: where they differ, the clock is being changed and a time may come twice.
  const offsets = [-60, 0, 60].map((minutes) => offsetAt(zone, wall + minutes * MINUTE_MS));
  const [offset] = offsets;
  if (offset === undefined || new Set(offsets).size > 1) return [];
  const at = wall - offset;
  return offsetAt(zone, at) === offset ? reading('local time and zone', String(at), true) : [];
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
