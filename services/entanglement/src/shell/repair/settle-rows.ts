import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Universe } from '../../core/mapping/catalog.ts';
import { caseOfRows } from '../../core/repair/case-of-change.ts';
import type { Reconciler } from '../../core/repair/reconciler.ts';
import type { RepairCase } from '../../core/repair/repair-case.ts';

type Rows = readonly { readonly entity: string; readonly key: string }[];

/** Has the reconciler make these rows what the authority has. Resolves when they are, or when what is left stands in cases of its own. */
export type SettleRows = (rows: Rows, authority: Universe, signal: AbortSignal) => Promise<void>;

export interface SettlePorts {
  readonly reconciler: Pick<Reconciler, 'standing' | 'withdraw'>;
  readonly take: (said: RepairCase) => void;
  /** A case that is over as it stands is to be stored so. */
  readonly withdrawn: (gone: RepairCase) => void;
  readonly save: () => Promise<void>;
}

const lookMs = 50;
/** Rows that somebody is at work on all the time do not hold up the rest: their case goes on by itself. */
const withinMs = 10_000;
/** A database that refuses twice is taken at its word. */
const refusalsMax = 2;
/** Splits of one call: each takes as long as two refusals. */
const splitsMax = 40;

/** A case whose rows a database refuses is halved until the rows are found that it does not take, so that the others are written. */
export function settleRows({ reconciler, take, withdrawn, save }: SettlePorts): SettleRows {
  return async (all, authority, signal) => {
    const waiting: Rows[] = [all];
    let splits = 0;
    for (let rows = waiting.shift(); rows !== undefined; rows = waiting.shift()) {
      const id = `entity:${randomUUID()}`;
      take({ ...caseOfRows(id, rows, authority, Date.now()), cause: 'entity' });
      await save();
      const isRefused = await refusal(reconciler, id, signal);
      if (!isRefused || rows.length === 1 || splits >= splitsMax) continue;
      splits += 1;
      const gone = reconciler.withdraw(id);
      if (gone !== undefined) withdrawn(gone);
      const middle = Math.ceil(rows.length / 2);
      waiting.unshift(rows.slice(0, middle), rows.slice(middle));
    }
    await save();
  };
}

/** Resolves to whether the rows were refused; else they are equal, or still being worked on. */
async function refusal(
  reconciler: SettlePorts['reconciler'],
  id: string,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    const kept = reconciler.standing(id);
    if (kept === undefined) return false;
    if (kept.refusals >= refusalsMax) return true;
    await delay(lookMs, undefined, { signal });
  }
  return false;
}
