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
  return {
    run: (status, signal) => captureSession(options, deps, status, signal),
    async remove() {
      await deps.release(wanted.slot);
      await withSql(async (sql) => {
        await dropSlot(sql, wanted.slot);
        await dropPublication(sql, wanted.publication);
      });
      await store.forget();
      return 'slot and publication are removed';
    },
    async giveUp() {
      await deps.release(wanted.slot);
      return withSql((sql) => dropSlot(sql, wanted.slot));
    },
    async exceeded(status) {
      const measure = await withSql((sql) => measureSlot(sql, wanted.slot));
      status.retainedBytes = measure?.retainedBytes;
      const limit = retainedLimitBytes(entanglement);
      return measure !== undefined && slotStanding(measure.retainedBytes, limit) === 'too-much'
        ? tooMuchWal(wanted.slot, measure.retainedBytes, limit)
        : undefined;
    },
  };
}
