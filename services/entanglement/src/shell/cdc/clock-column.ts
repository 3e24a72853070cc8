import type { ClockReading } from '../../core/change/clock-watch.ts';

/** A column that tells the database's clock, in microseconds since 1970. */
export const clockColumn = '(extract(epoch FROM clock_timestamp()) * 1000000)::bigint::text AS clock_us';

/** Of rows that were asked for {@link clockColumn}. */
export function readingOf(sentUs: bigint, rows: readonly unknown[], receivedUs: bigint): ClockReading {
  const [{ clock_us: databaseUs }] = rows as readonly [{ readonly clock_us: string }];
  return {
    sentMs: Number(sentUs) / 1e3,
    databaseMs: Number(databaseUs) / 1e3,
    receivedMs: Number(receivedUs) / 1e3,
  };
}
