/** The report of a run, as `--report FILE` writes it. */
import {
  DeploymentPhase,
  type MigrationState,
  UniverseName,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import type { MismatchGroup } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { isoTime } from '../text/numbers.ts';
import type { StageEntry } from './stage-log.ts';
import type { TrafficReport } from './traffic-report.ts';

export type RunReport = {
  readonly stages: readonly StageEntry[];
  /** As the traffic saw it; null when the migration file declares no traffic. */
  readonly requests: TrafficReport['requests'] | null;
  readonly latency_ms: TrafficReport['latency_ms'] | null;
  /** `total` is `compared`, `races` (explained by the order of commits), `lost` and `pending` together. */
  readonly coverage: {
    total: number;
    compared: number;
    races: number;
    lost: { [reason: string]: number };
    pending: number;
  };
  readonly mismatch_groups: readonly {
    group: string;
    route: string;
    field: string;
    count: number;
    example_request_id: string;
  }[];
  readonly deployments: readonly {
    id: string;
    universe: string;
    build: string;
    address: string;
    phase: string;
    deployed_at: string | null;
    reason: string;
  }[];
  readonly kills: number;
  readonly sealed: { at: string | null; capsule: string } | null;
};

export type ReportSources = {
  readonly stages: readonly StageEntry[];
  readonly state: MigrationState;
  readonly mismatches: readonly MismatchGroup[];
  readonly traffic: TrafficReport | undefined;
};

export function runReport({ stages, state, mismatches, traffic }: ReportSources): RunReport {
  const coverage = state.coverage;
  const lost = Object.entries(coverage?.lost ?? {}).map(
    ([reason, count]) => [reason, Number(count)] as const,
  );
  return {
    stages,
    requests: traffic?.requests ?? null,
    latency_ms: traffic?.latency_ms ?? null,
    coverage: {
      total: Number(coverage?.total ?? 0n),
      compared: Number(coverage?.compared ?? 0n),
      races: Number(state.verdicts.race ?? 0n),
      lost: Object.fromEntries(lost),
      pending: Number(coverage?.pending ?? 0n),
    },
    mismatch_groups: mismatches.map((group) => ({
      group: group.group,
      route: group.route,
      field: group.field,
      count: Number(group.count),
      example_request_id: group.exampleRequestId,
    })),
    deployments: state.deployments.map((deployment) => ({
      id: deployment.id,
      universe: (UniverseName[deployment.universe] ?? '').toLowerCase(),
      build: deployment.build,
      address: deployment.address,
      phase: (DeploymentPhase[deployment.phase] ?? '').toLowerCase(),
      deployed_at: isoTime(deployment.deployedAt),
      reason: deployment.reason,
    })),
    kills: state.kills,
    sealed:
      state.sealed === undefined ? null : { at: isoTime(state.sealed.at), capsule: state.sealed.capsule },
  };
}
