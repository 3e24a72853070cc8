import { envoyFilter } from '@chronos/observability/envoy-metrics.ts';
import { loopback, partNames } from '../part-names.ts';
import type { Ports } from '../ports.ts';

/** One group of targets as Prometheus' file_sd reads it. */
export interface TargetGroup {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Where each part of a run serves its metrics; the job is the part's name. */
export function scrapeTargets(ports: Ports, isEntangled = false): TargetGroup[] {
  const services: readonly (readonly [string, number])[] = [
    [partNames.controlPlane, ports.api],
    [partNames.capture, ports.captureMetrics],
    [partNames.arbiter, ports.arbiterMetrics],
    ...(isEntangled ? ([[partNames.entanglement, ports.entanglement]] as const) : []),
  ];
  return [
    ...services.map(([job, port]) => ({ targets: [loopback(port)], labels: { job } })),
    {
      targets: [loopback(ports.envoyAdmin)],
      labels: {
        job: partNames.timeRift,
        __metrics_path__: '/stats/prometheus',
        __param_filter: envoyFilter,
      },
    },
  ];
}
