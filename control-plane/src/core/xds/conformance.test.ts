import { fromBinary } from '@bufbuild/protobuf';
import { DeltaDiscoveryResponseSchema } from '@chronos/envoy/api/envoy/service/discovery/v3/discovery_pb.js';
import { describe, expect, test } from '@jest/globals';
import {
  CLUSTER_TYPE,
  ENDPOINT_TYPE,
  LISTENER_TYPE,
  ROUTE_TYPE,
  RUNTIME_TYPE,
  SECRET_TYPE,
} from './resource-types.ts';
import { DISCOVERY_METHODS } from './services.ts';
import { Driver } from './testing/driver.ts';
import type { FakeSpec } from './testing/fake-snapshot.ts';

/** One test a rule of the xDS protocol documentation, by its sections; the table in control-plane/docs/xds-conformance.md names them. */
const ab: FakeSpec = { clusters: { a: '1', b: '1' }, endpoints: { a: '1', b: '1' } };

describe('RPC Services and Methods for Each Variant', () => {
  test('ADS and a service for each of six types, each in two variants', () => {
    expect(
      [...DISCOVERY_METHODS.keys()].map((path) => path.slice(1).replace(/^envoy\.service\./, '')),
    ).toEqual([
      'discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources',
      'discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources',
      'listener.v3.ListenerDiscoveryService/DeltaListeners',
      'listener.v3.ListenerDiscoveryService/StreamListeners',
      'route.v3.RouteDiscoveryService/StreamRoutes',
      'route.v3.RouteDiscoveryService/DeltaRoutes',
      'cluster.v3.ClusterDiscoveryService/StreamClusters',
      'cluster.v3.ClusterDiscoveryService/DeltaClusters',
      'endpoint.v3.EndpointDiscoveryService/StreamEndpoints',
      'endpoint.v3.EndpointDiscoveryService/DeltaEndpoints',
      'secret.v3.SecretDiscoveryService/DeltaSecrets',
      'secret.v3.SecretDiscoveryService/StreamSecrets',
      'runtime.v3.RuntimeDiscoveryService/StreamRuntime',
      'runtime.v3.RuntimeDiscoveryService/DeltaRuntime',
    ]);
    const types = new Set([...DISCOVERY_METHODS.values()].map(({ typeUrl }) => typeUrl));
    expect(types).toEqual(
      new Set([undefined, LISTENER_TYPE, ROUTE_TYPE, CLUSTER_TYPE, ENDPOINT_TYPE, SECRET_TYPE, RUNTIME_TYPE]),
    );
  });

  test('a stream of one type implies it, answers with it, and refuses another', () => {
    const stream = new Driver('delta', ab, CLUSTER_TYPE);
    expect(stream.delta('', [])).toEqual(['send cluster#1 a,b']);
    expect(stream.delta(CLUSTER_TYPE, [], '1')).toEqual(['ack cluster']);
    expect(stream.delta(ENDPOINT_TYPE, ['a'])).toEqual([
      `close: this stream serves ${CLUSTER_TYPE}, the request asks for ${ENDPOINT_TYPE}`,
    ]);
  });

  test('the order of types holds within a stream only: listeners alone wait for no cluster', () => {
    const spec: FakeSpec = { ...ab, listeners: { l: ['1', ['r']] }, routes: { r: ['1', ['a']] } };
    expect(new Driver('sotw', spec, LISTENER_TYPE).sotw('', [])).toEqual(['send listener#1 l']);
    const aggregated = new Driver('sotw', spec);
    expect(aggregated.sotw(CLUSTER_TYPE, [])).toEqual(['send cluster#1 a,b']);
    expect(aggregated.sotw(LISTENER_TYPE, [])).toEqual([]);
  });

  test('a type that nobody has resources of is served, empty', () => {
    expect(new Driver('sotw', ab, SECRET_TYPE).sotw('', ['tls'])).toEqual([]);
    expect(new Driver('delta', ab, SECRET_TYPE).delta('', ['tls'])).toEqual(['send secret#1  -tls']);
  });
});

