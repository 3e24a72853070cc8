import { create } from '@bufbuild/protobuf';
import { comparisonsToOpen, confidenceSequence } from '@chronos/confidence/e-process.ts';
import { resolvePolicy } from '@chronos/control-plane/core/orchestrator/policy.ts';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { table } from './table.ts';

/** Mismatches of one epoch; the last two are what two kills under load left behind (legacy was down, its rows were not repaired yet). */
const mismatches = [0, 1, 10, 87, 154];
/** Compared when the last of them was killed. */
const seenCompared = 2_879;
const seenRequests = 5_072;

export interface GateFigures {
  readonly alpha: number;
  readonly steps: readonly {
    readonly percent: number;
    readonly confidence: number;
    readonly needed: readonly number[];
  }[];
  readonly seen: {
    readonly requests: number;
    readonly compared: number;
    readonly mismatched: number;
    readonly confidence: number;
  };
}

/** How many requests each step of the default ladder wants to have seen compared after so many mismatches. Computed: nothing is measured. */
export function benchGates(): GateFigures {
  const { alpha, ladder } = resolvePolicy(create(MigrationSchema));
  const steps = ladder.map(({ weightBp, confidence, minCompared }) => ({
    percent: weightBp / 100,
    confidence,
    needed: mismatches.map((count) =>
      Math.max(minCompared, comparisonsToOpen(count, 1 - confidence / 100, alpha)),
    ),
  }));
  const mismatched = mismatches.at(-1) ?? 0;
  const { confidence } = confidenceSequence(seenCompared, mismatched, alpha);
  return { alpha, steps, seen: { requests: seenRequests, compared: seenCompared, mismatched, confidence } };
}

export function gatesTable({ alpha, steps, seen }: GateFigures): string {
  const rows = steps.map(({ percent, confidence, needed }) => [
    `${percent} %`,
    `${confidence} %`,
    ...needed.map((count) => count.toLocaleString('en-US')),
  ]);
  const lines = table(
    ['modern’s share', 'confidence', ...mismatches.map((count) => `${count} mismatched`)],
    rows,
  );
  return `${lines}\n${seen.mismatched} mismatches in ${seen.compared.toLocaleString('en-US')} compared: ${seen.confidence.toFixed(2)} % by the confidence sequence (alpha ${alpha}); of ${seen.requests.toLocaleString('en-US')} requests: coverage ${((100 * seen.compared) / seen.requests).toFixed(2)} %`;
}
