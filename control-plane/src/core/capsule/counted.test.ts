import { create } from '@bufbuild/protobuf';
import { VerificationSchema } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { expect, test } from '@jest/globals';
import { withCountsExplained } from './counted.ts';

test('counts that are not the same although the rows are equal are explained; others are left alone', () => {
  const kept = create(VerificationSchema, {
    entities: [
      { entity: 'posting', rowsLegacy: 24_181n, rowsModern: 27_181n, inFlight: 3_000n, note: 'slow' },
      { entity: 'entry', rowsLegacy: 8n, rowsModern: 9n, inFlight: 0n, repaired: 1n },
      { entity: 'account', rowsLegacy: 7n, rowsModern: 7n, inFlight: 2n },
    ],
  });
  const [posting, entry, account] = withCountsExplained(kept).entities.map(({ note }) => note);
  expect(posting).toMatch(
    /^slow; equal although legacy had 24181 rows and modern 27181 rows when .* 3000 rows that were not the same at first/,
  );
  expect(entry).toMatch(/1 row that differed was repaired and read back/);
  expect(account).toBe('');
  expect(kept.entities[0]?.note).toBe('slow');
});
