import { createRegistry, type JsonObject, type MessageInitShape, toJson } from '@bufbuild/protobuf';
import { anyUnpack } from '@bufbuild/protobuf/wkt';
import { ClientResourceStatus } from '@chronos/envoy/api/envoy/admin/v3/config_dump_shared_pb.js';
import { ClusterSchema } from '@chronos/envoy/api/envoy/config/cluster/v3/cluster_pb.js';
import { RouteConfigurationSchema } from '@chronos/envoy/api/envoy/config/route/v3/route_pb.js';
import {
  type ClientConfig,
  ClientStatusDiscoveryService,
  type ClientStatusRequestSchema,
  ConfigStatus,
} from '@chronos/envoy/api/envoy/service/status/v3/csds_pb.js';
import type { EnvoyProcess } from '@chronos/envoy/process.ts';
import { freePort } from '@chronos/local/free-port.ts';
import { temporaryDir } from '@chronos/local/testing.ts';
import { type Client, Code, createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CLUSTER_TYPE, ENDPOINT_TYPE, LISTENER_TYPE, ROUTE_TYPE } from '../../core/xds/resource-types.ts';
import { snapshotOf } from './digest.ts';
import { createXdsServer, type XdsServer } from './server.ts';
import { deltaClient } from './testing/ads-client.ts';
import { proxyOf, upstream } from './testing/proxied-plane.ts';
import { type SmallPlane, smallPlane } from './testing/resources.ts';

type Request = MessageInitShape<typeof ClientStatusRequestSchema>;

const plane: SmallPlane = { listenPort: 10_000, clusters: { a: 10_001, b: 10_002 }, to: 'a' };
let server: XdsServer;
let status: Client<typeof ClientStatusDiscoveryService>;

beforeEach(async () => {
  server = await createXdsServer({ listen: '127.0.0.1:0' });
  const transport = createGrpcTransport({ baseUrl: `http://127.0.0.1:${server.port}` });
  status = createClient(ClientStatusDiscoveryService, transport);
});
afterEach(() => server.close());

const set = (next: SmallPlane) => server.setSnapshot({ group: 'g' }, snapshotOf(smallPlane(next)));
const ask = async (request: Request = {}) => (await status.fetchClientStatus(request)).config;
/** The entries of one type, by name. */
const entries = (config: ClientConfig | undefined, typeUrl: string) =>
  Object.fromEntries(
    (config?.genericXdsConfigs ?? [])
      .filter((entry) => entry.typeUrl === typeUrl)
      .map((entry) => [entry.name, entry]),
  );

describe('the client status service', () => {
  test('shows each resource: accepted, rejected with both versions and the reason, not there', async () => {
    const client = deltaClient(server.port);
    const node = { id: 'n1', cluster: 'g' };
    client.send({ node, typeUrl: CLUSTER_TYPE, resourceNamesSubscribe: ['a', 'b', 'c'] });
    set(plane);
    const first = await client.next();
    client.send({ typeUrl: CLUSTER_TYPE, responseNonce: first.nonce });
    await server.waitForAcks({ group: 'g', timeoutMs: 5_000 });
    const [before] = await ask();
    expect(before?.node).toMatchObject(node);
    const { a, b, c } = entries(before, CLUSTER_TYPE);
    const told = (name: string) => first.resources.find((resource) => resource.name === name);
    const accepted = { clientStatus: ClientResourceStatus.ACKED, configStatus: ConfigStatus.SYNCED };
    expect(a).toMatchObject({ ...accepted, versionInfo: told('a')?.version });
    expect(a?.errorState).toBeUndefined();
    expect(a?.xdsConfig).toEqual(told('a')?.resource);
    expect(a?.lastUpdated).toBeDefined();
    expect(b).toMatchObject(accepted);
    expect(c).toMatchObject({ clientStatus: ClientResourceStatus.DOES_NOT_EXIST, versionInfo: '' });
    expect(c?.xdsConfig).toBeUndefined();

    set({ ...plane, connectTimeout: '9s' });
    const second = await client.next();
    const errorDetail = { code: 3, message: 'nine is too much' };
    client.send({ typeUrl: CLUSTER_TYPE, responseNonce: second.nonce, errorDetail });
    await server.waitForAcks({ group: 'g', timeoutMs: 5_000 });
    const [after] = await ask();
    expect(entries(after, CLUSTER_TYPE).a).toMatchObject({
      clientStatus: ClientResourceStatus.NACKED,
      configStatus: ConfigStatus.ERROR,
      versionInfo: a?.versionInfo,
      xdsConfig: a?.xdsConfig,
      errorState: {
        details: 'nine is too much',
        versionInfo: second.resources.find((resource) => resource.name === 'a')?.version,
        lastUpdateAttempt: expect.anything(),
        failedConfiguration: { typeUrl: CLUSTER_TYPE },
      },
    });
    await client.close();
  });

  test('nodes by matcher, contents on demand, a stream of answers, and matchers that are not offered', async () => {
    set(plane);
    const clients = ['edge-1', 'edge-2', 'core-1'].map((id) => {
      const client = deltaClient(server.port);
      client.send({ node: { id, cluster: 'g' }, typeUrl: CLUSTER_TYPE });
      return client;
    });
    for (const client of clients) {
      const { nonce } = await client.next();
      client.send({ typeUrl: CLUSTER_TYPE, responseNonce: nonce });
    }
    await server.waitForAcks({ group: 'g', timeoutMs: 5_000 });
    const ids = async (request: Request) => (await ask(request)).map(({ node }) => node?.id).sort();
    const edges = {
      nodeMatchers: [{ nodeId: { matchPattern: { case: 'prefix' as const, value: 'edge' } } }],
    };
    expect(await ids({})).toEqual(['core-1', 'edge-1', 'edge-2']);
    expect(await ids(edges)).toEqual(['edge-1', 'edge-2']);

    const answers: (number | undefined)[][] = [];
    const questions = (async function* () {
      yield edges;
      yield { ...edges, excludeResourceContents: true };
    })();
    for await (const { config } of status.streamClientStatus(questions)) {
      answers.push(config.map((one) => one.genericXdsConfigs.filter((entry) => entry.xdsConfig).length));
    }
    expect(answers).toEqual([
      [2, 2],
      [0, 0],
    ]);
    const metadata = { nodeMatchers: [{ nodeMetadatas: [{ path: [] }] }] };
    await expect(ask(metadata)).rejects.toMatchObject({ code: Code.InvalidArgument });
    const broken = { case: 'safeRegex' as const, value: { regex: '(' } };
    await expect(ask({ nodeMatchers: [{ nodeId: { matchPattern: broken } }] })).rejects.toMatchObject({
      code: Code.InvalidArgument,
    });
    for (const client of clients) await client.close();
  });
});

