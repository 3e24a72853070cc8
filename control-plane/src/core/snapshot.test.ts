import { create, fromBinary } from '@bufbuild/protobuf';
import { AnySchema, anyPack, anyUnpack } from '@bufbuild/protobuf/wkt';
import {
  Cluster_DiscoveryType,
  ClusterSchema,
} from '@chronos/envoy/api/envoy/config/cluster/v3/cluster_pb.js';
import { ClusterLoadAssignmentSchema } from '@chronos/envoy/api/envoy/config/endpoint/v3/endpoint_pb.js';
import { ListenerSchema } from '@chronos/envoy/api/envoy/config/listener/v3/listener_pb.js';
import { RouteConfigurationSchema } from '@chronos/envoy/api/envoy/config/route/v3/route_pb.js';
import { ClusterConfigSchema } from '@chronos/envoy/api/envoy/extensions/clusters/aggregate/v3/cluster_pb.js';
import { HttpConnectionManagerSchema } from '@chronos/envoy/api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager_pb.js';
import { SecretSchema } from '@chronos/envoy/api/envoy/extensions/transport_sockets/tls/v3/secret_pb.js';
import { HttpProtocolOptionsSchema } from '@chronos/envoy/api/envoy/extensions/upstreams/http/v3/http_protocol_options_pb.js';
import { describe, expect, test } from '@jest/globals';
import { goldenCases } from '../../testdata/translate/cases.ts';
import { consistent, makeSnapshot, type NamedMessage, type ResourceSet } from './snapshot.ts';
import { diffTypes } from './snapshot-diff.ts';
import { translate } from './translate/translate.ts';
import { CLUSTER_TYPE, SECRET_TYPE } from './xds/resource-types.ts';

/** Stands in for the native hash: equal bytes, equal text. */
const digest = (bytes: Uint8Array) => String(bytes.reduce((hash, byte) => (hash * 31 + byte) >>> 0, 7));

const empty: ResourceSet = { clusters: [], endpoints: [], listeners: [], routes: [], runtimes: [] };

function eds(name: string, serviceName = ''): NamedMessage {
  const message = create(ClusterSchema, {
    name,
    clusterDiscoveryType: { case: 'type', value: Cluster_DiscoveryType.EDS },
    edsClusterConfig: { serviceName },
  });
  return { name, message };
}

function aggregate(name: string, clusters: string[], mirror: string): NamedMessage {
  const options = create(HttpProtocolOptionsSchema, { requestMirrorPolicies: [{ cluster: mirror }] });
  const typedConfig = anyPack(ClusterConfigSchema, create(ClusterConfigSchema, { clusters }));
  const message = create(ClusterSchema, {
    name,
    clusterDiscoveryType: { case: 'clusterType', value: { name: 'aggregate', typedConfig } },
    typedExtensionProtocolOptions: { http: anyPack(HttpProtocolOptionsSchema, options) },
  });
  return { name, message };
}

function listener(name: string, routeConfigName: string): NamedMessage {
  const manager = create(HttpConnectionManagerSchema, {
    routeSpecifier: { case: 'rds', value: { routeConfigName } },
  });
  const typedConfig = anyPack(HttpConnectionManagerSchema, manager);
  const filters = [{ name: 'http', configType: { case: 'typedConfig' as const, value: typedConfig } }];
  return { name, message: create(ListenerSchema, { name, filterChains: [{ filters }] }) };
}

function route(name: string, cluster: string, weighted: string): NamedMessage {
  const message = create(RouteConfigurationSchema, {
    name,
    virtualHosts: [
      {
        name: 'all',
        routes: [
          { action: { case: 'route', value: { clusterSpecifier: { case: 'cluster', value: cluster } } } },
          {
            action: {
              case: 'route',
              value: {
                clusterSpecifier: { case: 'weightedClusters', value: { clusters: [{ name: weighted }] } },
              },
            },
          },
        ],
      },
    ],
  });
  return { name, message };
}

const assignment = (name: string): NamedMessage => ({
  name,
  message: create(ClusterLoadAssignmentSchema, { clusterName: name }),
});

