import { quantile } from '../table.ts';
import type { Commanded } from './commands.ts';
import { ServerUnderTest } from './contender.ts';
import type { Contender, Scenario, ServedScenario } from './scenario.ts';

/** What one server showed in one scenario. Times in milliseconds, of the server's clock. */
export interface Figures {
  readonly contender: Contender;
  /** From before the new content is built until the last proxy's ACK; over the rounds. */
  readonly lastAckMs: { readonly p50: number; readonly p99: number };
  /** The same until each proxy's ACK, all rounds together. */
  readonly ackMs: { readonly p50: number; readonly p99: number };
  /** The server's CPU time a change, without what a command costs by itself; what it does after the last ACK counts. */
  readonly cpuMs: number;
  readonly stormMs: number;
  readonly stormCpuMs: number;
  /** Resident, before the first proxy came. */
  readonly memoryBaseMb: number;
  readonly memoryPeakMb: number;
  readonly rounds: number;
}

export interface Measured {
  readonly scenario: Scenario;
  readonly figures: readonly Figures[];
  /** CPU time of the synthetic proxies a change, for all servers together: what the load itself costs. */
  readonly clientsCpuMs: number;
}

export interface MeasureOptions {
  /** Rounds end when they have taken so long, but not before three. */
  readonly budgetMs: number;
  readonly roundsMax: number;
  /** For each server, before anything counts. */
  readonly warmUpMs: number;
  readonly storms: number;
}

/** Changes that are not counted: the first ones compile the code of a server that is meant to run for weeks. */
const WARM_UP_CHANGES_MAX = 300;
const ROUNDS_MIN = 3;

/** Measures the servers in turn, round by round, so that what else the machine does falls on all of them. */
export async function measure(
  contenders: readonly Contender[],
  scenario: ServedScenario,
  programs: { readonly peers: string | undefined; readonly clients: Commanded },
  options: MeasureOptions,
): Promise<Measured> {
  const servers: ServerUnderTest[] = [];
  try {
    for (const contender of contenders)
      servers.push(await ServerUnderTest.start(contender, scenario, programs));
    for (const server of servers) await warmUp(server, options.warmUpMs);
    const deadline = performance.now() + options.budgetMs;
    const cpuOfClients = async () => (await programs.clients.ask<{ cpuMs: number }>({ cmd: 'usage' })).cpuMs;
    const clientsBefore = await cpuOfClients();
    const changes = await changesInTurn(servers, options, deadline);
    const clientsCpuMs = ((await cpuOfClients()) - clientsBefore) / changes.rounds;
    const storms = await stormsInTurn(servers, options.storms);
    const figures = servers.map((server) => {
      const acks = changes.acks.get(server) ?? [];
      const last = acks.map((round) => round.at(-1) ?? Number.NaN);
      const storm = storms.get(server);
      return {
        contender: server.contender,
        lastAckMs: { p50: quantile(last, 0.5), p99: quantile(last, 0.99) },
        ackMs: { p50: quantile(acks.flat(), 0.5), p99: quantile(acks.flat(), 0.99) },
        cpuMs: (changes.cpuMs.get(server) ?? Number.NaN) / changes.rounds,
        stormMs: quantile(storm?.ms ?? [], 0.5),
        stormCpuMs: quantile(storm?.cpuMs ?? [], 0.5),
        memoryBaseMb: server.memory.baseMb,
        memoryPeakMb: server.memory.peakMb,
        rounds: changes.rounds,
      };
    });
    const { file: _, ...described } = scenario;
    return { scenario: described, figures, clientsCpuMs };
  } finally {
    for (const server of servers) await server.stop();
  }
}

/** Each server has the same time for it, however much it gets done. */
async function warmUp(server: ServerUnderTest, forMs: number): Promise<void> {
  const deadline = performance.now() + forMs;
  for (let i = 0; i < WARM_UP_CHANGES_MAX && performance.now() < deadline; i += 1) await server.change();
}

async function changesInTurn(servers: readonly ServerUnderTest[], options: MeasureOptions, deadline: number) {
  const acks = new Map<ServerUnderTest, (readonly number[])[]>(servers.map((server) => [server, []]));
  const before = await Promise.all(servers.map((server) => server.cpuMs()));
  let rounds = 0;
  while (rounds < options.roundsMax && (rounds < ROUNDS_MIN || performance.now() < deadline)) {
    // Another one begins each round.
    for (let i = 0; i < servers.length; i += 1) {
      const server = servers[(i + rounds) % servers.length]!;
      acks.get(server)?.push(await server.change());
    }
    rounds += 1;
  }
  const cpuMs = new Map<ServerUnderTest, number>();
  for (const [i, server] of servers.entries()) {
    const used = (await server.cpuMs()) - (before[i] ?? 0);
    cpuMs.set(server, Math.max(0, used - rounds * (await server.commandCpuMs())));
  }
  return { acks, cpuMs, rounds };
}

async function stormsInTurn(servers: readonly ServerUnderTest[], count: number) {
  const storms = new Map(servers.map((server) => [server, { ms: [] as number[], cpuMs: [] as number[] }]));
  for (let n = 0; n < count; n += 1) {
    for (const server of servers) {
      const before = await server.cpuMs();
      storms.get(server)?.ms.push(await server.storm());
      storms.get(server)?.cpuMs.push((await server.cpuMs()) - before);
    }
  }
  return storms;
}
