import { create, fromJson, type JsonObject } from '@bufbuild/protobuf';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { describe, expect, test } from '@jest/globals';
import { irFromMigrations, type MigrationStanding } from './ir-from-migrations.ts';
import type { Stage } from './orchestrator/stages.ts';

const settings = { captureAddress: '127.0.0.1:7301' };

function standing(spec: JsonObject, groups: MigrationStanding['groups'] = []): MigrationStanding {
  return {
    spec: fromJson(MigrationSchema, {
      name: 'shop',
      listen: '127.0.0.1:8080',
      routes: [{ name: 'all', match: [{ prefix: '/' }] }],
      ...spec,
    }),
    groups,
    endpoints: { legacy: [{ address: '[::1]:9001', deployment: 'old@1' }], modern: [] },
    probeSecret: 'secret',
  };
}
const migrationOf = (value: MigrationStanding) => irFromMigrations([value], settings).migrations[0]!;

describe('the stage decides how a group is routed', () => {
  test.each<[Stage, number, string, number]>([
    ['draft', 700, 'legacy-only', 0],
    ['shadow', 700, 'mirrored', 0],
    ['canary', 700, 'mirrored', 700],
    ['swapped', 10_000, 'mirrored', 10_000],
    ['killed', 700, 'mirrored', 0],
    ['sealed', 700, 'sealed', 10_000],
  ])('%s at %d', (stage, weightBp, mode, modernWeightBp) => {
    const [group] = migrationOf(standing({}, [{ name: 'all', stage, weightBp }])).groups;
    expect(group).toMatchObject({ mode, modernWeightBp });
  });

  test('a group that stays on legacy does, whatever its stage', () => {
    const spec = { routes: [{ name: 'all', match: [{ prefix: '/' }], stayOnLegacy: true }] };
    const [group] = migrationOf(standing(spec, [{ name: 'all', stage: 'canary', weightBp: 700 }])).groups;
    expect(group).toMatchObject({ mode: 'legacy-only', modernWeightBp: 0 });
  });

  test('a group that nothing is known of is a draft', () => {
    expect(migrationOf(standing({})).groups[0]).toMatchObject({ mode: 'legacy-only' });
  });
});

test('defaults are those of the migration file’s comments', () => {
  expect(migrationOf(standing({}))).toEqual({
    name: 'shop',
    listen: { host: '127.0.0.1', port: 8080 },
    tcp: [],
    customer: null,
    traceSampling: 0,
    probeSecret: 'secret',
    legacy: {
      protocol: 'http1',
      endpoints: [{ address: { host: '::1', port: 9001 }, deployment: 'old@1' }],
    },
    modern: { protocol: 'http1', endpoints: [] },
    groups: [
      {
        name: 'all',
        mode: 'legacy-only',
        modernWeightBp: 0,
        matches: [{ path: { kind: 'prefix', value: '/' }, methods: [], safe: false }],
        timeoutMs: 15_000,
        timeoutCoversStreams: false,
        perTryTimeoutMs: 2_000,
      },
    ],
    copyDeadlineMs: 5_000,
  });
});

test('a declared timeout is for streams too, and copies may take as long, but end in time for the join', () => {
  const routes = [{ name: 'all', match: [{ prefix: '/' }], timeout: '7s' }];
  expect(migrationOf(standing({ routes }))).toMatchObject({
    groups: [{ timeoutMs: 7_000, timeoutCoversStreams: true }],
    copyDeadlineMs: 7_000,
  });
  expect(migrationOf(standing({ routes, policy: { joinDeadline: '2s' } })).copyDeadlineMs).toBe(1_500);
  const long = [{ name: 'all', match: [{ prefix: '/' }], timeout: '15s' }];
  expect(migrationOf(standing({ routes: long })).copyDeadlineMs).toBe(7_500);
});

test('with a collector all is traced, unless the file says how much', () => {
  const traced = { ...settings, otlpAddress: 'collector:4317' };
  const ir = irFromMigrations([standing({}), standing({ traceSampling: 0 })], traced);
  expect(ir.otlp).toEqual({ host: 'collector', port: 4317 });
  expect(ir.migrations.map(({ traceSampling }) => traceSampling)).toEqual([1, 0]);
});

test.each(['9001', 'a:b:1', 'host:', ':1', 'host:123456'])('"%s" is no address', (captureAddress) => {
  expect(() => irFromMigrations([], { captureAddress })).toThrow('is not host:port');
});

test('a specification that was never validated is refused, not guessed', () => {
  const spec = create(MigrationSchema, { name: 'a', listen: 'a:1', routes: [{ name: 'b', match: [{}] }] });
  expect(() => migrationOf({ ...standing({}), spec })).toThrow('not validated');
});

describe('a TCP route', () => {
  const tcp = (route: JsonObject, ports = {}) => {
    const value = standing({ tcp: [{ name: 'line', listen: '127.0.0.1:7000', ...route }] });
    const legacy = [{ address: '127.0.0.1:9001', deployment: 'old@1', ports }];
    return migrationOf({ ...value, endpoints: { legacy, modern: [] } }).tcp[0]!;
  };
  const at = (port: number) => ({
    endpoints: [{ address: { host: '127.0.0.1', port }, deployment: 'old@1' }],
  });

  test('leads to the universe’s own address, to a named port, or to a service of its own', () => {
    expect(tcp({}).legacy).toEqual(at(9001));
    expect(tcp({ legacy: { port: 'line' } }, { line: '127.0.0.1:9101' }).legacy).toEqual(at(9101));
    expect(tcp({ legacy: { address: '127.0.0.1:5000' } }).legacy).toEqual(at(5000));
  });

  test('leads nowhere while the deployment has no such port, or nothing serves', () => {
    expect(tcp({ legacy: { port: 'line' } }).legacy).toEqual({ endpoints: [] });
    expect(tcp({}).modern).toEqual({ endpoints: [] });
  });

  test('has the defaults of the migration file’s comments', () => {
    expect(tcp({})).toMatchObject({ mode: 'legacy-only', idleTimeoutMs: 3_600_000, sticky: 'source' });
    expect(tcp({ sticky: 'TCP_STICKY_NONE' }).sticky).toBe('none');
  });
});
