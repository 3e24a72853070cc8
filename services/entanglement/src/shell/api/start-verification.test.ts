import { create } from '@bufbuild/protobuf';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { expect, test } from '@jest/globals';
import { suspectTimes } from './start-verification.ts';

const passed = (watermark: () => number | undefined) =>
  suspectTimes(create(MigrationSchema), watermark, 120).passed?.(10, new AbortController().signal);

test('streams that are behind are waited for as long as they come on', async () => {
  let atMs = 0;
  expect(
    await passed(() => {
      atMs += 0.5;
      return atMs;
    }),
  ).toBe(true);
});

test('streams that stand still have not passed', async () => {
  expect(await passed(() => 5)).toBe(false);
});

test('where nothing streams, nothing is waited for', async () => {
  expect(await passed(() => undefined)).toBe(true);
});
