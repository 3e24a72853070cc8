import { resolve } from 'node:path';
import { compiledCodeDir } from '@chronos/local/cache-dir.ts';
import { type Commanded, memoryMb, startCommanded } from './commands.ts';
import { type Contender, type ServedScenario, typesOf } from './scenario.ts';

const COMMANDS = 50;

const args = ['--max-semi-space-size=4', '--expose-gc', resolve(import.meta.dirname, 'server.ts')];
const env = { NODE_COMPILE_CACHE: compiledCodeDir };

/** Our server as `chronos run` starts it, and able to collect garbage when asked. */
export function startChronos(): Commanded {
  return startCommanded(process.execPath, args, env);
}

/** The peers are compiled before they start, and so is ours: Node keeps what it compiles at a first start. */
export async function compileChronos(): Promise<void> {
  const server = startChronos();
  await server.ask({ cmd: 'usage' });
  await server.stop();
}

/** One server with its own fleet of proxies, ready to be measured. */
export class ServerUnderTest {
  readonly contender: Contender;
  readonly scenario: ServedScenario;
  readonly #server: Commanded;
  readonly #clients: Commanded;
  /** ACKs in all that the server has been promised. */
  #acks = 0;
  #changes = 0;
  #memoryBaseMb = Number.NaN;

  private constructor(contender: Contender, scenario: ServedScenario, server: Commanded, clients: Commanded) {
    this.contender = contender;
    this.scenario = scenario;
    this.#server = server;
    this.#clients = clients;
  }

  /** Starts the server in a process of its own, connects all proxies, and returns once each has everything. */
  static async start(
    contender: Contender,
    scenario: ServedScenario,
    programs: { readonly peers: string | undefined; readonly clients: Commanded },
  ): Promise<ServerUnderTest> {
    const server =
      contender === 'chronos' ? startChronos() : startCommanded(programs.peers ?? '', [contender]);
    const under = new ServerUnderTest(contender, scenario, server, programs.clients);
    const { port } = await server.ask<{ port: number }>({ cmd: 'setup', scenario });
    under.#memoryBaseMb = memoryMb(server.pid).now;
    await programs.clients.ask({ cmd: 'connect', fleet: contender, port, scenario });
    await under.#promised(scenario.proxies * typesOf(scenario));
    return under;
  }

  /** One change: the time of each proxy's ACK since the server began to build the new content, sorted, in milliseconds. */
  async change(): Promise<readonly number[]> {
    this.#changes += 1;
    this.#acks += this.scenario.proxies;
    const command = { cmd: 'change', number: this.#changes, acks: this.#acks };
    const { ackMs } = await this.#server.ask<{ ackMs: number[] }>(command);
    await this.#clients.ask({ cmd: 'check', fleet: this.contender });
    return ackMs.sort((a, b) => a - b);
  }

  /** All proxies are cut off and come back at once, with nothing: milliseconds until each has everything. */
  async storm(): Promise<number> {
    const { ms } = await this.#clients.ask<{ ms: number }>({ cmd: 'storm', fleet: this.contender });
    await this.#promised(this.scenario.proxies * typesOf(this.scenario));
    return ms;
  }

  /** CPU time of the server so far. */
  async cpuMs(): Promise<number> {
    return (await this.#server.ask<{ cpuMs: number }>({ cmd: 'usage' })).cpuMs;
  }

  /** CPU time of the server for a command that does nothing: what being asked costs it. */
  async commandCpuMs(): Promise<number> {
    const before = await this.cpuMs();
    for (let n = 0; n < COMMANDS; n += 1) await this.cpuMs();
    return ((await this.cpuMs()) - before) / (COMMANDS + 1);
  }

  /** Resident memory: with all resources loaded and before the first proxy came, and at its highest. */
  get memory(): { readonly baseMb: number; readonly peakMb: number } {
    return { baseMb: this.#memoryBaseMb, peakMb: memoryMb(this.#server.pid).peak };
  }

  async stop(): Promise<void> {
    // A server that failed to start has no fleet, and says itself what went wrong.
    await this.#clients.ask({ cmd: 'disconnect', fleet: this.contender }).catch(() => undefined);
    await this.#server.stop();
  }

  async #promised(more: number): Promise<void> {
    this.#acks += more;
    await this.#server.ask({ cmd: 'await', acks: this.#acks });
  }
}
