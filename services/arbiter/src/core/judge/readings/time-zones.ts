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

/** Names of Windows without their “ Standard Time”, each with the zone of the region that Unicode gives for the whole world (CLDR, windowsZones). */
const WINDOWS: ReadonlyMap<string, string> = new Map(
  `Hawaiian=Pacific/Honolulu,Alaskan=America/Anchorage,Pacific=America/Los_Angeles,US Mountain=America/Phoenix,Mountain=America/Denver,Central=America/Chicago,
Canada Central=America/Regina,Eastern=America/New_York,Atlantic=America/Halifax,Newfoundland=America/St_Johns,E. South America=America/Sao_Paulo,
Argentina=America/Buenos_Aires,GMT=Europe/London,Greenwich=Atlantic/Reykjavik,W. Europe=Europe/Berlin,Central Europe=Europe/Budapest,Romance=Europe/Paris,
Central European=Europe/Warsaw,GTB=Europe/Bucharest,FLE=Europe/Kiev,Turkey=Europe/Istanbul,Israel=Asia/Jerusalem,Egypt=Africa/Cairo,
South Africa=Africa/Johannesburg,Russian=Europe/Moscow,Arab=Asia/Riyadh,Arabian=Asia/Dubai,India=Asia/Calcutta,SE Asia=Asia/Bangkok,China=Asia/Shanghai,
Singapore=Asia/Singapore,Taipei=Asia/Taipei,Tokyo=Asia/Tokyo,Korea=Asia/Seoul,AUS Eastern=Australia/Sydney,E. Australia=Australia/Brisbane,
Cen. Australia=Australia/Adelaide,W. Australia=Australia/Perth,New Zealand=Pacific/Auckland`
    .split(/,\n?/)
    .map((told) => told.split('=') as [string, string]),
);

export const timeZones: Domain = {
  name: 'time-zone',
  reads:
    'A time zone by a name of the IANA database, old or new: Europe/Kiev and Europe/Kyiv; by its name of Windows, as the zone that Unicode gives for it (W. Europe Standard Time, Europe/Berlin; not that of another country of the same time).',
  read({ text }) {
    if (text?.endsWith(' Standard Time') === true) {
      const own = WINDOWS.get(text.slice(0, -14));
      const told = own && canonicalOf(own);
      return told === undefined ? [] : reading('name of Windows', told, false);
    }
    if (text === undefined || !/^[A-Z][A-Za-z]+(?:\/[A-Z][A-Za-z_-]+){1,2}$/.test(text)) return [];
    const zone = canonicalOf(text);
    return zone === undefined ? [] : reading('IANA name', zone, true);
  },
};
