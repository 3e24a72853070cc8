const UNITS = [
  { ns: 86_400_000_000_000n, one: 'day', many: 'days' },
  { ns: 3_600_000_000_000n, one: 'h', many: 'h' },
  { ns: 60_000_000_000n, one: 'min', many: 'min' },
  { ns: 1_000_000_000n, one: 's', many: 's' },
  { ns: 1_000_000n, one: 'ms', many: 'ms' },
  { ns: 1_000n, one: 'µs', many: 'µs' },
  { ns: 1n, one: 'ns', many: 'ns' },
] as const;

/** The two largest units: `2 h`, `1 day 3 h`, `5 h 30 min`. Takes nanoseconds, not negative. */
export function durationText(ns: bigint): string {
  const parts: string[] = [];
  let rest = ns;
  for (const { ns: unit, one, many } of UNITS) {
    const count = rest / unit;
    rest %= unit;
    if (count > 0n) parts.push(`${count} ${count === 1n ? one : many}`);
    if (parts.length === 2) break;
  }
  return parts.length === 0 ? '0 s' : parts.join(' ');
}
