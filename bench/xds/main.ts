// npm run bench:xds: how fast the xDS server is, beside go-control-plane where Go is installed.

import { parseArgs } from 'node:util';
import { type Bench, note, onlyOf, readCommandLine, runBenches } from '../run.ts';
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

const names = ['speed', 'kill', 'soak'] as const;
type Name = (typeof names)[number];

const { quick, only, json, rounds, seed } = readCommandLine(help, () => {
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
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds >= 1 && rounds < 100))
    throw new Error(`--rounds is "${values.rounds}"; accepted: 1 to 99`);
  const seed = Number(values.seed);
  if (!Number.isInteger(seed)) throw new Error(`--seed is "${values.seed}"; accepted: a whole number`);
  return { ...values, only: onlyOf(names, values.only), rounds, seed };
});

const benches: Record<Name, Bench> = {
  async speed() {
    const { peers, measured } = await benchSpeed({ quick, rounds, note });
    const tables = [figuresTable(measured)];
    if (measured.some(({ figures }) => figures.length > 1))
      tables.push(`peers: ${peers}`, ratiosTable(measured));
    return { figures: { peers, measured, ratios: ratios(measured) }, table: tables.join('\n\n') };
  },
  async kill() {
    const figures = await benchKills({ quick, note });
    return { figures, table: killsTable(figures) };
  },
  async soak() {
    const size = quick ? { changes: 5_000, reconnects: 500 } : { changes: 100_000, reconnects: 10_000 };
    const figures = await soak({ ...size, seed, note });
    return { figures, table: soakTable(figures) };
  },
};

await runBenches({ benches, only, quick, json, versions: {} });