describe('ACK/NACK and resource type instance version', () => {
  test('an answer without error_detail is an ACK, whatever version it names', () => {
    const stream = new Driver('sotw', ab);
    stream.sotw(CLUSTER_TYPE, []);
    expect(stream.sotw(CLUSTER_TYPE, [], '1', { version: 'another' })).toEqual(['ack cluster']);
    expect(stream.settled(CLUSTER_TYPE)).toBe(true);
  });

  test('a NACK of a nonce that is unknown or no longer the newest is none', () => {
    for (const nonce of ['999', '1']) {
      const sotw = new Driver('sotw', { runtimes: { x: '1' } });
      sotw.sotw(RUNTIME_TYPE, ['x']);
      sotw.sotw(RUNTIME_TYPE, ['x'], '1');
      sotw.set({ runtimes: { x: '2' } });
      expect(sotw.sotw(RUNTIME_TYPE, ['x'], nonce, { error: 'no' })).toEqual([]);
      expect(sotw.sotw(RUNTIME_TYPE, ['x'], '2')).toEqual(['ack runtime']);

      const delta = new Driver('delta', { runtimes: { x: '1', y: '1' } });
      delta.delta(RUNTIME_TYPE, ['x']);
      delta.delta(RUNTIME_TYPE, [], '1');
      delta.set({ runtimes: { x: '2', y: '1' } });
      expect(delta.delta(RUNTIME_TYPE, ['y'], nonce, { error: 'no' })).toEqual([]);
      expect(delta.delta(RUNTIME_TYPE, [], '2')).toEqual(['ack runtime', 'send runtime#3 y']);
    }
  });

  test('a nonce of an earlier stream in the first requests of a new one rejects nothing', () => {
    const stream = new Driver('sotw', ab);
    expect(stream.sotw(ENDPOINT_TYPE, ['z'], '17')).toEqual([]);
    expect(stream.sotw(ENDPOINT_TYPE, ['a'], '17')).toEqual(['send endpoint#1 a']);
  });

  test('versions are of the content: two servers with the same snapshot give the same, and the second sends nothing again', () => {
    const first = new Driver('delta', ab);
    first.delta(CLUSTER_TYPE, []);
    const { resources, systemVersionInfo } = fromBinary(DeltaDiscoveryResponseSchema, first.bodies[0]!);
    const second = new Driver('delta', ab);
    const initialVersions = new Map(resources.map(({ name, version }) => [name, version]));
    expect(second.delta(CLUSTER_TYPE, [], '', { initialVersions })).toEqual([]);
    expect(second.version(CLUSTER_TYPE).acked).toBe(systemVersionInfo);
  });
});

describe('When to send an update', () => {
  test('what changed and changed back before the client was told is not sent', () => {
    for (const variant of ['sotw', 'delta'] as const) {
      const stream = new Driver(variant, { runtimes: { x: '1', y: '1' } });
      const ack = (nonce: string) =>
        variant === 'sotw'
          ? stream.sotw(RUNTIME_TYPE, ['x', 'y', 'z'], nonce)
          : stream.delta(RUNTIME_TYPE, nonce === '' ? ['x', 'y', 'z'] : [], nonce);
      ack('');
      ack('1');
      expect(stream.set({ runtimes: { x: '2', y: '1' } })).toHaveLength(1);
      // While that is unanswered: y changes and changes back, z appears and goes, x goes and comes back.
      stream.set({ runtimes: { x: '2', y: '2', z: '1' } });
      stream.set({ runtimes: { y: '1' } });
      stream.set({ runtimes: { x: '2', y: '1' } });
      expect(ack('2')).toEqual(['ack runtime']);
      expect(stream.settled(RUNTIME_TYPE)).toBe(true);
    }
  });

  test('nor is what a client brought along, went, and came back before the client was told', () => {
    const { clusters, endpoints } = ab;
    const stream = new Driver('delta', { clusters: { a: '1' }, endpoints: { a: '1' } });
    const initialVersions = new Map([
      ['a', '1>a'],
      ['b', '1>b'],
    ]);
    // A route of the client's may name b still: its removal waits.
    expect(stream.delta(CLUSTER_TYPE, [], '', { initialVersions })).toEqual([]);
    expect(stream.set({ clusters, endpoints })).toEqual([]);
    expect(stream.settled(CLUSTER_TYPE)).toBe(true);
  });

  test('a request that is repeated is answered once', () => {
    const stream = new Driver('sotw', ab);
    expect(stream.sotw(ENDPOINT_TYPE, ['a'])).toEqual(['send endpoint#1 a']);
    expect(stream.sotw(ENDPOINT_TYPE, ['a'])).toEqual([]);
    expect(stream.sotw(ENDPOINT_TYPE, ['a'], '1')).toEqual(['ack endpoint']);
    expect(stream.sotw(ENDPOINT_TYPE, ['a'], '1')).toEqual([]);
  });

  test('a request before there is a snapshot is answered when there is one', () => {
    const stream = new Driver('delta');
    expect(stream.delta(CLUSTER_TYPE, [])).toEqual([]);
    expect(stream.delta(ENDPOINT_TYPE, ['a'])).toEqual([]);
    expect(stream.set(ab)).toEqual(['send cluster#1 a,b', 'send endpoint#2 a']);
  });

  test('what is asked for while a response is unanswered is not taken as settled by its ACK', () => {
    const stream = new Driver('delta', ab);
    stream.delta(ENDPOINT_TYPE, ['a']);
    stream.delta(ENDPOINT_TYPE, ['b']);
    expect(stream.delta(ENDPOINT_TYPE, [], '1')).toEqual(['ack endpoint', 'send endpoint#2 b']);
    expect(stream.settled(ENDPOINT_TYPE)).toBe(false);
  });
});

