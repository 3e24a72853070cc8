import type { Part } from '@chronos/local/part.ts';
import { envoyFilter } from '@chronos/observability/envoy-metrics.ts';
import { loopback, partNames } from '../part-names.ts';
import type { Ports } from '../ports.ts';

/** One group of targets as Prometheus' file_sd reads it. */
export interface TargetGroup {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Where each of these parts serves its metrics, if it does; the job is named after the part. */
export function scrapeTargets(ports: Ports, parts: readonly Pick<Part, 'name'>[]): TargetGroup[] {
  const services: readonly (readonly [string, number])[] = [
    [partNames.controlPlane, ports.api],
    [partNames.capture, ports.captureMetrics],
    [partNames.identifiers, ports.identifiersMetrics],
    [partNames.arbiter, ports.arbiterMetrics],
    [partNames.entanglement, ports.entanglement],
    [partNames.traces, ports.tracesHttp],
  ];
  return [
    ...services
      .filter(([part]) => parts.some(({ name }) => name === part))
      .map(([part, port]) => ({ targets: [loopback(port)], labels: { job: jobOf(part) } })),
    {
      targets: [loopback(ports.envoyAdmin)],
      labels: {
        job: jobOf(partNames.timeRift),
        __metrics_path__: '/stats/prometheus',
        __param_filter: envoyFilter,
      },
    },
  ];
}

/** The name says whose it is: a Prometheus may watch more than Chronos. */
function jobOf(part: string): string {
  return `chronos-${part}`;
}
