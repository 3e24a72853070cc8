import { type Domain, reading } from './reading.ts';

const CANONICAL = new Map<string, string | undefined>();
const NAMES_MAX = 1000;

/** The zone that a name of the IANA time zone database leads to: its old and new names (`Europe/Kiev`, `Europe/Kyiv`) have the same. */
function canonicalOf(name: string): string | undefined {
  if (!CANONICAL.has(name)) {
    if (CANONICAL.size >= NAMES_MAX) CANONICAL.clear();
    CANONICAL.set(name, resolved(name));
  }
  return CANONICAL.get(name);
}

function resolved(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

export const timeZones: Domain = {
  name: 'time-zone',
  reads: 'A time zone by a name of the IANA database, old or new: Europe/Kiev and Europe/Kyiv.',
  read({ text }) {
    if (text === undefined || !/^[A-Z][A-Za-z]+(?:\/[A-Z][A-Za-z_-]+){1,2}$/.test(text)) return [];
    const zone = canonicalOf(text);
    return zone === undefined ? [] : reading('IANA name', zone, true);
  },
};