describe('How the client specifies what resources to return', () => {
  test('state of the world: the example of the documentation', () => {
    const stream = new Driver('sotw', ab);
    expect(stream.sotw(CLUSTER_TYPE, [])).toEqual(['send cluster#1 a,b']);
    // "must resend any newly requested resources, even if it previously sent those"
    expect(stream.sotw(CLUSTER_TYPE, ['*', 'a'], '1')).toEqual(['ack cluster', 'send cluster#2 a,b']);
    expect(stream.sotw(CLUSTER_TYPE, ['a'], '2')).toEqual(['ack cluster']);
    expect(stream.set({ ...ab, clusters: { a: '1', b: '2' } })).toEqual([]);
    expect(stream.sotw(CLUSTER_TYPE, [], '2')).toEqual([]);
    expect(stream.set({ ...ab, clusters: { a: '2', b: '2' } })).toEqual([]);
  });

  test('delta: the example of the documentation', () => {
    const stream = new Driver('delta', ab);
    expect(stream.delta(CLUSTER_TYPE, [])).toEqual(['send cluster#1 a,b']);
    expect(stream.delta(CLUSTER_TYPE, ['a'], '1')).toEqual(['ack cluster', 'send cluster#2 a']);
    expect(stream.delta(CLUSTER_TYPE, [], '2', { unsubscribe: ['*'] })).toEqual(['ack cluster']);
    expect(stream.set({ ...ab, clusters: { a: '2', b: '2' } })).toEqual(['send cluster#3 a']);
    expect(stream.delta(CLUSTER_TYPE, [], '3', { unsubscribe: ['a'] })).toEqual(['ack cluster']);
    expect(stream.delta(CLUSTER_TYPE, [])).toEqual([]);
    expect(stream.set({ ...ab, clusters: { a: '3', b: '3' } })).toEqual([]);
  });

  test('the old wildcard ends with the first name that is given or "*" that is taken back', () => {
    const delta = new Driver('delta', ab);
    delta.delta(CLUSTER_TYPE, []);
    expect(delta.delta(CLUSTER_TYPE, [], '1', { unsubscribe: ['*'] })).toEqual(['ack cluster']);
    expect(delta.delta(CLUSTER_TYPE, [])).toEqual([]);
    expect(delta.set({ ...ab, clusters: { a: '2' } })).toEqual([]);
    const sotw = new Driver('sotw', ab);
    sotw.sotw(CLUSTER_TYPE, ['a']);
    sotw.sotw(CLUSTER_TYPE, [], '1');
    expect(sotw.set({ ...ab, clusters: { a: '2' } })).toEqual([]);
  });

  test('a first request that only gives up what it never had is a wildcard of the old style', () => {
    const stream = new Driver('delta', ab);
    expect(stream.delta(CLUSTER_TYPE, [], '', { unsubscribe: ['phantom'] })).toEqual(['send cluster#1 a,b']);
  });

  test('only listeners and clusters have the old wildcard; any type has "*"', () => {
    for (const typeUrl of [ENDPOINT_TYPE, ROUTE_TYPE, RUNTIME_TYPE]) {
      expect(new Driver('delta', ab).delta(typeUrl, [])).toEqual([]);
      expect(new Driver('sotw', ab).sotw(typeUrl, [])).toEqual([]);
    }
    expect(new Driver('delta', ab).delta(ENDPOINT_TYPE, ['*'])).toEqual(['send endpoint#1 a,b']);
  });

  test('a list that holds a name twice is that name', () => {
    const stream = new Driver('sotw', ab);
    stream.sotw(ENDPOINT_TYPE, ['a', 'b']);
    expect(stream.sotw(ENDPOINT_TYPE, ['a', 'a'], '1')).toEqual(['ack endpoint']);
    expect(stream.sotw(ENDPOINT_TYPE, ['a', 'b'], '1')).toEqual(['send endpoint#2 b']);
  });

  test('resource locators are refused, not taken for a wildcard', () => {
    expect(new Driver('delta', ab).delta(CLUSTER_TYPE, [], '', { locators: true })).toEqual([
      'close: resource locators are not offered: subscribe by name',
    ]);
  });
});

