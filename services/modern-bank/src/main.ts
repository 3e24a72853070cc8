import { openLog } from '@chronos/observability/log.ts';
import { startTracing } from '@chronos/observability/tracing.ts';
import { HELP, parseConfig } from './core/config.ts';
import { startBank } from './server.ts';

const args = process.argv.slice(2);
if (args.includes('--help')) {
  process.stdout.write(HELP);
  process.exit(0);
}
const parsed = parseConfig(args, process.env);
if (!parsed.ok) {
  for (const error of parsed.errors) console.error(`modern-bank: ${error}`);
  process.exit(2);
}
const stopTracing = await startTracing('modern-bank');
const bank = await startBank(parsed.config);
if (bank.corrected > 0) openLog('modern-bank').info(`corrected the books of ${bank.corrected} accounts`);
console.log(`ready modern-bank ${bank.address}`);

const stop = async () => {
  await bank.close();
  await stopTracing();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
