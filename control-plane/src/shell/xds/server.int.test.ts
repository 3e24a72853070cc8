import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { ClusterSchema } from '@chronos/envoy/api/envoy/config/cluster/v3/cluster_pb.js';
import { StreamMetricsMessageSchema } from '@chronos/proto/envoymetrics/v1/metrics_pb.js';
import { Client, credentials, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { TotalsReport } from '../../core/totals.ts';
import { CLUSTER_TYPE, RUNTIME_TYPE } from '../../core/xds/resource-types.ts';
import { snapshotOf } from './digest.ts';
import type { XdsEvent } from './events.ts';
import { createXdsServer, type XdsServer } from './server.ts';
import { deltaClient, node, sotwClient } from './testing/ads-client.ts';
import { smallPlane } from './testing/resources.ts';

const plane = { listenPort: 10_000, clusters: { a: 10_001, b: 10_002 }, to: 'a' };
const detail = (message: string) => ({ code: 3, message, details: [] });

describe('the xDS server with a grpc-js client', () => {
  let server: XdsServer;
  let events: XdsEvent[];
  let reports: TotalsReport[];
  let reported: () => void;

  beforeEach(async () => {
    events = [];
    reports = [];
    reported = () => undefined;
    server = await createXdsServer({
      listen: '127.0.0.1:0',
      onEvent: (event) => events.push(event),
      onTotals: (report) => {
        reports.push(report);
        reported();
      },
      answerTimeoutMs: 200,
    });
  });
  afterEach(() => server.close());

  test('state of the world: a wildcard gets everything, an ACK ends the waiting, only a change is sent again', async () => {
    const client = sotwClient(server.port);
    client.send({ node, typeUrl: CLUSTER_TYPE });
    server.setSnapshot({ group: 'g' }, snapshotOf(smallPlane(plane)));
    const first = await client.next();
    expect(first.resources.map((any) => any.typeUrl)).toEqual([CLUSTER_TYPE, CLUSTER_TYPE]);
    const waiting = server.waitForAcks({ group: 'g', typeUrls: [CLUSTER_TYPE], timeoutMs: 5_000 });
    client.send({ typeUrl: CLUSTER_TYPE, versionInfo: first.versionInfo, responseNonce: first.nonce });
    expect(await waiting).toMatchObject({ acked: ['n1'], rejected: [], pending: [] });

    server.setSnapshot({ group: 'g' }, snapshotOf(smallPlane({ ...plane, runtime: { k: 1 } })));
    server.setSnapshot(
      { group: 'g' },
      snapshotOf(smallPlane({ ...plane, runtime: { k: 1 }, connectTimeout: '2s' })),
    );
    const second = await client.next();
    expect(second.versionInfo).not.toBe(first.versionInfo);
    expect(client.unread).toBe(0);
    await client.close();
  });

  test('delta: a NACK is recorded and shown, the accepted version stays, the next good one is offered', async () => {
    const client = deltaClient(server.port);
    const good = snapshotOf(smallPlane(plane));
    server.setSnapshot({ group: 'g' }, good);
    client.send({ node, typeUrl: CLUSTER_TYPE, resourceNamesSubscribe: ['*'] });
    client.send({ typeUrl: CLUSTER_TYPE, responseNonce: (await client.next()).nonce });
    server.setSnapshot({ group: 'g' }, snapshotOf(smallPlane({ ...plane, connectTimeout: '3s' })));
    const bad = await client.next();
    const waiting = server.waitForAcks({ group: 'g', timeoutMs: 5_000 });
    client.send({ typeUrl: CLUSTER_TYPE, responseNonce: bad.nonce, errorDetail: detail('no such timeout') });
    expect(await waiting).toMatchObject({ acked: [], rejected: ['n1'] });

    const shown = server.proxies()[0]?.resources[0];
    expect(shown).toMatchObject({
      type: 'cluster',
      versionAcked: good.types.get(CLUSTER_TYPE)?.version,
      versionRejected: bad.systemVersionInfo,
      error: 'no such timeout',
    });
    expect(events.map((event) => event.kind)).toEqual(['connected', 'sent', 'ack', 'sent', 'nack']);

    server.setSnapshot({ group: 'g' }, good);
    const restored = await client.next();
    expect(restored.resources.map((resource) => resource.name)).toEqual(['a', 'b']);
    client.send({ typeUrl: CLUSTER_TYPE, responseNonce: restored.nonce });
    expect(await server.waitForAcks({ group: 'g', timeoutMs: 5_000 })).toMatchObject({ acked: ['n1'] });
    expect(server.proxies()[0]?.resources[0]).toMatchObject({ versionRejected: '', error: '' });
    await client.close();
  });

  test('delta: a client that comes back with what it holds gets only what it lacks', async () => {
    const before = snapshotOf(smallPlane(plane));
    server.setSnapshot(
      { group: 'g' },
      snapshotOf(smallPlane({ ...plane, clusters: { a: 10_001, c: 10_003 } })),
    );
    const client = deltaClient(server.port);
    const held = [...(before.types.get(CLUSTER_TYPE)?.byName.values() ?? [])];
    client.send({
      node,
      typeUrl: CLUSTER_TYPE,
      initialResourceVersions: Object.fromEntries(held.map(({ name, version }) => [name, version])),
    });
    const response = await client.next();
    expect(response.resources.map((resource) => resource.name)).toEqual(['c']);
    // It asked for no listeners and routes: what went is told once it had time to (A6).
    client.send({ typeUrl: CLUSTER_TYPE, responseNonce: response.nonce });
    expect((await client.next()).removedResources).toEqual(['b']);
    await client.close();
  });

  test('a proxy that goes away while an ACK is awaited stays pending, and counts once it is back', async () => {
    server.setSnapshot({ group: 'g' }, snapshotOf(smallPlane(plane)));
    const first = sotwClient(server.port);
    first.send({ node, typeUrl: RUNTIME_TYPE, resourceNames: ['chronos'] });
    await first.next();
    const impatient = server.waitForAcks({ group: 'g', timeoutMs: 50 });
    expect(await impatient).toMatchObject({ acked: [], pending: ['n1'] });
    const patient = server.waitForAcks({ group: 'g', timeoutMs: 5_000 });
    await first.close();
    const second = sotwClient(server.port);
    second.send({ node, typeUrl: RUNTIME_TYPE, resourceNames: ['chronos'] });
    const { nonce, versionInfo } = await second.next();
    second.send({ typeUrl: RUNTIME_TYPE, resourceNames: ['chronos'], responseNonce: nonce, versionInfo });
    expect(await patient).toMatchObject({ acked: ['n1'], pending: [] });
    await second.close();
  });

  test('a stream without a node, and one that never answers, are ended with the reason', async () => {
    const anonymous = sotwClient(server.port);
    anonymous.send({ typeUrl: CLUSTER_TYPE });
    expect(await anonymous.ended).toMatchObject({ code: status.INVALID_ARGUMENT });
    server.setSnapshot({ group: 'g' }, snapshotOf(smallPlane(plane)));
    const silent = sotwClient(server.port);
    silent.send({ node, typeUrl: CLUSTER_TYPE });
    expect(await silent.ended).toMatchObject({ code: status.DEADLINE_EXCEEDED });
    expect(server.proxies()).toMatchObject([{ nodeId: 'n1', connected: false }]);
  });

  test('closing the server ends its streams', async () => {
    const client = sotwClient(server.port);
    server.setSnapshot({ group: 'g' }, snapshotOf(smallPlane(plane)));
    client.send({ node, typeUrl: CLUSTER_TYPE });
    await client.next();
    await server.close();
    expect(await client.ended).toMatchObject({ code: status.UNAVAILABLE });
  });

  test('counters of mirrored requests arrive by group, other statistics are passed over', async () => {
    const metric = (labels: Record<string, string>, value: number) => ({
      label: Object.entries(labels).map(([name, text]) => ({ name, value: text })),
      counter: { value },
    });
    const mirrored = { migration: 'm', group: 'g', mode: 'mirrored' };
    const message = create(StreamMetricsMessageSchema, {
      identifier: { node: { id: 'n1', cluster: 'g' } },
      envoyMetrics: [
        { name: 'cluster.upstream_rq', metric: [metric(mirrored, 99)] },
        {
          name: 'chronos.requests',
          metric: [
            metric({ ...mirrored, universe: 'legacy' }, 7),
            metric({ ...mirrored, universe: 'modern' }, 5),
            metric({ ...mirrored, mode: 'legacy' }, 3),
            metric({ mode: 'mirrored', migration: '', group: '' }, 2),
          ],
        },
      ],
    });
    const client = new Client(`127.0.0.1:${server.port}`, credentials.createInsecure());
    const stream = client.makeClientStreamRequest(
      '/envoy.service.metrics.v3.MetricsService/StreamMetrics',
      (bytes: Buffer) => bytes,
      (bytes) => bytes,
      () => undefined,
    );
    const both = new Promise<void>((resolve) => {
      reported = () => reports.length === 2 && resolve();
    });
    stream.write(Buffer.from(toBinary(StreamMetricsMessageSchema, message)));
    // Only the first message of a stream names the node.
    const later = create(StreamMetricsMessageSchema, { ...message, identifier: undefined });
    stream.write(Buffer.from(toBinary(StreamMetricsMessageSchema, later)));
    await both;
    expect(reports).toEqual(Array(2).fill({ nodeId: 'n1', counters: new Map([['m/g', 12n]]) }));
    client.close();
  });

  test('a resource goes over the wire as it was made', async () => {
    const resources = smallPlane(plane);
    server.setSnapshot({ group: 'g' }, snapshotOf(resources));
    const client = deltaClient(server.port);
    client.send({ node, typeUrl: CLUSTER_TYPE });
    const { resources: received } = await client.next();
    const value = received[0]?.resource?.value ?? new Uint8Array();
    expect(fromBinary(ClusterSchema, value)).toEqual(resources.clusters[0]?.message);
    await client.close();
  });
});
