import { create } from '@bufbuild/protobuf';
import {
  EntityVerificationSchema,
  RowDifferenceSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { expect, test } from '@jest/globals';
import { ownedAccount } from '../../core/mapping/testing.ts';
import { RefusedRows, type Repair, RowRepairs } from './row-repairs.ts';

const entity = ownedAccount();
const found = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    row: { entity, key: [String(i)], legacy: undefined, modern: undefined },
    shown: create(RowDifferenceSchema),
  }));
const never = new AbortController().signal;

test('several rows wait at once for what each of them waits for', async () => {
  let atWork = 0;
  let most = 0;
  const repair: Repair = async () => {
    atWork += 1;
    most = Math.max(most, atWork);
    await new Promise(setImmediate);
    atWork -= 1;
    return true;
  };
  const progress = create(EntityVerificationSchema);
  await new RowRepairs(repair, 64, new RefusedRows()).all(found(1_000), progress, never);
  expect([progress.repaired, most]).toEqual([1_000n, 64]);
});

test('a stop ends it between two rows, and what was repaired is counted', async () => {
  const stop = new AbortController();
  const repair: Repair = async ({ key }) => {
    if (key[0] === '6') stop.abort(new Error('asked to end'));
    return true;
  };
  const progress = create(EntityVerificationSchema);
  const all = new RowRepairs(repair, 1, new RefusedRows()).all(found(1_000), progress, stop.signal);
  await expect(all).rejects.toThrow('asked to end');
  expect(progress.repaired).toBe(7n);
});

test('a repair that is given up because of a stop is not told as refused', async () => {
  const stop = new AbortController();
  const repair: Repair = async (_, signal) => {
    stop.abort(new Error('asked to end'));
    signal.throwIfAborted();
    return true;
  };
  const [row] = found(1);
  const all = new RowRepairs(repair, 1, new RefusedRows()).all(
    [row!],
    create(EntityVerificationSchema),
    stop.signal,
  );
  await expect(all).rejects.toThrow('asked to end');
  expect(row!.shown.repairFailure).toBe('the verification was stopped meanwhile');
});

test('where none can be repaired for long, the others are not tried, and say so', async () => {
  let tried = 0;
  const repair: Repair = async () => {
    tried += 1;
    return false;
  };
  const rows = found(10);
  await new RowRepairs(repair, 2, new RefusedRows(), 0).all(rows, create(EntityVerificationSchema), never);
  expect(tried).toBe(2);
  expect(rows.map(({ shown }) => shown.repairFailure)).toEqual([
    ...Array(2).fill('the row changed meanwhile'),
    ...Array(8).fill('not tried: for 0 s none of the rows before it could be repaired'),
  ]);
});

test('what a row waits for is said, not that it changed', async () => {
  const [row] = found(1);
  const repair: Repair = async () => 'not within 60 s: other repairs of the same rows are written first';
  await new RowRepairs(repair, 1, new RefusedRows()).all([row!], create(EntityVerificationSchema), never);
  expect([row!.shown.repaired, row!.shown.repairFailure]).toEqual([
    false,
    'not within 60 s: other repairs of the same rows are written first',
  ]);
});
