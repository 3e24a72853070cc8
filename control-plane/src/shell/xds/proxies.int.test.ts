import type { EnvoyProcess } from '@chronos/envoy/process.ts';
import { freePort } from '@chronos/local/free-port.ts';
import { temporaryDir } from '@chronos/local/testing.ts';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { RUNTIME_TYPE } from '../../core/xds/resource-types.ts';
import { snapshotOf } from './digest.ts';
import type { XdsEvent } from './events.ts';
import { createXdsServer, type XdsServer } from './server.ts';
import { proxyOf, streamEach, until, upstream } from './testing/proxied-plane.ts';
import { type SmallPlane, smallPlane } from './testing/resources.ts';

let dirs: Awaited<ReturnType<typeof temporaryDir>>[];
let proxies: EnvoyProcess[];
let servers: XdsServer[];
let backend: Awaited<ReturnType<typeof upstream>>;
let plane: SmallPlane;

beforeEach(async () => {
  [dirs, proxies, servers] = [[], [], []];
  backend = await upstream('one');
  plane = { listenPort: await freePort(), clusters: { one: backend.port }, to: 'one' };
}, 60_000);

afterEach(async () => {
  await Promise.all(proxies.map((proxy) => proxy.stop()));
  await Promise.all(servers.map((server) => server.close()));
  backend.server.close();
  for (const dir of dirs) await dir.dispose();
}, 30_000);

async function replica(events: XdsEvent[]): Promise<XdsServer> {
  const server = await createXdsServer({ listen: '127.0.0.1:0', onEvent: (event) => events.push(event) });
  servers.push(server);
  return server;
}

async function proxy(nodeId: string, source?: object): Promise<void> {
  const dir = await temporaryDir(nodeId);
  dirs.push(dir);
  const xdsPorts = servers.map(({ port }) => port);
  proxies.push(await proxyOf({ nodeId, dir: dir.path, xdsPorts, ...(source && { source }) }));
}

const ask = async (port: number) => {
  const response = await fetch(`http://127.0.0.1:${port}/`);
  return `${response.status} ${await response.text()}`;
};

test('a replica that drains loses its proxies to the other, without a failed request and without anything sent again', async () => {
  const told: XdsEvent[][] = [[], []];
  const [first, second] = [await replica(told[0]!), await replica(told[1]!)];
  // Each replica makes its own snapshot: the versions are of the content.
  for (const server of [first, second]) server.setSnapshot({ group: 'g' }, snapshotOf(smallPlane(plane)));
  await proxy('e1');
  await until('the proxy serves', async () => (await ask(plane.listenPort).catch(() => '')) === '200 one');
  const settled = () =>
    [first, second].findIndex(({ proxies }) =>
      proxies().some(
        ({ connected, resources }) =>
          connected &&
          resources.length === 5 &&
          resources.every((of) => of.versionAcked === of.versionWanted),
      ),
    );
  await until('one replica has it', () => settled() >= 0);
  const left = settled();
  const [leaving, staying] = left === 0 ? [first, second] : [second, first];

  const answers: string[] = [];
  let asking = true;
  const client = (async () => {
    while (asking) answers.push(await ask(plane.listenPort).catch((error: unknown) => String(error)));
  })();
  await leaving.close({ drainMs: 200 });
  await until('the other replica has it', () =>
    staying.proxies().some(({ connected, resources }) => connected && resources.length === 5),
  );
  const next = { ...plane, runtime: { k: 1 } };
  staying.setSnapshot({ group: 'g' }, snapshotOf(smallPlane(next)));
  expect(await staying.waitForAcks({ group: 'g', timeoutMs: 10_000 })).toMatchObject({ acked: ['e1'] });
  asking = false;
  await client;
  expect(new Set(answers)).toEqual(new Set(['200 one']));
  const sent = told[1 - left]!.flatMap((event) => (event.kind === 'sent' ? [event.typeUrl] : []));
  expect(sent).toEqual([RUNTIME_TYPE]);
  const ends = told[left]!.flatMap((event) => (event.kind === 'disconnected' ? [event.cause] : []));
  expect(ends).toEqual(['shutdown']);
}, 60_000);

