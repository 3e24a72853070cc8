import { create } from '@bufbuild/protobuf';
import {
  type CopyComparison,
  CopyComparisonSchema,
  type Verification,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';

/** How a round of the comparison that ends a copy stands. */
export function comparisonOf(
  round: number,
  roundsMax: number,
  { rowsRead, rowsExpected, entities }: Verification,
): CopyComparison {
  const sum = (name: 'differences' | 'repaired') =>
    entities.reduce((total, entity) => total + entity[name], 0n);
  return create(CopyComparisonSchema, {
    round,
    roundsMax,
    rowsRead,
    rowsExpected,
    differences: sum('differences'),
    repaired: sum('repaired'),
  });
}
