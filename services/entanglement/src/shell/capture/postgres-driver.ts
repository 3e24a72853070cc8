import type pg from 'pg';
import { retainedLimitBytes } from '../../core/change/declared.ts';
import { movedOn } from '../../core/change/slot-plan.ts';
import { slotStanding } from '../../core/change/slot-watch.ts';
import { dropNamed } from '../cdc/former-slot.ts';
import { dropPublication, measureSlot } from '../cdc/slot.ts';
import { withSql } from '../cdc/with-sql.ts';
import type { CaptureDriver } from './capture-driver.ts';
import type { CaptureDeps, CaptureOptions } from './capture-options.ts';
import { captureSession } from './session.ts';
import { tooMuchWal } from './session-problems.ts';

/** Capture by a logical replication slot. */
export function postgresDriver(options: CaptureOptions, deps: CaptureDeps): CaptureDriver {
  const { wanted, entanglement, store, url } = options;
  /** Of a slot that Chronos did not make nothing is measured, and none is dropped. The first is the one that is read. */
  async function ourSlots(): Promise<string[]> {
    const known = await store.read();
    return [known?.slot, known?.next].filter((slot) => slot !== undefined);
  }
  /** True when there was one. */
  async function drop(sql: pg.Client, slots: readonly string[]): Promise<boolean> {
    let had = false;
    for (const slot of slots) had = (await dropNamed(sql, slot, wanted.publication)) || had;
    return had;
  }
  return {
    run: (status, signal) => captureSession(options, deps, status, signal),
    async remove() {
      const ours = await ourSlots();
      for (const slot of ours) await deps.release(slot);
      const removed = await withSql(url, async (sql) => [
        ...((await drop(sql, ours)) ? ['slot'] : []),
        ...((await dropPublication(sql, wanted.publication)) ? ['publication'] : []),
      ]);
      await store.forget();
      return removed.length > 0
        ? `removed: ${removed.join(', ')}`
        : 'nothing of Chronos stood in the database';
    },
    async giveUp() {
      const ours = await ourSlots();
      if (ours.length === 0) return false;
      for (const slot of ours) await deps.release(slot);
      // First: the slot's absence is then no news.
      await store.toBeMade();
      return withSql(url, (sql) => drop(sql, ours));
    },
    async movedOn() {
      const known = await store.read();
      if (known?.acknowledgedLsn === undefined || known.isToBeMade === true) return undefined;
      const measure = await withSql(url, (sql) => measureSlot(sql, known.slot));
      if (measure === undefined || measure.confirmedLsn <= known.acknowledgedLsn) return undefined;
      const { confirmedLsn } = measure;
      const nowUs = deps.nowUs();
      await store.write({ ...known, completeSinceUs: nowUs, acknowledgedLsn: confirmedLsn });
      return movedOn(known.slot, confirmedLsn, new Date(Number(nowUs / 1_000n)).toISOString());
    },
    async exceeded(status) {
      const [slot] = await ourSlots();
      if (slot === undefined) return undefined;
      const measure = await withSql(url, (sql) => measureSlot(sql, slot));
      status.retainedBytes = measure?.retainedBytes;
      const limit = retainedLimitBytes(entanglement);
      return measure !== undefined && slotStanding(measure.retainedBytes, limit) === 'too-much'
        ? tooMuchWal(slot, measure.retainedBytes, limit)
        : undefined;
    },
  };
}
