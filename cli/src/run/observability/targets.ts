import type { Part } from '@chronos/local/part.ts';
import { envoyFilter } from '@chronos/observability/envoy-metrics.ts';
import { loopback, partNames } from '../part-names.ts';
import type { Ports } from '../ports.ts';

/** One group of targets as Prometheus' file_sd reads it. */
export interface TargetGroup {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Where each of these parts serves its metrics, if it does; the job is the part's name. */
export function scrapeTargets(ports: Ports, parts: readonly Pick<Part, 'name'>[]): TargetGroup[] {
  const services: readonly (readonly [string, number])[] = [
    [partNames.controlPlane, ports.api],
    [partNames.capture, ports.captureMetrics],
    [partNames.arbiter, ports.arbiterMetrics],
    [partNames.entanglement, ports.entanglement],
  ];
  return [
    ...services
      .filter(([job]) => parts.some(({ name }) => name === job))
      .map(([job, port]) => ({ targets: [loopback(port)], labels: { job } })),
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