describe('a snapshot', () => {
  test('has the version of its content, whatever the order', () => {
    const a = makeSnapshot({ ...empty, clusters: [eds('a'), eds('b')] }, digest);
    const b = makeSnapshot({ ...empty, clusters: [eds('b'), eds('a')] }, digest);
    const c = makeSnapshot({ ...empty, clusters: [eds('a'), eds('b', 'other')] }, digest);
    expect(a.version).toBe(b.version);
    expect(a.version).not.toBe(c.version);
  });

  test('holds each resource as an encoded Any', () => {
    const made = eds('a', 'service');
    const snapshot = makeSnapshot({ ...empty, clusters: [made] }, digest);
    const bytes = snapshot.types.get(CLUSTER_TYPE)?.byName.get('a')?.any ?? new Uint8Array();
    expect(anyUnpack(fromBinary(AnySchema, bytes), ClusterSchema)).toEqual(made.message);
  });

  test('encodes a message once, however many snapshots hold it, and anew under another name', () => {
    let digested = 0;
    const counting = (bytes: Uint8Array) => {
      digested += 1;
      return digest(bytes);
    };
    const [kept, old, fresh] = [eds('kept'), eds('one'), eds('one', 'other')];
    const before = makeSnapshot({ ...empty, clusters: [kept, old] }, counting);
    const whole = digested;
    const after = makeSnapshot({ ...empty, clusters: [kept, fresh] }, counting);
    expect(digested - whole).toBe(whole - 1);
    const clusters = (of: typeof before) => of.types.get(CLUSTER_TYPE)?.byName;
    expect(clusters(after)?.get('kept')).toBe(clusters(before)?.get('kept'));
    expect(clusters(after)?.get('one')?.version).not.toBe(clusters(before)?.get('one')?.version);
    const renamed = makeSnapshot({ ...empty, clusters: [{ ...kept, name: 'new' }] }, counting);
    expect(clusters(renamed)?.get('new')?.name).toBe('new');
  });

  test('holds secrets for those who have some', () => {
    const secret = { name: 's', message: create(SecretSchema, { name: 's' }) };
    const { types } = makeSnapshot({ ...empty, secrets: [secret] }, digest);
    expect([...(types.get(SECRET_TYPE)?.names ?? [])]).toEqual(['s']);
  });

  test('refuses two resources of one name, and a message of another type', () => {
    expect(() => makeSnapshot({ ...empty, clusters: [eds('a'), eds('a')] }, digest)).toThrow(
      'two cluster resources are named "a"',
    );
    expect(() => makeSnapshot({ ...empty, clusters: [assignment('a')] }, digest)).toThrow(
      'cluster "a" is a envoy.config.endpoint.v3.ClusterLoadAssignment',
    );
  });

  test('is consistent when every reference resolves, through packed messages as well', () => {
    const whole: ResourceSet = {
      ...empty,
      clusters: [eds('a'), eds('shadow', 'a'), aggregate('first', ['a'], 'shadow')],
      endpoints: [assignment('a')],
      listeners: [listener('in', 'way')],
      routes: [route('way', 'first', 'a')],
    };
    expect(consistent(makeSnapshot(whole, digest))).toEqual([]);
  });

  test('names every reference that leads nowhere', () => {
    const broken: ResourceSet = {
      ...empty,
      clusters: [eds('a', 'service'), aggregate('first', ['gone'], 'lost')],
      listeners: [listener('in', 'way')],
      routes: [route('path', 'x', 'bootstrapped')],
    };
    const problems = consistent(makeSnapshot(broken, digest), new Set(['bootstrapped']));
    expect([...problems].sort()).toEqual([
      'cluster "a" names endpoint "service", which does not exist',
      'cluster "first" names cluster "gone", which does not exist',
      'cluster "first" names cluster "lost", which does not exist',
      'listener "in" names route "way", which does not exist',
      'route "path" names cluster "x", which does not exist',
    ]);
  });

  test.each(goldenCases())('of the translated case $name is consistent', ({ ir }) => {
    const snapshot = makeSnapshot(translate(ir), digest);
    expect(consistent(snapshot, new Set(['chronos.xds']))).toEqual([]);
  });

  test('differs from another by name, and the difference is found once', () => {
    const type = (clusters: NamedMessage[]) =>
      makeSnapshot({ ...empty, clusters }, digest).types.get(CLUSTER_TYPE)!;
    const from = type([eds('same'), eds('changed'), eds('removed')]);
    const to = type([eds('same'), eds('changed', 'x'), eds('added')]);
    expect(diffTypes(from, to)).toEqual({
      changed: new Map([
        ['changed', from.byName.get('changed')],
        ['added', null],
      ]),
      removed: new Map([['removed', from.byName.get('removed')]]),
    });
    expect(diffTypes(from, to)).toBe(diffTypes(from, to));
  });
});
