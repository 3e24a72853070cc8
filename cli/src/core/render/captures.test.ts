import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  type CaptureStateSchema,
  EntanglementStateSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { expect, test } from '@jest/globals';
import { palette } from '../text/palette.ts';
import { entanglementLines } from './verification.ts';

test.each<[MessageInitShape<typeof CaptureStateSchema>, string]>([
  [
    { ready: true, lagSeconds: 0.1, attributed: { tagged: 3n, none: 1n } },
    '4 transactions, 75 % attributed (the others are inferred, or nobody’s), 100 ms behind',
  ],
  [{ paused: true, pauseReason: 'a → b' }, 'capture paused: a → b'],
  [{ pauseReason: 'no table → create it' }, 'capture waits: no table → create it'],
  [{}, 'its changes are not read yet'],
  [{ lagSeconds: 12 }, 'no transactions yet, 12 s behind'],
])('how a capture stands: %j', (capture, words) => {
  const state = create(EntanglementStateSchema, { captures: [{ universe: 1, ...capture }] });
  expect(entanglementLines(state, palette(false))[1]).toBe(`  legacy: ${words}`);
});

test('much WAL is told of, whatever else is true of the capture', () => {
  const walAlarm = 'slot s keeps 78 MiB of the 96 MiB at which its slot is dropped; …';
  const captures = [{ universe: 2, ready: true, lagSeconds: 0.1, walAlarm }];
  const lines = entanglementLines(create(EntanglementStateSchema, { captures }), palette(false));
  expect(lines).toContain(`  modern: much WAL: ${walAlarm}`);
  const calm = create(EntanglementStateSchema, { captures: [{ universe: 1, ready: true }] });
  expect(entanglementLines(calm, palette(false)).join()).not.toContain('WAL');
});

test('a copy that runs is told with how far it is', () => {
  const runningCopy = { rowsWritten: 40n, rowsExpected: 100n, entities: [{ entity: 'order' }] };
  const state = create(EntanglementStateSchema, { runningCopy });
  expect(entanglementLines(state, palette(false))[1]).toBe(
    '  being copied: order  40 of about 100 rows  40 %',
  );
  const comparison = {
    round: 2,
    roundsMax: 5,
    rowsRead: 90n,
    rowsExpected: 100n,
    differences: 3n,
    repaired: 1n,
  };
  const behind = create(EntanglementStateSchema, { runningCopy: { ...runningCopy, comparison } });
  expect(entanglementLines(behind, palette(false))[1]).toBe(
    '  being copied: copied; comparing, round 2 of at most 5: 90 of about 100 rows, 3 differ, 1 repaired',
  );
});

test('a verification that reads nothing for long says what it found and what it waits for', () => {
  const runningVerification = {
    rowsRead: 20_050n,
    rowsExpected: 33_471n,
    repair: true,
    waitsFor: 'repairs',
    entities: [{ entity: 'posting', differences: 4_100n, repaired: 640n }],
  };
  const state = create(EntanglementStateSchema, { runningVerification });
  expect(entanglementLines(state, palette(false))[1]).toBe(
    '  being verified: posting  20,050 of about 33,471 rows  59 %  4,100 differ, 640 repaired  waits for repairs',
  );
});
