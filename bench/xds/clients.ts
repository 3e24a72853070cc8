// The synthetic proxies, in a process of their own, driven by commands. One fleet a server; all of them take turns.
import { ROUTE_TYPE, RUNTIME_TYPE } from '@chronos/control-plane/core/xds/resource-types.ts';
import { answerCommands } from './commands.ts';
import { type PreparedType, prepare, SyntheticProxy } from './proxy.ts';
import { group, layerName, nodeIdOf, ownName, type Scenario, sharedCount, sharedName } from './scenario.ts';

interface Fleet {
  readonly port: number;
  readonly scenario: Scenario;
  readonly prepared: readonly (readonly PreparedType[])[];
  proxies: SyntheticProxy[];
  /** The number of the first proxy; its node id follows from it. */
  readonly firstProxy: number;
  /** So many of the first hang: every other one reads nothing more, the others never ACK. */
  readonly stuck: number;
  /** A stream that ended though nobody asked for it. */
  broken: string | undefined;
}

const fleets = new Map<string, Fleet>();

answerCommands({
  /** Connects all proxies; answers when every one has everything and ACKed it. */
  async connect(command: {
    fleet: string;
    port: number;
    scenario: Scenario;
    firstProxy?: number;
    stuck?: number;
  }) {
    const { port, scenario, firstProxy = 0, stuck = 0 } = command;
    const prepared = wanted(scenario);
    const fleet: Fleet = { port, scenario, prepared, proxies: [], firstProxy, stuck, broken: undefined };
    fleets.set(command.fleet, fleet);
    return { ms: await connectAll(fleet) };
  },
  /** Cuts every connection and connects again at once, holding nothing, as after a restart of all proxies. */
  async storm({ fleet: name }: { fleet: string }) {
    const fleet = require(name);
    for (const proxy of fleet.proxies) proxy.destroy();
    return { ms: await connectAll(fleet) };
  },
  /** The same for the first so many. */
  async reconnect({ fleet: name, count }: { fleet: string; count: number }) {
    const fleet = require(name);
    for (const proxy of fleet.proxies.slice(0, count)) proxy.destroy();
    return { ms: await connectAll(fleet, count) };
  },
  /** Fails if a stream ended by itself. */
  check({ fleet: name }: { fleet: string }) {
    const { broken } = require(name);
    return broken === undefined ? {} : { error: `${name}: a stream ended: ${broken}` };
  },
  disconnect({ fleet: name }: { fleet: string }) {
    for (const proxy of require(name).proxies) proxy.destroy();
    fleets.delete(name);
    return {};
  },
  usage() {
    const { user, system } = process.cpuUsage();
    return { cpuMs: (user + system) / 1_000 };
  },
});

function require(name: string): Fleet {
  const fleet = fleets.get(name);
  if (fleet === undefined) throw new Error(`no fleet "${name}"`);
  return fleet;
}

function wanted(scenario: Scenario): (readonly PreparedType[])[] {
  const shared = Array.from({ length: sharedCount(scenario) }, (_, n) => sharedName(n));
  const layer = prepare({ typeUrl: RUNTIME_TYPE, names: [layerName] });
  const routes = (more: readonly string[]) => {
    const type = prepare({ typeUrl: ROUTE_TYPE, names: [...shared, ...more] });
    return scenario.change === 'weight' ? [layer, type] : [type];
  };
  if (scenario.shape !== 'shared')
    return Array.from({ length: scenario.proxies }, (_, proxy) => routes([ownName(proxy)]));
  const same = routes([]);
  return Array.from({ length: scenario.proxies }, () => same);
}

async function connectAll(fleet: Fleet, count = fleet.prepared.length): Promise<number> {
  const startedAt = performance.now();
  const { scenario, port, firstProxy, stuck } = fleet;
  const done = fleet.prepared.slice(0, count).map((types, index) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const behaviour = index >= stuck ? 'correct' : index % 2 === 0 ? 'never-reads' : 'never-acks';
    fleet.proxies[index] = new SyntheticProxy(
      { port, variant: scenario.variant, nodeId: nodeIdOf(firstProxy + index), group, types, behaviour },
      {
        complete: resolve,
        ended(reason) {
          if (behaviour !== 'correct') return;
          fleet.broken ??= reason;
          resolve();
        },
      },
    );
    return behaviour === 'correct' ? promise : undefined;
  });
  await Promise.all(done);
  if (fleet.broken !== undefined) throw new Error(`a stream ended: ${fleet.broken}`);
  return performance.now() - startedAt;
}