describe('Deleting Resources, Knowing When a Requested Resource Does Not Exist', () => {
  test('state of the world: clusters by their absence, also the last of them', () => {
    const stream = new Driver('sotw', ab);
    stream.sotw(CLUSTER_TYPE, []);
    stream.sotw(CLUSTER_TYPE, [], '1');
    expect(stream.set({ clusters: { b: '1' } })).toEqual(['send cluster#2 b']);
    stream.sotw(CLUSTER_TYPE, [], '2');
    expect(stream.set({})).toEqual(['send cluster#3']);
  });

  test('state of the world: of other types nothing is said, and what comes back unchanged is not sent', () => {
    const stream = new Driver('sotw', ab);
    stream.sotw(ENDPOINT_TYPE, ['a', 'b']);
    stream.sotw(ENDPOINT_TYPE, ['a', 'b'], '1');
    expect(stream.set({ endpoints: { a: '1' } })).toEqual([]);
    expect(stream.settled(ENDPOINT_TYPE)).toBe(true);
    expect(stream.set(ab)).toEqual([]);
    expect(stream.set({ endpoints: { a: '1', b: '2' } })).toEqual(['send endpoint#2 b']);
  });

  test('a named cluster that does not exist is answered by the state without it, and sent once it exists', () => {
    const stream = new Driver('sotw', ab);
    expect(stream.sotw(CLUSTER_TYPE, ['z'])).toEqual(['send cluster#1']);
    stream.sotw(CLUSTER_TYPE, ['z'], '1');
    expect(stream.set({ clusters: { z: '1' } })).toEqual(['send cluster#2 z']);
  });

  test('delta: what does not exist is told at once, sent once it exists, told again when it goes', () => {
    const stream = new Driver('delta', ab);
    expect(stream.delta(ENDPOINT_TYPE, ['z'])).toEqual(['send endpoint#1  -z']);
    stream.delta(ENDPOINT_TYPE, [], '1');
    expect(stream.set({ endpoints: { z: '1' } })).toEqual(['send endpoint#2 z']);
    stream.delta(ENDPOINT_TYPE, [], '2');
    expect(stream.set({ endpoints: {} })).toEqual(['send endpoint#3  -z']);
  });
});

