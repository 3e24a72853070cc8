/** Another name for the slot in the migration file: what the slot before still holds is read first. */
import type pg from 'pg';
import type { Problem } from '../../core/change/preflight.ts';
import type { CaptureRecord, CaptureStore } from '../store/capture-store.ts';
import { dropPublication, dropSlot, measureSlot, slotOfPublication } from './slot.ts';
import { Stopped } from './stopped.ts';

/** A slot to be read up to `untilLsn`, where the one that the file names begins. */
export interface FormerSlot {
  readonly slot: string;
  readonly publication: string;
  readonly untilLsn: bigint;
}

export interface FormerSlotOptions {
  readonly sql: pg.Client;
  readonly wanted: { readonly slot: string; readonly publication: string };
  readonly store: CaptureStore;
  /** What the store remembers: of another slot than the wanted one. */
  readonly known: CaptureRecord;
  readonly nowUs: () => bigint;
  /** Makes the wanted slot. */
  readonly make: () => Promise<unknown>;
  /** Publication and slot that the file names are there, or may be made; throws otherwise. */
  readonly check: () => Promise<void>;
}

/**
 * Makes the wanted slot beside the one before, and says what is to be read first; undefined once the broker has all of it. Then the one before is dropped, and
 * nothing is missing: what commits after the wanted slot's beginning is told by it, though some of it was told already.
 *
 * @throws Stopped, once, where the one before is gone: what it held is a gap.
 */
export async function formerSlot(options: FormerSlotOptions): Promise<FormerSlot | undefined> {
  const { sql, wanted, store, known, nowUs, make, check } = options;
  const before = await measureSlot(sql, known.slot);
  if (before === undefined) {
    await store.write({ slot: wanted.slot, completeSinceUs: nowUs(), isToBeMade: true });
    throw new Stopped([lost(known.slot, wanted.slot)]);
  }
  if (known.next !== wanted.slot) {
    await check();
    if (known.next !== undefined) await dropNamed(sql, known.next, wanted.publication);
    await store.write({ ...known, next: wanted.slot });
  }
  if ((await measureSlot(sql, wanted.slot)) === undefined) await make();
  const untilLsn = (await measureSlot(sql, wanted.slot))?.confirmedLsn ?? 0n;
  const read = known.acknowledgedLsn ?? 0n;
  if ((read > before.confirmedLsn ? read : before.confirmedLsn) >= untilLsn) {
    await dropNamed(sql, known.slot, wanted.publication);
    await store.write({ ...known, slot: wanted.slot, next: undefined, acknowledgedLsn: untilLsn });
    return undefined;
  }
  const isOwn = (await slotOfPublication(sql, known.slot)) === known.slot;
  return { slot: known.slot, publication: isOwn ? known.slot : wanted.publication, untilLsn };
}

/** A slot of ours, and the publication that was made with it, unless the file names that one still. */
export async function dropNamed(sql: pg.Client, slot: string, publication: string): Promise<boolean> {
  const hadSlot = await dropSlot(sql, slot);
  if (slot !== publication && (await slotOfPublication(sql, slot)) === slot) await dropPublication(sql, slot);
  return hadSlot;
}

function lost(before: string, now: string): Problem {
  return {
    code: 'slot-lost',
    message: `slot ${before}, of which the migration file says ${now} now, is gone: what was not read from it is not known`,
    remedy: `slot ${now} is made; verify the databases (chronos verify), then chronos resume`,
    passing: false,
  };
}
