/** Writes what compose mounts and Chronos' own code knows: Envoy's bootstrap and Prometheus' targets. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from '@chronos/envoy/bootstrap.ts';
import { envoyFilter } from '@chronos/observability/envoy-metrics.ts';

const adminPort = 9901;
const target = (part: string, address: string) => ({
  targets: [address],
  labels: { job: `chronos-${part}` },
});

/** Name of the file beside this one to the JSON it holds. */
export const files: Readonly<Record<string, unknown>> = {
  'envoy.json': bootstrap({
    nodeId: 'time-rift-1',
    cluster: 'time-rift',
    xdsAddress: 'control-plane:7401',
    adminPort,
  }),
  // Not those of profiles: a target that is not there would be a part that is down.
  'targets.json': [
    target('control-plane', 'control-plane:7400'),
    target('capture', 'capture:9100'),
    target('arbiter', 'arbiter:9100'),
    target('traces', 'traces:4318'),
    {
      targets: [`127.0.0.1:${adminPort}`],
      labels: {
        job: 'chronos-time-rift',
        __metrics_path__: '/stats/prometheus',
        __param_filter: envoyFilter,
      },
    },
  ],
};

// As committed they are formatted: npm run format.
if (import.meta.main)
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(import.meta.dirname, name), `${JSON.stringify(content, null, 2)}\n`);
