import { create } from '@bufbuild/protobuf';
import { type Cluster, ClusterSchema } from '@chronos/envoy/api/envoy/config/cluster/v3/cluster_pb.js';
import { describe, expect, test } from '@jest/globals';
import { goldenCases } from '../../../testdata/translate/cases.ts';
import type { DataPlane, TcpGroupIr } from '../ir.ts';
import { resourceJson } from './json.ts';
import { mirrorProblems } from './mirror-check.ts';
import { TranslationError, translate } from './translate.ts';
import { httpOptions } from './upstream-protocol.ts';

const cases = goldenCases();
const canary = cases.find(({ name }) => name === 'canary')!.ir;

const atWeight = (modernWeightBp: number): DataPlane => ({
  ...canary,
  migrations: canary.migrations.map((migration) => ({
    ...migration,
    groups: migration.groups.map((group) => ({ ...group, modernWeightBp })),
  })),
});

test('a change of weight changes the runtime and nothing else', () => {
  const { runtimes: before, ...structure } = translate(atWeight(0));
  const { runtimes: after, ...sameStructure } = translate(atWeight(2_500));
  expect(sameStructure).toEqual(structure);
  expect(after).not.toEqual(before);
});

test('weights always add up to the whole', () => {
  for (const { ir } of cases) {
    const layer = translate(ir).runtimes[0]!.message.layer ?? {};
    for (const [key, weight] of Object.entries(layer)) {
      if (!key.endsWith('.modern_first')) continue;
      const other = layer[key.replace(/modern_first$/, 'legacy_first')];
      expect(Number(weight) + Number(other)).toBe(10_000);
    }
  }
});

test('every way within the process leads to a listener that exists', () => {
  let ways = 0;
  for (const { ir } of cases) {
    const { clusters, listeners } = translate(ir);
    const names = new Set(listeners.map(({ name }) => name));
    for (const cluster of clusters) {
      const text = JSON.stringify(resourceJson(cluster.message));
      for (const [, name] of text.matchAll(/"server_listener_name":"([^"]*)"/g)) {
        expect(names).toContain(name);
        ways += 1;
      }
    }
  }
  expect(ways).toBeGreaterThan(0);
});

test('a TCP group’s stage and weight change none of the listeners that its connections came by', () => {
  const tcp = cases.find(({ name }) => name === 'tcp')!.ir;
  const [terminals] = tcp.migrations[0]!.tcp;
  const entrances = (change: Partial<TcpGroupIr>) => {
    const migration = { ...tcp.migrations[0]!, tcp: [{ ...terminals!, ...change }] };
    const { listeners } = translate({ ...tcp, migrations: [migration] });
    return listeners.filter(({ name }) => /^bank\.terminals(\.rift)?$/.test(name));
  };
  const before = entrances({ mode: 'legacy-only', modernWeightBp: 0 });
  expect(before).toHaveLength(2);
  expect(entrances({ mode: 'mirrored', modernWeightBp: 500 })).toEqual(before);
  expect(entrances({ mode: 'sealed', modernWeightBp: 10_000 })).toEqual(before);
});

test('an invalid data plane is refused with all of its problems', () => {
  const twice = { ...canary, migrations: [...canary.migrations, ...canary.migrations] };
  expect(() => translate(twice)).toThrow(TranslationError);
  expect(() => translate(twice)).toThrow(/is there twice[\s\S]*two migrations listen/);
});

describe('mirrors', () => {
  const cluster = (name: string, mirrorTo?: string): Cluster =>
    create(ClusterSchema, {
      name,
      typedExtensionProtocolOptions: httpOptions({
        protocol: 'http1',
        mirror: mirrorTo === undefined ? [] : [{ cluster: mirrorTo }],
      }),
    });

  test('that point at each other, at themselves or on are found', () => {
    expect(mirrorProblems([cluster('a', 'b'), cluster('b', 'a')])).toHaveLength(2);
    expect(mirrorProblems([cluster('a', 'a')])).toEqual(['cluster "a" mirrors to "a", which mirrors itself']);
    expect(mirrorProblems([cluster('a', 'b'), cluster('b', 'c'), cluster('c')])).toHaveLength(1);
  });

  test('that end are none', () => {
    expect(mirrorProblems([cluster('a', 'c'), cluster('b', 'c'), cluster('c')])).toEqual([]);
  });
});
