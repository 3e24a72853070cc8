import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { bootstrap } from '@chronos/envoy/bootstrap.ts';
import { type EnvoyProcess, startEnvoy } from '@chronos/envoy/process.ts';
import { freePort } from '@chronos/local/free-port.ts';
import { sharedToolchain, temporaryDir } from '@chronos/local/testing.ts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RUNTIME_TYPE } from '../../core/xds/resource-types.ts';
import { snapshotOf } from './digest.ts';
import type { XdsEvent } from './events.ts';
import { createXdsServer, type XdsServer } from './server.ts';
import { type SmallPlane, smallPlane } from './testing/resources.ts';

/** An upstream that answers with its name. */
async function upstream(name: string): Promise<{ server: Server; port: number }> {
  const server = createServer((_request, response) => response.end(name));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

describe.each(['DELTA_GRPC', 'GRPC'] as const)('a real Envoy over ADS (%s)', (apiType) => {
  const timeoutMs = 10_000;
  let server: XdsServer;
  let envoy: EnvoyProcess;
  let events: XdsEvent[];
  let plane: SmallPlane;
  let upstreams: Awaited<ReturnType<typeof upstream>>[];
  let dir: Awaited<ReturnType<typeof temporaryDir>>;

  const set = (next: SmallPlane) => server.setSnapshot({ group: 'g' }, snapshotOf(smallPlane(next)));
  const acks = (typeUrl?: string) =>
    server.waitForAcks({
      group: 'g',
      timeoutMs,
      ...(typeUrl === undefined ? {} : { typeUrls: [typeUrl] }),
    });
  const ask = async () => {
    const response = await fetch(`http://127.0.0.1:${plane.listenPort}/`);
    return `${response.status} ${await response.text()}`;
  };
  const nacks = () => events.filter((event) => event.kind === 'nack');
  const until = async (condition: () => Promise<boolean>) => {
    const deadline = performance.now() + timeoutMs;
    while (!(await condition())) {
      if (performance.now() > deadline) throw new Error('the condition was not met in time');
      await delay(20);
    }
  };

  beforeEach(async () => {
    const { envoy: binary } = await sharedToolchain();
    events = [];
    dir = await temporaryDir('xds');
    upstreams = [await upstream('one'), await upstream('two')];
    server = await createXdsServer({ listen: '127.0.0.1:0', onEvent: (event) => events.push(event) });
    const [one, two] = upstreams;
    plane = { listenPort: await freePort(), clusters: { one: one!.port, two: two!.port }, to: 'one' };
    set(plane);
    const adminPort = await freePort();
    const xdsAddress = `127.0.0.1:${server.port}`;
    const made = bootstrap({ nodeId: 'e1', cluster: 'g', xdsAddress, adminPort });
    const dynamic = made.dynamic_resources as { ads_config: object };
    const ads = { ...dynamic.ads_config, api_type: apiType };
    envoy = await startEnvoy({
      binary,
      dir: dir.path,
      adminPort,
      bootstrap: { ...made, dynamic_resources: { ...dynamic, ads_config: ads } },
      concurrency: 1,
    });
  }, 120_000);

  afterEach(async () => {
    await envoy.stop();
    await server.close();
    for (const { server: http } of upstreams) http.close();
    await dir.dispose();
  });

  test('runs the snapshot with zero NACKs, and says so', async () => {
    expect(await acks()).toMatchObject({ acked: ['e1'], rejected: [], pending: [] });
    expect(await ask()).toBe('200 one');
    expect(nacks()).toEqual([]);
    const [proxy] = server.proxies();
    expect(proxy).toMatchObject({ nodeId: 'e1', connected: true, userAgentVersion: '1.39.3' });
    expect(proxy?.resources.map((of) => of.type)).toEqual([
      'runtime',
      'cluster',
      'endpoint',
      'listener',
      'route',
    ]);
    for (const of of proxy?.resources ?? []) expect(of.versionAcked).toBe(of.versionWanted);
  });

  test('a rejected resource is recorded while Envoy serves what it had; the next good snapshot is taken', async () => {
    await acks();
    const { clusters } = plane;
    set({ ...plane, connectTimeout: '-1s' });
    expect(await acks()).toMatchObject({ rejected: ['e1'] });
    expect(nacks()).toMatchObject([{ nodeId: 'e1', error: expect.stringContaining('seconds: -1') }]);
    expect(server.proxies()[0]?.resources.find((of) => of.type === 'cluster')?.error).not.toBe('');
    expect(await ask()).toBe('200 one');

    // A kill still passes while another type stands rejected.
    set({ ...plane, connectTimeout: '-1s', runtime: { k: 7 } });
    expect(await acks(RUNTIME_TYPE)).toMatchObject({ acked: ['e1'] });

    set({ ...plane, clusters, to: 'two', connectTimeout: '2s' });
    expect(await acks()).toMatchObject({ acked: ['e1'], rejected: [] });
    await until(async () => (await ask()) === '200 two');
    expect(nacks()).toHaveLength(1);
  });

  test('make before break: a route moves to a new cluster and the old one goes, with no failed request', async () => {
    const { one, two } = plane.clusters;
    set({ ...plane, clusters: { one: one! } });
    await acks();
    const answers: string[] = [];
    let moving = true;
    const client = (async () => {
      while (moving) answers.push(await ask());
    })();
    set({ ...plane, clusters: { two: two! }, to: 'two' });
    expect(await acks()).toMatchObject({ acked: ['e1'] });
    await until(async () => answers.at(-1) === '200 two');
    moving = false;
    await client;
    expect(answers.filter((answer) => !answer.startsWith('200'))).toEqual([]);
    const stats = await envoy.admin.stats('cluster_manager.active_clusters');
    // The cluster of the control plane and the new one.
    expect(stats.get('cluster_manager.active_clusters')).toBe(2);
  });

  test('an updated cluster is warm at once although its endpoints did not change', async () => {
    await acks();
    set({ ...plane, connectTimeout: '4s' });
    await acks();
    await until(async () => {
      const stats = await envoy.admin.stats('cluster_manager.(warming_clusters|cluster_modified)');
      return (
        stats.get('cluster_manager.warming_clusters') === 0 &&
        stats.get('cluster_manager.cluster_modified') === 2
      );
    });
    expect(await ask()).toBe('200 one');
  });

  test('a control plane that comes back finds the proxy serving and sends it only what changed', async () => {
    await acks();
    const { port } = server;
    await server.close();
    expect(await ask()).toBe('200 one');
    events = [];
    server = await createXdsServer({ listen: `127.0.0.1:${port}`, onEvent: (event) => events.push(event) });
    set({ ...plane, runtime: { k: 1 } });
    await until(async () =>
      server.proxies().some((proxy) => proxy.connected && proxy.resources.length === 5),
    );
    expect(await acks()).toMatchObject({ acked: ['e1'] });
    const sent = events.flatMap((event) => (event.kind === 'sent' ? [event.typeUrl] : []));
    if (apiType === 'DELTA_GRPC') expect(sent).toEqual([RUNTIME_TYPE]);
    else expect(sent).toContain(RUNTIME_TYPE);
    expect(await ask()).toBe('200 one');
  });
});
