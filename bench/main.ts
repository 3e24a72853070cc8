// npm run bench: what Chronos costs and how fast it is, measured on this machine.
import { parseArgs } from 'node:util';
import { versions } from '@chronos/local/versions.ts';
import { benchLatency, latencyTable } from './capture/latency.ts';
import { benchCommands, commandsTable } from './commands.ts';
import { benchGates, gatesTable } from './gates.ts';
import { benchIdentifiers, identifiersTable } from './identifiers.ts';
import { benchJudgeSpeed, judgeSpeedTable } from './judge-speed.ts';
import { benchKill, killTable } from './kill.ts';
import { benchRate, rateTable } from './rate.ts';
import { type Bench, note, onlyOf, readCommandLine, runBenches } from './run.ts';
import { benchTcp, tcpTable } from './tcp.ts';
import { benchTracing, tracingTable } from './tracing/tracing.ts';
import { figuresTable, ratiosTable } from './xds/report.ts';
import { benchSpeed } from './xds/speed.ts';

const help = `Usage: npm run bench -- [--only latency|rate|kill|commands|tcp|tracing|identifiers|gates|xds|judge-speed] [--quick] [--json FILE]

  latency  p50, p99 and Envoy's CPU a request: direct, plain Envoy, mirror, mirror + capture, interleaved
  rate     the highest constant rate at which every request is compared and no lag grows, all parts on this machine
  kill     from the decision to the last request that starts on modern, at a real Envoy under load
  commands how long a command takes before it does anything: chronos kill until the API has its request
  tcp      raw TCP through a real Envoy: round trip, kill with live connections, an upload behind a stuck shadow
  tracing  what a traced request costs more than one that is not, in latency and in CPU of each part
  identifiers  what translating a request's identifiers on the answering path adds to its latency, paired
  gates    how many comparisons each step of the default ladder asks for after mismatches (computed)
  xds      how fast the xDS server is; npm run bench:xds has more of it
  judge-speed  comparisons a second of one core, and memory over ten million requests (the longest part)

  --only NAME  this one alone
  --quick      about three minutes instead of fifteen; shows that it works, the figures are coarse
  --json FILE  write the figures there as well

Latency is the machine's as much as ours: let nothing else run beside it.
`;

const names = [
  'latency',
  'rate',
  'kill',
  'commands',
  'tcp',
  'tracing',
  'identifiers',
  'gates',
  'xds',
  'judge-speed',
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
  async commands() {
    const figures = await benchCommands({ runs: quick ? 3 : 20 });
    return { figures, table: commandsTable(figures) };
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
  async tracing() {
    const rounds = quick ? 2 : 5;
    const figures = await benchTracing({
      perSecond: 100,
      rounds,
      seconds: quick ? 4 : 10,
      onRound: (round) => note(`round ${round} of ${rounds}`),
    });
    return { figures, table: tracingTable(figures) };
  },
  async identifiers() {
    const figures = await benchIdentifiers({
      pairs: quick ? 300 : 3_000,
      onKind: (kind) => note(`id in the ${kind}`),
    });
    return { figures, table: identifiersTable(figures) };
  },
  async gates() {
    const figures = benchGates();
    return { figures, table: gatesTable(figures) };
  },
  async xds() {
    const figures = await benchSpeed({ quick, rounds: undefined, note });
    return { figures, table: `${figuresTable(figures.measured)}\n\n${ratiosTable(figures.measured)}` };
  },
  async 'judge-speed'() {
    const figures = benchJudgeSpeed({
      rounds: quick ? 3 : 7,
      roundMs: quick ? 300 : 1_000,
      requests: quick ? 100_000 : 10_000_000,
      onStep: note,
    });
    return { figures, table: judgeSpeedTable(figures) };
  },
};

await runBenches({ benches, only, quick, json, versions: { Envoy: versions.envoy } });
