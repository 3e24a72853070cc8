/** Writes Grafana's dashboards as JSON: observability/grafana/gen/dashboards, or the folder named. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buildDashboard } from '../grafana/build.ts';
import { dashboards } from '../grafana/dashboards.ts';

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../grafana/gen/dashboards'));
await mkdir(folder, { recursive: true });
for (const dashboard of dashboards) {
  const file = join(folder, `${dashboard.uid}.json`);
  await writeFile(file, `${JSON.stringify(buildDashboard(dashboard), null, 2)}\n`);
  console.log(file);
}
