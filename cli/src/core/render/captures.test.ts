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
    '4 transactions, 75 % attributed, 100 ms behind',
  ],
  [{ paused: true, pauseReason: 'a → b' }, 'capture paused: a → b'],
  [{ pauseReason: 'no table → create it' }, 'capture waits: no table → create it'],
  [{}, 'its changes are not read yet'],
  [{ lagSeconds: 12 }, 'no transactions yet, 12 s behind'],
])('how a capture stands: %j', (capture, words) => {
  const state = create(EntanglementStateSchema, { captures: [{ universe: 1, ...capture }] });
  expect(entanglementLines(state, palette(false))[1]).toBe(`  legacy: ${words}`);
});