describe("beside Envoy's own view", () => {
  let envoy: EnvoyProcess;
  let one: Awaited<ReturnType<typeof upstream>>;
  let dir: Awaited<ReturnType<typeof temporaryDir>>;

  beforeEach(async () => {
    dir = await temporaryDir('csds');
    one = await upstream('one');
    set({ listenPort: await freePort(), clusters: { one: one.port }, to: 'one' });
    envoy = await proxyOf({ nodeId: 'e1', dir: dir.path, xdsPorts: [server.port] });
  }, 120_000);
  afterEach(async () => {
    await envoy.stop();
    one.server.close();
    await dir.dispose();
  });

  test('every resource is the one that its config dump holds, in the same version', async () => {
    expect(await server.waitForAcks({ group: 'g', timeoutMs: 10_000 })).toMatchObject({ acked: ['e1'] });
    const [config] = await ask();
    const dump = (await envoy.admin.configDump()) as { configs: JsonObject[] };
    const section = (name: string, list: string) =>
      (dump.configs.find((part) => String(part['@type']).endsWith(`.${name}`))?.[list] ?? []) as JsonObject[];
    const ours = (typeUrl: string, name: string) => entries(config, typeUrl)[name];

    const [cluster] = section('ClustersConfigDump', 'dynamic_active_clusters');
    const [route] = section('RoutesConfigDump', 'dynamic_route_configs');
    const [listener] = section('ListenersConfigDump', 'dynamic_listeners');
    const { '@type': _, ...clusterHeld } = cluster!.cluster as JsonObject;
    const { '@type': __, ...routeHeld } = route!.route_config as JsonObject;
    const registry = createRegistry(ClusterSchema, RouteConfigurationSchema);
    const json = (typeUrl: string, name: string) => {
      const message = anyUnpack(ours(typeUrl, name)!.xdsConfig!, registry);
      const schema = registry.getMessage(message!.$typeName)!;
      return toJson(schema, message!, { useProtoFieldName: true, registry });
    };
    expect(json(CLUSTER_TYPE, 'one')).toEqual(clusterHeld);
    expect(json(ROUTE_TYPE, 'way')).toEqual(routeHeld);
    expect(ours(CLUSTER_TYPE, 'one')?.versionInfo).toBe(cluster?.version_info);
    expect(ours(ROUTE_TYPE, 'way')?.versionInfo).toBe(route?.version_info);
    const active = listener?.active_state as JsonObject;
    expect(ours(LISTENER_TYPE, 'in')?.versionInfo).toBe(active.version_info);
    expect(Object.keys(entries(config, ENDPOINT_TYPE))).toEqual(['one']);
    expect(
      config?.genericXdsConfigs.filter((entry) => entry.clientStatus !== ClientResourceStatus.ACKED),
    ).toEqual([]);
  }, 60_000);
});
