// npm run bench:entanglement: what holding two databases together costs, and how fast it is.

import { parseArgs } from 'node:util';
import { versions } from '@chronos/local/versions.ts';
import { type Bench, note, onlyOf, readCommandLine, runBenches } from '../run.ts';
import { attributionTable, benchAttribution } from './attribution.ts';
import { benchCaptureSpeed, captureSpeedTable } from './capture-speed.ts';
import { benchCarryOver, carryOverTable } from './carry-over.ts';
import { benchInference, inferenceTable } from './inference.ts';
import { benchLatency, latencyTable } from './latency.ts';
import { benchMemory, memoryTable } from './memory.ts';
import { benchSourceCost, sourceCostTable } from './source-cost.ts';
import { benchVerification, verificationTable } from './verification.ts';

const help = `Usage: npm run bench:entanglement -- [--only attribution|inference|latency|capture|verification|carry|source|memory] [--quick] [--json FILE]

  attribution   share of tagged transactions that are told with their request, at a rate that rises until the machine carries no more
  inference     of untagged transactions, how many the arbiter gives to a request, and how many rightly: counted, nothing is started
  latency       from a commit to its event and to its request's verdict
  capture       changes a second of one core: pgoutput read in process, and Debezium on Kafka Connect
  verification  rows a second on 5 million rows, beside a naive comparison row by row and a merge of both tables in order
  carry         rows a second that are carried over in the background after changes of which no rows are known: all missing, all different
  source        transactions a second, CPU and latency of the watched database with and without each thing that Chronos needs (pgbench, where it is
                installed), in turns
  memory        resident memory of the capture during one transaction of a quarter of a million, a million and four million rows

  --only NAME  this one alone
  --quick      under five minutes instead of twenty; shows that it works, the figures are coarse
  --json FILE  write the figures there as well

Real Postgres, Kafka, Kafka Connect and the product's own processes; let nothing else run beside it.
`;

const names = [
  'attribution',
  'inference',
  'latency',
  'capture',
  'verification',
  'carry',
  'source',
  'memory',
] as const;
type Name = (typeof names)[number];

const { quick, only, json } = readCommandLine(help, () => {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      json: { type: 'string' },
    },
  });
  return { ...values, only: onlyOf(names, values.only) };
});

const benches: Record<Name, Bench> = {
  async attribution() {
    const figures = await benchAttribution({
      rates: quick ? [200, 1_000] : [500, 1_000, 2_000, 3_000, 4_000, 6_000],
      seconds: quick ? 5 : 10,
      onStep: (step) => note(`${step.rate_asked}/s ${step.holds ? 'holds' : 'does not hold'}`),
    });
    return { figures, table: attributionTable(figures) };
  },
  async inference() {
    const figures = benchInference(quick ? 2_000 : 10_000);
    return { figures, table: inferenceTable(figures) };
  },
  async latency() {
    const figures = await benchLatency({ perSecond: quick ? 20 : 40, seconds: quick ? 5 : 30 });
    return { figures, table: latencyTable(figures) };
  },
  async capture() {
    const figures = await benchCaptureSpeed({ changes: quick ? 40_000 : 100_000, note });
    return { figures, table: captureSpeedTable(figures) };
  },
  async verification() {
    const figures = await benchVerification({
      rows: quick ? 500_000 : 5_000_000,
      naiveSeconds: quick ? 2 : 10,
      note,
    });
    return { figures, table: verificationTable(figures) };
  },
  async carry() {
    const figures = await benchCarryOver(quick ? 40_000 : 200_000, note);
    return { figures, table: carryOverTable(figures) };
  },
  async source() {
    const figures = await benchSourceCost({ rounds: quick ? 1 : 3, seconds: quick ? 4 : 8, note });
    return { figures, table: sourceCostTable(figures) };
  },
  async memory() {
    const figures = await benchMemory(quick ? [10_000, 100_000] : [250_000, 1_000_000, 4_000_000], (step) =>
      note(`${step.rows} rows: ${step.peak_mib} MiB at most`),
    );
    return { figures, table: memoryTable(figures) };
  },
};

await runBenches({
  benches,
  only,
  quick,
  json,
  versions: { Kafka: versions.kafka, Debezium: versions.debezium },
});
