import { create } from '@bufbuild/protobuf';
import {
  EntityVerificationSchema,
  VerificationSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { expect, test } from '@jest/globals';
import { ownedAccount } from '../../core/mapping/testing.ts';
import { rowId } from '../../core/repair/repair-case.ts';
import { RefusedRows, RowRepairs } from './row-repairs.ts';
import type { Side } from './side.ts';
import { SuspectRows } from './suspect-rows.ts';

const entity = ownedAccount();

/** A side on which the only row rests. */
const resting = (owner: string) =>
  ({
    rows: async () =>
      new Map([
        [
          '["1"]',
          {
            version: '1',
            values: new Map([
              ['id', '1'],
              ['owner', owner],
            ]),
          },
        ],
      ]),
  }) as unknown as Side;

test.each([
  { passed: true, expected: { differences: 1n, unsettled: 0n } },
  { passed: false, expected: { differences: 0n, unsettled: 1n } },
])(
  'a row that rests unequal differs only where the streams have passed: $passed',
  async ({ passed, expected }) => {
    const progress = create(EntityVerificationSchema);
    const times = { quietMs: 1, givenUpAfterMs: 1_000, looksApartMaxMs: 5, passed: async () => passed };
    const suspects = new SuspectRows(entity, { legacy: resting('A'), modern: resting('B') }, times);
    suspects.add(['["1"]']);
    await suspects.settle(create(VerificationSchema), progress, new AbortController().signal);
    expect(progress).toMatchObject(expected);
    expect([suspects.unequal, suspects.made]).toEqual([[rowId(entity.name, '["1"]')], []]);
  },
);

test('a row that was made equal is none of those that are not; one that was found equal is neither', async () => {
  const times = { quietMs: 1, givenUpAfterMs: 1_000, looksApartMaxMs: 5 };
  const repairs = new RowRepairs(async () => true, 1, new RefusedRows());
  const outcome = async (modern: string) => {
    const suspects = new SuspectRows(
      entity,
      { legacy: resting('A'), modern: resting(modern) },
      times,
      repairs,
    );
    suspects.add(['["1"]']);
    await suspects.settle(
      create(VerificationSchema),
      create(EntityVerificationSchema),
      new AbortController().signal,
    );
    return [suspects.unequal, suspects.made];
  };
  expect(await outcome('B')).toEqual([[], [rowId(entity.name, '["1"]')]]);
  expect(await outcome('A')).toEqual([[], []]);
});

test('it says what it waits for, and nothing any more once all is decided', async () => {
  const job = create(VerificationSchema);
  const told = new Set<string>();
  const times = {
    quietMs: 1,
    givenUpAfterMs: 1_000,
    looksApartMaxMs: 5,
    passed: async () => {
      told.add(job.waitsFor);
      return true;
    },
  };
  const suspects = new SuspectRows(entity, { legacy: resting('A'), modern: resting('B') }, times);
  suspects.add(['["1"]']);
  await suspects.settle(job, create(EntityVerificationSchema), new AbortController().signal);
  expect([...told]).toEqual(['both databases’ changes being read up to now']);
  expect(job.waitsFor).toBe('');
});
