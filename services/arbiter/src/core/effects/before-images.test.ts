import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type EntityChange,
  EntityChangeSchema,
  Operation,
  type StateUpdate,
  VectorFieldSchema,
  VectorSchema,
} from '@chronos/proto/events/v1/state_update_pb.js';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { change, databaseRules, transaction, watermark, withoutBefore } from '../../testing/two-databases.ts';
import type { State } from './cell.ts';
import { StateWindow } from './state-window.ts';

const lasting = (entity: string) => databaseRules.effects?.entities.get(entity)?.lasting.legacy ?? new Set();
const windowOf = () => new StateWindow(2, undefined, (_migration, _universe, entity) => lasting(entity));

const row = (id: string, balance: number) => ({ id, balance, bookings: 1, status: 'open' });
const [ACCOUNTS, STEP_MS] = [['A', 'B'], 10];

interface Step {
  readonly account: string;
  readonly to: number | undefined;
}
const steps = fc.array(
  fc.record({
    account: fc.constantFrom(...ACCOUNTS),
    to: fc.option(fc.integer({ min: 0, max: 99 }), { nil: undefined, freq: 6 }),
  }),
  { minLength: 2, maxLength: 14 },
);

/** Each step as a transaction of legacy's, whole; a row that is not there is made, one that is there changed or removed. */
function history(all: readonly Step[]) {
  const now = new Map<string, number>();
  return all.flatMap(({ account, to }, at) => {
    const from = now.get(account);
    if (from === undefined && to === undefined) return [];
    if (to === undefined) now.delete(account);
    else now.set(account, to);
    const image = (balance: number | undefined) =>
      balance === undefined ? undefined : row(account, balance);
    const told = change('account', [account], image(from), image(to));
    return [{ lsn: at + 1, account, from, to, told }];
  });
}
type Told = ReturnType<typeof history>[number];

function updateOf({ lsn, told }: Told): StateUpdate {
  return transaction({
    universe: 'legacy',
    lsn,
    committedMs: lsn * STEP_MS,
    request: `r${lsn}`,
    changes: [withoutUnchanged(withoutBefore(told))],
  });
}

/** A large value that an UPDATE leaves alone stands in neither image. */
function withoutUnchanged(told: EntityChange): EntityChange {
  const { op, after } = told;
  if (op !== Operation.UPDATE || after === undefined) return told;
  const unknown = create(VectorFieldSchema, { name: 'status', value: { case: 'unknown', value: true } });
  const fields = after.fields.map((field) => (field.name === 'status' ? unknown : field));
  return create(EntityChangeSchema, { ...told, after: create(VectorSchema, { fields }) });
}

const statuses = (window: StateWindow, all: readonly Told[]) =>
  all.map(({ lsn }) => {
    const after = window.of('m').legacy.of(`r${lsn}`)[0]?.changes[0]?.after;
    const cell = after?.get('status');
    return cell?.is === 'value' ? cell.text : cell?.is;
  });

const balance = (state: State | undefined) => {
  const cell = state?.get('balance');
  return cell?.is === 'value' ? Number(cell.text) : cell?.is;
};

/** What the window says was before each step; `unknown` for what it does not know. */
function known(window: StateWindow, all: readonly Told[]) {
  return all.map(({ lsn }) => balance(window.of('m').legacy.of(`r${lsn}`)[0]?.changes[0]?.before));
}

describe('rows before a change, of a database that tells their keys alone', () => {
  test('are what the change before has left, in whatever order the partitions are read', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat()), (all, order) => {
        const told = history(all);
        const window = windowOf();
        const shuffled = told.map((one) => [order.next().value as number, one] as const);
        for (const [, one] of shuffled.toSorted(([a], [b]) => a - b))
          window.observe(updateOf(one), one.lsn % 2);
        expect(known(window, told)).toEqual(told.map(({ from }) => from));
        expect(statuses(window, told)).toEqual(told.map(({ to }) => (to === undefined ? undefined : 'open')));
      }),
      { numRuns: 300 },
    );
  });

  test('are never wrong: not across changes that were not told, nor across what is forgotten', () => {
    let unknown = 0;
    const cut = fc.integer({ min: 1, max: 14 });
    fc.assert(
      fc.property(steps, cut, cut, fc.boolean(), fc.boolean(), (all, a, b, isFirst, forgets) => {
        const told = history(all);
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const window = windowOf();
        const read = told.filter(({ lsn }) => lsn < from || lsn >= to);
        const promise = watermark('legacy', to * STEP_MS, to - 1);
        if (promise.what.case === 'watermark')
          promise.what.value.completeSince = timestampFromMs(to * STEP_MS);
        if (isFirst) window.observe(promise, 0);
        for (const one of read) window.observe(updateOf(one), 0);
        if (!isFirst) window.observe(promise, 0);
        if (forgets) window.of('m').legacy.forget(Number.NEGATIVE_INFINITY, 4);
        for (const [at, before] of known(window, read).entries()) {
          const one = read[at];
          if (before === 'unknown') unknown += 1;
          else if (window.of('m').legacy.of(`r${one?.lsn}`).length > 0) expect(before).toBe(one?.from);
        }
      }),
      { numRuns: 500 },
    );
    expect(unknown).toBeGreaterThan(50);
  });

  test('are not known from a change that was told late, after a later one was forgotten', () => {
    const told = history([
      { account: 'A', to: 1 },
      { account: 'A', to: 2 },
      { account: 'A', to: 3 },
    ]);
    const window = windowOf();
    for (const at of [1, 0]) window.observe(updateOf(told[at] as Told), at);
    window.of('m').legacy.forget(Number.NEGATIVE_INFINITY, 2);
    window.observe(updateOf(told[2] as Told), 0);
    expect(known(window, told)).toEqual([undefined, undefined, 'unknown']);
    expect(window.of('m').legacy.row('account', '["A"]')).toHaveLength(2);
  });

  test('are not known across a transaction that changed more rows than are kept', () => {
    const many = Array.from({ length: 5_001 }, (_, at) =>
      change('account', [`N${at}`], undefined, row(`N${at}`, 1)),
    );
    const batch = transaction({ universe: 'legacy', lsn: 2, committedMs: 20, changes: many });
    const told = history([
      { account: 'A', to: 1 },
      { account: 'B', to: 2 },
      { account: 'A', to: 3 },
      { account: 'A', to: 4 },
    ]);
    for (const isLate of [false, true]) {
      const window = windowOf();
      if (!isLate) window.observe(batch, 0);
      for (const one of told.filter(({ lsn }) => lsn !== 2)) window.observe(updateOf(one), 1);
      if (isLate) window.observe(batch, 0);
      expect(known(window, told)).toEqual([undefined, undefined, 'unknown', 3]);
    }
  });
});