describe('Incremental xDS', () => {
  test('subscribed to again, or given up and subscribed to again, a resource is sent again', () => {
    const stream = new Driver('delta', ab);
    stream.delta(ENDPOINT_TYPE, ['a', 'b']);
    expect(stream.delta(ENDPOINT_TYPE, ['a'], '1')).toEqual(['ack endpoint', 'send endpoint#2 a']);
    expect(stream.delta(ENDPOINT_TYPE, [], '2', { unsubscribe: ['b', 'phantom'] })).toEqual(['ack endpoint']);
    expect(stream.delta(ENDPOINT_TYPE, ['b'])).toEqual(['send endpoint#3 b']);
    expect(stream.delta(ENDPOINT_TYPE, ['b'], '3', { unsubscribe: ['b'] })).toEqual([
      'ack endpoint',
      'send endpoint#4 b',
    ]);
  });

  test('a name given up under the wildcard is stated if it exists, else as removed; the wildcard goes on', () => {
    const stream = new Driver('delta', ab);
    stream.delta(CLUSTER_TYPE, ['*', 'a', 'z']);
    expect(stream.delta(CLUSTER_TYPE, [], '1', { unsubscribe: ['a', 'z'] })).toEqual([
      'ack cluster',
      'send cluster#2 a -z',
    ]);
    stream.delta(CLUSTER_TYPE, [], '2');
    expect(stream.set({ ...ab, clusters: { a: '2', b: '1' } })).toEqual(['send cluster#3 a']);
  });

  test('initial_resource_versions: nothing unchanged is sent, what went is told; later ones count for nothing', () => {
    const stream = new Driver('delta', ab, ENDPOINT_TYPE);
    const initialVersions = new Map([
      ['a', '1'],
      ['gone', '7'],
    ]);
    expect(stream.delta(ENDPOINT_TYPE, ['a', 'b', 'gone'], '', { initialVersions })).toEqual([
      'send endpoint#1 b -gone',
    ]);
    expect(stream.delta(ENDPOINT_TYPE, ['a'], '1', { initialVersions })).toEqual([
      'ack endpoint',
      'send endpoint#2 a',
    ]);
  });

  test('a cluster that was updated while its client was away is warm: endpoints that it brings along are sent again', () => {
    const stream = new Driver('delta', { clusters: { a: '2', b: '1' }, endpoints: { a: '1', b: '1' } });
    const clusters = new Map([
      ['a', '1>a'],
      ['b', '1>b'],
    ]);
    expect(stream.delta(CLUSTER_TYPE, [], '', { initialVersions: clusters })).toEqual(['send cluster#1 a']);
    const endpoints = new Map([
      ['a', '1'],
      ['b', '1'],
    ]);
    expect(stream.delta(ENDPOINT_TYPE, ['a', 'b'], '', { initialVersions: endpoints })).toEqual([
      'send endpoint#2 a',
    ]);
  });

  test('a resource is never a heartbeat, has no time to live and no alias', () => {
    const stream = new Driver('delta', ab);
    stream.delta(CLUSTER_TYPE, []);
    const { resources } = fromBinary(DeltaDiscoveryResponseSchema, stream.bodies[0]!);
    for (const resource of resources) {
      expect(resource.ttl).toBeUndefined();
      expect(resource.aliases).toEqual([]);
      expect(resource.resource?.typeUrl).toBe(CLUSTER_TYPE);
    }
  });
});

describe('a plan that goes back', () => {
  const good: FakeSpec = { clusters: { a: '1' } };

  test('after a NACK: the last good content is stated again, the rejection stays shown until newer content is accepted', () => {
    const stream = new Driver('delta', good);
    stream.delta(CLUSTER_TYPE, []);
    stream.delta(CLUSTER_TYPE, [], '1');
    const accepted = stream.plan!;
    stream.set({ clusters: { a: 'bad' } });
    expect(stream.delta(CLUSTER_TYPE, [], '2', { error: 'no' })).toEqual(['nack cluster: no']);
    expect(stream.back(accepted)).toEqual(['send cluster#3 a']);
    stream.delta(CLUSTER_TYPE, [], '3');
    expect(stream.version(CLUSTER_TYPE)).toEqual({ acked: 'a1>a', rejected: 'abad>a' });
    expect(stream.settled(CLUSTER_TYPE)).toBe(true);
    stream.set({ clusters: { a: '2' } });
    stream.delta(CLUSTER_TYPE, [], '4');
    expect(stream.version(CLUSTER_TYPE)).toEqual({ acked: 'a2>a', rejected: undefined });
  });

  test('before the client was told of the newer: nothing is sent', () => {
    const stream = new Driver('sotw', { ...good, runtimes: { w: '1' } });
    stream.sotw(CLUSTER_TYPE, []);
    const accepted = stream.plan!;
    expect(stream.set({ clusters: { a: '2' }, runtimes: { w: '1' } })).toEqual([]);
    expect(stream.back(accepted)).toEqual([]);
    expect(stream.sotw(CLUSTER_TYPE, [], '1')).toEqual(['ack cluster']);
    expect(stream.settled(CLUSTER_TYPE)).toBe(true);
  });
});

describe('a client that does not read', () => {
  test('is sent nothing, its answers count, and then it is sent the newest', () => {
    const stream = new Driver('sotw', { runtimes: { x: '1' } });
    stream.sotw(RUNTIME_TYPE, ['x']);
    stream.full();
    stream.set({ runtimes: { x: '2' } });
    expect(stream.sotw(RUNTIME_TYPE, ['x'], '1')).toEqual(['ack runtime']);
    stream.set({ runtimes: { x: '3' } });
    expect(stream.writable()).toEqual(['send runtime#2 x']);
    expect(stream.sotw(RUNTIME_TYPE, ['x'], '2')).toEqual(['ack runtime']);
  });
});
