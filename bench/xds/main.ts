// npm run bench:xds: how fast the xDS server is, beside go-control-plane where Go is installed.

import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { benchKills, killsTable } from './kill-rounds.ts';
import { figuresTable, ratios, ratiosTable } from './report.ts';
import { soak, soakTable } from './soak.ts';
import { benchSpeed } from './speed.ts';

const help = `Usage: npm run bench:xds -- [--only speed|kill|soak] [--quick] [--rounds N] [--json FILE]

  speed  a change until the last ACK, its CPU, a reconnect storm and memory, for state of the world and delta,
         1–1,000 proxies × 10–1,000 resources, beside go-control-plane's SnapshotCache and LinearCache if Go is installed
  kill   from the decision to each proxy's ACK, calm, with 10 % of the proxies stuck, and during a reconnect storm
  soak   100,000 weight changes and 10,000 reconnects: heap, resident memory, handles

  --only NAME  this one alone
  --quick      under two minutes; the scenarios that the aims speak of
  --rounds N   changes a scenario at most (20)
  --seed N     of the soak's random order (1)
  --json FILE  write the figures there as well

Ratios are of paired rounds and hold on a busy machine; let nothing else run for the absolute figures.
`;

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        help: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        only: { type: 'string' },
        rounds: { type: 'string' },
        json: { type: 'string' },
        seed: { type: 'string', default: '1' },
      },
    });
    const only = names.find((name) => name === values.only);
    if (values.only !== undefined && only === undefined)
      throw new Error(`--only is "${values.only}"; accepted: ${names.join(', ')}`);
    const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
    if (rounds !== undefined && !(Number.isInteger(rounds) && rounds >= 1 && rounds < 100))
      throw new Error(`--rounds is "${values.rounds}"; accepted: 1 to 99`);
    const seed = Number(values.seed);
    if (!Number.isInteger(seed)) throw new Error(`--seed is "${values.seed}"; accepted: a whole number`);
    return { ...values, only, rounds, seed };
  } catch (error) {
    process.stderr.write(`bench: ${messageOf(error)}\n\n${help}`);
    process.exit(2);
  }
}

const names = ['speed', 'kill', 'soak'] as const;
type Name = (typeof names)[number];
const options = readOptions();
if (options.help) {
  process.stdout.write(help);
  process.exit(0);
}
// What was started ends with this process; without these lines a signal would end it too early for that.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const note = (line: string) => process.stderr.write(`  ${line}\n`);
const { quick, rounds, seed } = options;

const benches: Record<Name, () => Promise<{ figures: unknown; tables: readonly string[] }>> = {
  async speed() {
    const { peers, measured } = await benchSpeed({ quick, rounds, note });
    const tables = [figuresTable(measured)];
    if (measured.some(({ figures }) => figures.length > 1))
      tables.push(`peers: ${peers}`, ratiosTable(measured));
    return { figures: { peers, measured, ratios: ratios(measured) }, tables };
  },
  async kill() {
    const figures = await benchKills({ quick, note });
    return { figures, tables: [killsTable(figures)] };
  },
  async soak() {
    const size = quick ? { changes: 5_000, reconnects: 500 } : { changes: 100_000, reconnects: 10_000 };
    const figures = await soak({ ...size, seed, note });
    return { figures, tables: [soakTable(figures)] };
  },
};

const [cpu] = cpus();
const machine = {
  cpus: cpus().length,
  model: cpu?.model ?? 'unknown',
  load_average_at_start: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  node: process.version,
};
process.stdout.write(
  `${machine.cpus} × ${machine.model}, load average at start ${machine.load_average_at_start}, Node ${machine.node}${quick ? ', --quick' : ''}\n`,
);
const results: Partial<Record<Name, unknown>> = {};
save();
for (const name of options.only === undefined ? names : [options.only]) {
  process.stdout.write(`\n${name}\n`);
  try {
    const { figures, tables } = await benches[name]();
    results[name] = figures;
    process.stdout.write(`${tables.join('\n\n')}\n`);
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
