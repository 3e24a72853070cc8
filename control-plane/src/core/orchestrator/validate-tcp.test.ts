import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { describe, expect, test } from '@jest/globals';
import { semanticProblems } from './validate.ts';

type Init = MessageInitShape<typeof MigrationSchema>;

const terminals = { name: 'terminals', listen: '127.0.0.1:7000' };

function problems(init: Partial<Exclude<Init, { $typeName: string }>>): string[] {
  const spec = create(MigrationSchema, {
    name: 'bank',
    listen: '127.0.0.1:8080',
    legacy: { address: '127.0.0.1:9001' },
    modern: { address: '127.0.0.1:9002' },
    ...init,
  });
  return semanticProblems(spec).map(({ path, message }) => `${path}: ${message}`);
}

describe('TCP routes', () => {
  test('one alone is a migration; nothing at all is none', () => {
    expect(problems({ tcp: [terminals] })).toEqual([]);
    expect(problems({})).toEqual(['routes: is missing: a migration has routes, tcp, or both']);
  });

  test('names and ports are unique among routes and tcp', () => {
    const match = [{ path: { case: 'prefix' as const, value: '/' } }];
    expect(
      problems({
        routes: [{ name: 'terminals', match }],
        tcp: [terminals, { name: 'telex', listen: '127.0.0.1:8080' }],
      }),
    ).toEqual([
      'tcp[0].name: "terminals" is taken by routes[0]; names are unique among routes and tcp',
      'tcp[1].listen: "127.0.0.1:8080" is taken by listen; each port takes one kind of client',
    ]);
  });

  test('a named port needs builds', () => {
    const modern = { target: { case: 'port' as const, value: 'line' } };
    expect(problems({ tcp: [{ ...terminals, modern }] })).toEqual([
      'tcp[0].modern.port: "line" is a port of builds that Chronos starts; modern is a running service: give its address',
    ]);
    const builds = [{ name: 'v1', command: ['serve'] }];
    expect(problems({ modern: { builds }, tcp: [{ ...terminals, modern }] })).toEqual([]);
  });

  test('neither the proxy itself nor one service twice', () => {
    const at = (value: string) => ({ target: { case: 'address' as const, value } });
    expect(problems({ tcp: [{ ...terminals, legacy: at('127.0.0.1:7000') }] })).toEqual([
      'tcp[0].legacy: must differ from listen (127.0.0.1:7000): the proxy would call itself',
    ]);
    expect(problems({ tcp: [{ ...terminals, modern: at('127.0.0.1:9001') }] })).toEqual([
      "tcp[0].modern: must differ from legacy's address (127.0.0.1:9001)",
    ]);
  });

  test('what is ignored is a regular expression', () => {
    expect(problems({ tcp: [{ ...terminals, ignore: ['a', '('] }] })).toEqual([
      expect.stringMatching(/^tcp\[0\]\.ignore\[1\]: is no RE2 regular expression: /),
    ]);
  });

  test('at least one group moves', () => {
    expect(problems({ tcp: [{ ...terminals, stayOnLegacy: true, shadowOnly: true }] })).toEqual([
      'routes: at least one group must migrate: neither stay_on_legacy nor shadow_only',
      'tcp[0].shadow_only: give stay_on_legacy (never mirrored) or shadow_only (mirrored, never moved), not both',
    ]);
  });
});
