// npm run bench: what Chronos costs and how fast it is, measured on this machine.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { versions } from '@chronos/local/versions.ts';
import { benchLatency, latencyTable } from './capture/latency.ts';
import { benchJudgeSpeed, judgeSpeedTable } from './judge-speed.ts';
import { benchKill, killTable } from './kill.ts';
import { benchRate, rateTable } from './rate.ts';
import { benchTcp, tcpTable } from './tcp.ts';
import { figuresTable, ratiosTable } from './xds/report.ts';
import { benchSpeed } from './xds/speed.ts';

const help = `Usage: npm run bench -- [--only latency|rate|kill|tcp|xds|judge-speed] [--quick] [--json FILE]

  latency  p50, p99 and Envoy's CPU a request: direct, plain Envoy, mirror, mirror + capture, interleaved
  rate     the highest constant rate at which every request is compared and no lag grows, all parts on this machine
  kill     from the decision to the last request that starts on modern, at a real Envoy under load
  tcp      raw TCP through a real Envoy: round trip, kill with live connections, an upload behind a stuck shadow
  xds      how fast the xDS server is; npm run bench:xds has more of it
  judge-speed  comparisons a second of one core, and memory over ten million requests (the longest part)

  --only NAME  this one alone
  --quick      about three minutes instead of fifteen; shows that it works, the figures are coarse
  --json FILE  write the figures there as well

Latency is the machine's as much as ours: let nothing else run beside it.
`;

const names = ['latency', 'rate', 'kill', 'tcp', 'xds', 'judge-speed'] as const;
type Name = (typeof names)[number];

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        help: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        only: { type: 'string' },
        json: { type: 'string' },
      },
    });
    const only = names.find((name) => name === values.only);
    if (values.only !== undefined && only === undefined)
      throw new Error(`--only is "${values.only}"; accepted: ${names.join(', ')}`);
    return { ...values, only };
  } catch (error) {
    process.stderr.write(`bench: ${messageOf(error)}\n\n${help}`);
    process.exit(2);
  }
}

const options = readOptions();
if (options.help) {
  process.stdout.write(help);
  process.exit(0);
}
// What was started ends with this process; without these lines a signal would end it too early for that.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const { quick } = options;
const note = (line: string) => process.stderr.write(`  ${line}\n`);

const benches: Record<Name, () => Promise<{ figures: unknown; table: string }>> = {
  async latency() {
    const rounds = quick ? 3 : 7;
    const figures = await benchLatency({
      load: { ratePerSecond: 200, seconds: quick ? 1 : 3, bodyBytes: 1024 },
      rounds,
      onRound: (round) => note(`round ${round} of ${rounds}`),
    });
    return { figures, table: latencyTable(figures) };
  },
  async rate() {
    const figures = await benchRate({
      rates: quick ? [50, 100] : [100, 200, 300, 400, 500],
      seconds: quick ? 6 : 20,
      onStep: (step) => note(`${step.requests_per_second}/s ${step.holds ? 'holds' : 'does not hold'}`),
    });
    return { figures, table: rateTable(figures) };
  },
  async kill() {
    const kills = quick ? 2 : 10;
    const figures = await benchKill({
      kills,
      perSecond: quick ? 50 : 100,
      onKill: (kill) => note(`kill ${kill} of ${kills}`),
    });
    return { figures, table: killTable(figures) };
  },
  async tcp() {
    const figures = await benchTcp({
      lines: quick ? 500 : 3_000,
      kills: quick ? 3 : 20,
      connections: 50,
      uploads: quick ? 1 : 5,
      uploadBytes: 50_000_000,
    });
    return { figures, table: tcpTable(figures) };
  },
  async xds() {
    const figures = await benchSpeed({ quick, rounds: undefined, note });
    return { figures, table: `${figuresTable(figures.measured)}\n\n${ratiosTable(figures.measured)}` };
  },
  async 'judge-speed'() {
    const figures = benchJudgeSpeed({
      rounds: quick ? 3 : 7,
      roundMs: quick ? 300 : 1_000,
      requests: quick ? 1_000_000 : 10_000_000,
      onStep: note,
    });
    return { figures, table: judgeSpeedTable(figures) };
  },
};

const [cpu] = cpus();
const machine = {
  cpus: cpus().length,
  model: cpu?.model ?? 'unknown',
  load_average_at_start: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  node: process.version,
  envoy: versions.envoy,
};
process.stdout.write(
  `${machine.cpus} × ${machine.model}, load average at start ${machine.load_average_at_start}, Node ${machine.node}, Envoy ${machine.envoy}${quick ? ', --quick' : ''}\n`,
);
const results: Partial<Record<Name, unknown>> = {};
// Before anything is measured, so that a path that cannot be written costs nobody fifteen minutes; and after each, so that nothing is lost.
save();
for (const name of options.only === undefined ? names : [options.only]) {
  process.stdout.write(`\n${name}\n`);
  try {
    const { figures, table } = await benches[name]();
    results[name] = figures;
    process.stdout.write(`${table}\n`);
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`bench: ${name} failed: ${messageOf(error)}\n`);
  }
  save();
}

function save(): void {
  if (options.json === undefined) return;
  try {
    const report = { at: new Date().toISOString(), quick, machine, ...results };
    writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  } catch (error) {
    process.stderr.write(`bench: cannot write ${options.json}: ${messageOf(error)}\n`);
    process.exit(1);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
