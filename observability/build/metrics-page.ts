/** Writes observability/METRICS.md from what the processes declare. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { envoyMetrics } from '../src/envoy-metrics.ts';
import { metricsPage } from '../src/metrics-page.ts';
import { processes } from './processes.ts';

await writeFile(join(import.meta.dirname, '..', 'METRICS.md'), metricsPage(processes(), envoyMetrics));