test('a configuration that one real proxy rejects reaches no other; both serve on, and a kill with it reaches both', async () => {
  const events: XdsEvent[] = [];
  const server = await replica(events);
  server.setSnapshot({ group: 'g' }, snapshotOf(smallPlane({ ...plane, listenPort: 0 })));
  await proxy('e1');
  await until('the first is at rest', () => server.proxies()[0]?.resources.length === 5);
  await proxy('e2');
  const all = () => server.waitForAcks({ group: 'g', timeoutMs: 10_000 });
  await until('both are at rest', async () => (await all()).acked.length === 2);
  await until('accepted', () =>
    events.some((event) => event.kind === 'rollout' && event.what === 'accepted'),
  );

  events.length = 0;
  const bad = { ...plane, listenPort: 0, connectTimeout: '-1s', runtime: { kill: 1 } };
  server.setSnapshot({ group: 'g' }, snapshotOf(smallPlane(bad)));
  const kill = server.waitForAcks({ group: 'g', typeUrls: [RUNTIME_TYPE], timeoutMs: 10_000 });
  expect(await all()).toMatchObject({ rejected: ['e1'], pending: ['e2'] });
  expect((await kill).acked.toSorted()).toEqual(['e1', 'e2']);
  expect(events.flatMap((event) => (event.kind === 'nack' ? [event.nodeId] : []))).toEqual(['e1']);
  const rejecting = server
    .proxies()
    .flatMap(({ nodeId, resources }) =>
      resources.filter((of) => of.error !== '').map((of) => `${nodeId} ${of.type}: ${of.error}`),
    );
  expect(rejecting).toEqual([expect.stringMatching(/^e1 cluster: .*seconds: -1/s)]);

  // Corrected, it is tried on the first again and then given to both.
  server.setSnapshot({ group: 'g' }, snapshotOf(smallPlane({ ...bad, connectTimeout: '3s' })));
  expect((await all()).acked.toSorted()).toEqual(['e1', 'e2']);
  const told = events.flatMap((event) => (event.kind === 'rollout' ? [`${event.what} ${event.nodeId}`] : []));
  expect(told).toEqual(['trying e1', 'refused e1', 'trying e1', 'accepted e1']);
}, 60_000);

test.each(['GRPC', 'DELTA_GRPC'] as const)(
  'a real proxy with a stream for each type (%s) runs what is published, moves, and is taken back from what it rejects',
  async (apiType) => {
    const events: XdsEvent[] = [];
    const server = await replica(events);
    const source = streamEach(apiType);
    const all = () => server.waitForAcks({ group: 'g', timeoutMs: 10_000 });
    const set = (next: SmallPlane) =>
      server.setSnapshot({ group: 'g' }, snapshotOf(smallPlane({ ...next, source })));
    set(plane);
    await proxy('e1', source);
    await until('the proxy serves', async () => (await ask(plane.listenPort).catch(() => '')) === '200 one');
    expect(await all()).toMatchObject({ acked: ['e1'] });
    // Clusters, listeners and runtime, the endpoints of each cluster, the routes of each listener.
    expect(
      server
        .proxies()
        .flatMap(({ resources }) => resources.map(({ type }) => type))
        .toSorted(),
    ).toEqual(['cluster', 'endpoint', 'listener', 'route', 'runtime']);

    set({ ...plane, connectTimeout: '-1s', runtime: { k: 1 } });
    expect(await all()).toMatchObject({ rejected: ['e1'] });
    await until('taken back', () =>
      events.some((event) => event.kind === 'rollout' && event.what === 'refused'),
    );
    expect(await ask(plane.listenPort)).toBe('200 one');

    const other = await upstream('two');
    set({ ...plane, clusters: { one: backend.port, two: other.port }, to: 'two' });
    expect(await all()).toMatchObject({ acked: ['e1'], rejected: [] });
    await until('moved', async () => (await ask(plane.listenPort)) === '200 two');
    expect(events.filter((event) => event.kind === 'nack')).toHaveLength(1);
    other.server.close();
  },
  60_000,
);
