/** A migration in full swing, for tests. */
import { create } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  DecisionSchema,
  DeploymentPhase,
  type MigrationState,
  MigrationStateSchema,
  Stage,
  UniverseName,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';

export const sampleAt = () => timestampFromDate(new Date('2026-11-22T10:11:12Z'));

export function sampleState(): MigrationState {
  return create(MigrationStateSchema, {
    spec: {
      name: 'bank',
      policy: { ladder: [1, 5, 10, 50, 100].map((percent) => ({ percent, confidence: 99.9 })) },
    },
    groups: [
      {
        name: 'money',
        stage: Stage.CANARY,
        modernPercent: 5,
        confidence: 99.8765,
        compared: 12_345n,
        mismatched: 2n,
        lost: 1n,
        epochReason: 'modern v2@2 deployed',
        nextStep: {
          percent: 10,
          confidenceNeeded: 99.9,
          waitsFor: '2,913 more clean requests, about 31 s at this rate',
        },
        segments: [{ segment: 'tier', value: 'vip', compared: 120n, mismatched: 2n, confidence: 90 }],
      },
      { name: 'login', stage: Stage.DRAFT, stayOnLegacy: true },
    ],
    coverage: {
      total: 20_000n,
      compared: 19_900n,
      lost: { 'shadow-no-response': 3n, uncaptured: 0n },
      pending: 97n,
    },
    verdicts: { mismatch: 2n },
    deployments: [
      {
        id: 'v0@1',
        universe: UniverseName.LEGACY,
        build: 'v0',
        address: '127.0.0.1:4001',
        phase: DeploymentPhase.SERVING,
      },
      {
        id: 'v1@1',
        universe: UniverseName.MODERN,
        build: 'v1',
        address: '127.0.0.1:4002',
        phase: DeploymentPhase.STOPPED,
      },
      {
        id: 'v2@2',
        universe: UniverseName.MODERN,
        build: 'v2',
        address: '127.0.0.1:4003',
        phase: DeploymentPhase.SERVING,
      },
    ],
    kills: 1,
    observedAt: sampleAt(),
    revision: 3n,
  });
}

export function sampleDecision(
  sequence: bigint,
  fields: { action: string; stage: Stage; percent: number; reason?: string },
) {
  return create(DecisionSchema, {
    sequence,
    migration: 'bank',
    group: 'money',
    at: sampleAt(),
    action: fields.action,
    toStage: fields.stage,
    toPercent: fields.percent,
    actor: 'chronos',
    reason: fields.reason ?? '',
  });
}
