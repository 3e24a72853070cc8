import { openLog, warnings } from '@chronos/observability/log.ts';
import { serveMetrics } from '@chronos/observability/metrics.ts';
import { startTracing } from '@chronos/observability/tracing.ts';
import { startArbiter } from './shell/arbiter.ts';
import { HELP, readSettings } from './shell/env.ts';

/** What must be over by then is cut off: a broker that does not answer must not keep the process from ending. */
const STOP_MS = 2_500;

if (process.argv.includes('--help')) {
  process.stdout.write(HELP);
  process.exit(0);
}
const settings = readSettings(process.env);
if ('errors' in settings) {
  process.stderr.write(`${settings.errors.join('\n')}\n\n${HELP}`);
  process.exit(2);
}

const log = openLog('arbiter');
const stopTracing = await startTracing('chronos-arbiter');
const arbiter = await startArbiter({
  ...settings,
  log: warnings(log),
}).catch((error: unknown) => {
  log.fatal({ err: error }, 'the arbiter cannot start');
  process.exit(1);
});
const metrics = settings.metrics && (await serveMetrics(arbiter.metrics.registry, settings.metrics));

const stop = async () => {
  setTimeout(() => process.exit(1), STOP_MS).unref();
  metrics?.close();
  await arbiter.close();
  await stopTracing();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

process.stdout.write(`ready arbiter ${metrics ? `${metrics.host}:${metrics.port}` : settings.group}\n`);
