/** Minutes ahead of UTC of zones that are told by letters, of those whose letters mean one in the field of clocks (tz database). */
const OFFSETS: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  WET: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  EST: -300,
  EDT: -240,
  PST: -480,
  PDT: -420,
};
const DAY = 24 * 60;

/** 1015 CET and 09:15Z, or 10:15+01:00: a time of day with its zone by letters, and the same with its offset. */
export function isZonedAlike(legacy: string, modern: string): boolean {
  const [, hours, minutes, zone = ''] = /^([01][0-9]|2[0-3]):?([0-5][0-9]) ?([A-Z]{3,4})$/.exec(legacy) ?? [];
  const offset = OFFSETS[zone];
  const [, h, m, sign, oh = '0', om = '0'] =
    /^([01][0-9]|2[0-3]):([0-5][0-9])(?::00)?(?:Z|([+-])([0-9]{2}):?([0-9]{2}))$/.exec(modern) ?? [];
  if (offset === undefined || h === undefined) return false;
  const ahead = (sign === '-' ? -1 : 1) * (Number(oh) * 60 + Number(om));
  const ours = Number(hours) * 60 + Number(minutes) - offset;
  return (ours - (Number(h) * 60 + Number(m) - ahead) + 2 * DAY) % DAY === 0;
}
