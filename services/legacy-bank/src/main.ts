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
  for (const error of parsed.errors) console.error(`legacy-bank: ${error}`);
  process.exit(2);
}
const stopTracing = await startTracing('legacy-bank');
const bank = await startBank(parsed.config);
console.log(`ready legacy-bank ${bank.address}`);

const stop = async () => {
  await bank.close();
  await stopTracing();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
