import type pg from 'pg';
import { retainedLimitBytes } from '../../core/change/declared.ts';
import { slotStanding } from '../../core/change/slot-watch.ts';
import { openSql } from '../cdc/open-sql.ts';
import { dropPublication, dropSlot, measureSlot } from '../cdc/slot.ts';
import type { CaptureDriver } from './capture-driver.ts';
import type { CaptureDeps, CaptureOptions } from './capture-options.ts';
import { captureSession, tooMuchWal } from './session.ts';

/** Capture by a logical replication slot. */
export function postgresDriver(options: CaptureOptions, deps: CaptureDeps): CaptureDriver {
  const { wanted, entanglement, store, url } = options;
  async function withSql<T>(work: (sql: pg.Client) => Promise<T>): Promise<T> {
    const sql = await openSql(url);
    try {
      return await work(sql);
    } finally {
      await sql.end();
    }
  }
  /** Of a slot that Chronos did not make nothing is measured, and none is dropped. */
  async function isOurs(): Promise<boolean> {
    return (await store.read())?.slot === wanted.slot;
  }
  return {
    run: (status, signal) => captureSession(options, deps, status, signal),
    async remove() {
      const dropsSlot = await isOurs();
      if (dropsSlot) await deps.release(wanted.slot);
      const removed = await withSql(async (sql) => [
        ...(dropsSlot && (await dropSlot(sql, wanted.slot)) ? ['slot'] : []),
        ...((await dropPublication(sql, wanted.publication)) ? ['publication'] : []),
      ]);
      await store.forget();
      return removed.length > 0
        ? `removed: ${removed.join(', ')}`
        : 'nothing of Chronos stood in the database';
    },
    async giveUp() {
      if (!(await isOurs())) return false;
      await deps.release(wanted.slot);
      // First: the slot's absence is then no news.
      await store.toBeMade();
      return withSql((sql) => dropSlot(sql, wanted.slot));
    },
    async exceeded(status) {
      if (!(await isOurs())) return undefined;
      const measure = await withSql((sql) => measureSlot(sql, wanted.slot));
      status.retainedBytes = measure?.retainedBytes;
      const limit = retainedLimitBytes(entanglement);
      return measure !== undefined && slotStanding(measure.retainedBytes, limit) === 'too-much'
        ? tooMuchWal(wanted.slot, measure.retainedBytes, limit)
        : undefined;
    },
  };
}
