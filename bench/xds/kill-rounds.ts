import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { quantile, table } from '../table.ts';
import { type Commanded, startCommanded } from './commands.ts';
import { startChronos } from './contender.ts';
import { encodeResources } from './resources.ts';
import type { Scenario } from './scenario.ts';

/** What goes on while the kill switch is thrown. */
const conditions = {
  calm: 'nothing else',
  stuck: '10 % stuck (half never read, half never ACK)',
  storm: '1,000 others reconnect at the same time',
} as const;
type Condition = keyof typeof conditions;

export interface KillFigures {
  readonly proxies: number;
  readonly condition: Condition;
  readonly variant: Scenario['variant'];
  /** Decision until each proxy's ACK, all kills together; stuck proxies, which cannot, are not counted. */
  readonly ackMs: { readonly p50: number; readonly p99: number };
  readonly lastAckMs: { readonly p50: number; readonly max: number };
  readonly kills: number;
}

const STORM = 1_000;
/** So that the storm is at its height: its proxies connect for a good half second. */
const STORM_LEAD_MS = 100;

/** From the decision (before the new weights are translated into a snapshot) to the ACK of every proxy that stays connected. */
export async function benchKills(options: {
  readonly quick: boolean;
  readonly note: (line: string) => void;
}): Promise<readonly KillFigures[]> {
  const dir = mkdtempSync(join(tmpdir(), 'chronos-bench-xds-'));
  const figures: KillFigures[] = [];
  try {
    for (const variant of ['delta', 'sotw'] as const) {
      for (const proxies of [1, 100, 1_000]) {
        for (const condition of Object.keys(conditions) as Condition[]) {
          if (options.quick && (proxies === 100 || variant === 'sotw')) continue;
          if (condition === 'stuck' && proxies < 10) continue;
          const scenario: Scenario = { variant, proxies, resources: 100, shape: 'shared', change: 'weight' };
          const file = join(dir, 'resources');
          writeFileSync(file, encodeResources(scenario));
          const kills = options.quick || condition === 'storm' ? 10 : 30;
          figures.push(await killRounds({ ...scenario, file }, condition, kills));
          options.note(`${variant} ${proxies}, ${conditions[condition]}`);
        }
      }
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
  return figures;
}

async function killRounds(
  scenario: Scenario & { readonly file: string },
  condition: Condition,
  kills: number,
): Promise<KillFigures> {
  const server = startChronos();
  const start = () => startCommanded(process.execPath, [resolve(import.meta.dirname, 'clients.ts')]);
  // Two processes: the storm's own work must not delay the ACKs that are measured.
  const [clients, others] = [start(), start()];
  try {
    const { port } = await server.ask<{ port: number }>({ cmd: 'setup', scenario });
    const stuck = condition === 'stuck' ? Math.floor(scenario.proxies / 10) : 0;
    await clients.ask({ cmd: 'connect', fleet: 'kill', port, scenario, stuck });
    if (condition === 'storm') await connectOthers(others, port, scenario);
    const all: number[] = [];
    const last: number[] = [];
    // The first kills compile the code; a server has done its start's pushes by then.
    const warmUp = 5;
    for (let n = 1; n <= kills + warmUp; n += 1) {
      const storm = condition === 'storm' ? others.ask({ cmd: 'storm', fleet: 'others' }) : undefined;
      if (storm !== undefined) await new Promise((done) => setTimeout(done, STORM_LEAD_MS));
      const command = { cmd: 'kill', number: n, proxies: scenario.proxies - stuck };
      const { ackMs } = await server.ask<{ ackMs: number[] }>(command);
      await storm;
      await clients.ask({ cmd: 'check', fleet: 'kill' });
      if (n <= warmUp) continue;
      all.push(...ackMs);
      last.push(Math.max(...ackMs));
    }
    return {
      proxies: scenario.proxies,
      condition,
      variant: scenario.variant,
      ackMs: { p50: quantile(all, 0.5), p99: quantile(all, 0.99) },
      lastAckMs: { p50: quantile(last, 0.5), max: Math.max(...last) },
      kills,
    };
  } finally {
    await Promise.all([server, clients, others].map((process) => process.stop()));
  }
}

async function connectOthers(others: Commanded, port: number, scenario: Scenario): Promise<void> {
  const crowd = { ...scenario, proxies: STORM };
  await others.ask({ cmd: 'connect', fleet: 'others', port, scenario: crowd, firstProxy: scenario.proxies });
}

export function killsTable(figures: readonly KillFigures[]): string {
  const ms = (value: number) => value.toFixed(1);
  return table(
    ['kill: proxies', 'meanwhile', 'ACK p50 ms', 'p99 (aim < 100)', 'last ACK p50 ms', 'max', 'kills'],
    figures.map((of) => [
      `${of.variant} ${of.proxies}`,
      conditions[of.condition],
      ms(of.ackMs.p50),
      `${ms(of.ackMs.p99)}${of.ackMs.p99 >= 100 ? ' !' : ''}`,
      ms(of.lastAckMs.p50),
      ms(of.lastAckMs.max),
      of.kills,
    ]),
  );
}
