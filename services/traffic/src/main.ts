import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { population } from '@chronos/bank-data/population.ts';
import { Customers } from './core/customers.ts';
import { HELP, parseOptions, thinkMs } from './core/options.ts';
import { BankClient } from './shell/bank-client.ts';
import { FormClient } from './shell/form-client.ts';
import { openLedger } from './shell/ledger.ts';
import { Load } from './shell/load.ts';
import { Tally } from './shell/tally.ts';

const args = process.argv.slice(2);
if (args.includes('--help')) {
  process.stdout.write(HELP);
  process.exit(0);
}
const parsed = parseOptions(args, process.env);
if (!parsed.ok) {
  for (const error of parsed.errors) console.error(`traffic: ${error}`);
  process.exit(2);
}
const {
  target,
  speak,
  tps,
  seed,
  customers,
  durationS,
  timeoutMs,
  ledger: ledgerPath,
  report,
} = parsed.options;

const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
process.once('SIGINT', () => stop.abort());

const tally = new Tally();
const ledger = await openLedger(ledgerPath);
const client = speak === 'forms' ? new FormClient(target) : new BankClient(target);
const started = performance.now();
const seconds = () => (performance.now() - started) / 1_000;
const progress = setInterval(() => {
  const { requests, latency_ms } = tally.report(seconds());
  console.log(JSON.stringify({ ...requests, ...latency_ms }));
}, 1_000);
console.log(`ready traffic ${target.origin}`);

const run = randomUUID().slice(0, 8);
const load = new Load(
  { tps, timeoutMs, run, thinkMs: thinkMs({ customers, tps }) },
  client,
  new Customers(population().slice(0, customers), seed),
  tally,
  ledger,
);
await load.run(stop.signal, durationS > 0 ? Math.round(durationS * tps) : Number.POSITIVE_INFINITY);
clearInterval(progress);
client.close();
await ledger.close();
const final = tally.report(seconds());
if (report !== undefined) writeFileSync(report, `${JSON.stringify(final, null, 2)}\n`);
console.log(JSON.stringify(final));
