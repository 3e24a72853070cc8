// Our server in a process of its own, driven by commands. The peer of bench/peers/main.go: same resources, same counting.

import { readFileSync } from 'node:fs';
import { clone, fromBinary, type Message } from '@bufbuild/protobuf';
import type { NamedMessage, ResourceSet } from '@chronos/control-plane/core/snapshot.ts';
import { RUNTIME_TYPE } from '@chronos/control-plane/core/xds/resource-types.ts';
import { snapshotOf } from '@chronos/control-plane/shell/xds/digest.ts';
import { createXdsServer, type XdsServer } from '@chronos/control-plane/shell/xds/server.ts';
import {
  type RouteConfiguration,
  RouteConfigurationSchema,
} from '@chronos/envoy/api/envoy/config/route/v3/route_pb.js';
import { type Runtime, RuntimeSchema } from '@chronos/envoy/api/envoy/service/runtime/v3/rtds_pb.js';
import { Acks } from './acks.ts';
import { answerCommands } from './commands.ts';
import { decodeResources } from './resources.ts';
import { group, nodeIdOf, type ServedScenario } from './scenario.ts';

const acks = new Acks();
let server: XdsServer;
let scenario: ServedScenario;
let layer: Runtime;
let shared: NamedMessage[];
let own: NamedMessage[];
/** The version of the runtime type that is published. */
let layerVersion = '';
let onRuntimeAck: (nodeId: string, version: string) => void = () => undefined;

answerCommands({
  async setup(command: { scenario: ServedScenario }) {
    scenario = command.scenario;
    const [first, ...rest] = decodeResources(readFileSync(scenario.file));
    layer = fromBinary(RuntimeSchema, first!);
    const routes = rest.map((bytes) => named(fromBinary(RouteConfigurationSchema, bytes)));
    const owned = scenario.shape === 'shared' ? 0 : scenario.proxies;
    shared = routes.slice(0, routes.length - owned);
    own = routes.slice(routes.length - owned);
    server = await createXdsServer({
      listen: '127.0.0.1:0',
      // To all at once, as the peers do it; a canary first costs one round trip more.
      canary: { triesMax: 0 },
      onEvent: (event) => {
        if (event.kind === 'ack') {
          acks.one();
          if (event.typeUrl === RUNTIME_TYPE) onRuntimeAck(event.nodeId, event.version);
        } else if (event.kind === 'nack') throw new Error(`rejected: ${event.error}`);
      },
    });
    publish();
    prepared = Array.from({ length: PREPARED }, (_, number) => changed(number));
    return { port: server.port };
  },
  async await(command: { acks: number }) {
    await acks.reach(command.acks);
    return {};
  },
  async change(command: { number: number; acks: number }) {
    const startedAt = acks.restart();
    change(command.number);
    publish();
    await acks.reach(command.acks);
    return { ackMs: rounded(acks.since(startedAt)) };
  },
  /** Changes, each of which all proxies ACK before the next. */
  async changes(command: { first: number; count: number; acksAChange: number }) {
    for (let n = 0; n < command.count; n += 1) {
      acks.restart();
      change(command.first + n);
      publish();
      await acks.reach(acks.count + command.acksAChange);
    }
    return {};
  },
  /** New weights for all; the times of the first so many proxies' ACKs of just these, whoever else connects meanwhile. */
  async kill(command: { number: number; proxies: number }) {
    const startedAt = performance.now();
    const { promise, resolve } = Promise.withResolvers<number[]>();
    const ackMs: number[] = [];
    change(command.number);
    onRuntimeAck = (nodeId, acked) => {
      if (acked !== layerVersion || Number(nodeId.slice(nodeIdOf(0).length - 1)) >= scenario.proxies) return;
      ackMs.push(performance.now() - startedAt);
      if (ackMs.length === command.proxies) resolve(ackMs);
    };
    publish();
    return { ackMs: rounded(await promise) };
  },
  usage() {
    const { user, system } = process.cpuUsage();
    return { cpuMs: (user + system) / 1_000 };
  },
  resources() {
    globalThis.gc?.();
    const handles = process.getActiveResourcesInfo().length;
    return { heapMb: process.memoryUsage().heapUsed / 2 ** 20, handles };
  },
});

/** Contents of the first changes, made at the start: a translation's work is not the server's. As many as are ever measured. */
const PREPARED = 400;
let prepared: readonly Message[] = [];

/** Puts a message with new content in the place of another: what is being served must not be touched. */
function change(number: number): void {
  const next = prepared[number] ?? changed(number);
  if (scenario.change === 'weight') layer = next as Runtime;
  else shared = shared.with(middle(), named(next as RouteConfiguration));
}

function changed(number: number): Message {
  const weight = number % 10_001;
  if (scenario.change === 'weight') {
    const copy = clone(RuntimeSchema, layer);
    copy.layer = { ...copy.layer, 'chronos.weight.0': weight };
    return copy;
  }
  const copy = clone(RouteConfigurationSchema, shared[middle()]!.message as RouteConfiguration);
  const action = copy.virtualHosts[0]?.routes[0]?.action;
  if (action?.case === 'route' && action.value.clusterSpecifier.case === 'weightedClusters') {
    const [cluster] = action.value.clusterSpecifier.value.clusters;
    if (cluster !== undefined) cluster.weight = weight;
  }
  return copy;
}

function middle(): number {
  return Math.floor(shared.length / 2);
}

function publish(): void {
  if (scenario.shape !== 'per-node') {
    const snapshot = snapshotOf(resources([...shared, ...own]));
    layerVersion = snapshot.types.get(RUNTIME_TYPE)?.version ?? '';
    server.setSnapshot({ group }, snapshot);
    return;
  }
  own.forEach((route, proxy) => {
    server.setSnapshot({ nodeId: nodeIdOf(proxy) }, snapshotOf(resources([...shared, route])));
  });
}

function resources(routes: readonly NamedMessage[]): ResourceSet {
  return { clusters: [], endpoints: [], listeners: [], routes, runtimes: [named(layer)] };
}

/** To microseconds, as the peers tell them: longer numbers would cost this process time. */
function rounded(ms: readonly number[]): number[] {
  return ms.map((value) => Math.round(value * 1_000) / 1_000);
}

function named(message: Message & { readonly name: string }): NamedMessage {
  return { name: message.name, message };
}
