import { clone } from '@bufbuild/protobuf';
import {
  type EntityVerification,
  type Verification,
  VerificationSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';

/**
 * A clean verification as auditors read it: rows are counted while they are written to, so the counts of an entity that is equal may not be the same, and
 * its note then says why.
 */
export function withCountsExplained(verification: Verification): Verification {
  const told = clone(VerificationSchema, verification);
  for (const entity of told.entities)
    if (entity.rowsLegacy !== entity.rowsModern)
      entity.note = [entity.note, countWords(entity)].filter((text) => text !== '').join('; ');
  return told;
}

function countWords({ rowsLegacy, rowsModern, inFlight, repaired }: EntityVerification): string {
  const again = `${rows(inFlight)} that were not the same at first (in flight) ${inFlight === 1n ? 'was' : 'were'} read again until the same in both, or in neither`;
  const mended =
    repaired > 0n
      ? `, ${rows(repaired)} that differed ${repaired === 1n ? 'was' : 'were'} repaired and read back`
      : '';
  return `equal although legacy had ${rows(rowsLegacy)} and modern ${rows(rowsModern)} when they were counted, piece by piece, while both were written to: ${again}${mended}; a row that had become the same before it was looked for is in neither figure`;
}

function rows(count: bigint): string {
  return `${count} ${count === 1n ? 'row' : 'rows'}`;
}
