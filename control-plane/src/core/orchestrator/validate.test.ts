import { fromJson, type JsonObject } from '@bufbuild/protobuf';
import { durationMs } from '@bufbuild/protobuf/wkt';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { describe, expect, test } from '@jest/globals';
import { resolvePolicy, withDefaults } from './policy.ts';
import { semanticProblems } from './validate.ts';

const good: JsonObject = {
  name: 'shop',
  listen: '127.0.0.1:8080',
  legacy: { address: '127.0.0.1:8081' },
  modern: {
    builds: [
      { name: 'v1', command: ['x'] },
      { name: 'v2', command: ['x'] },
    ],
  },
  routes: [{ name: 'all', match: [{ prefix: '/' }] }],
};
const spec = (fields: JsonObject = {}) => fromJson(MigrationSchema, { ...good, ...fields });
const paths = (fields: JsonObject) => semanticProblems(spec(fields)).map((problem) => problem.path);
const ladder = (...percents: number[]) => ({
  policy: { ladder: percents.map((percent) => ({ percent, confidence: 99 })) },
});
const routes = (...groups: JsonObject[]) => ({ routes: groups });

test('a good migration has no problems', () => {
  expect(semanticProblems(spec())).toEqual([]);
});

test.each<[string, JsonObject, string[]]>([
  ['calling itself', { legacy: { address: '127.0.0.1:8080' } }, ['legacy.address']],
  ['one service as both', { modern: { address: '127.0.0.1:8081' } }, ['modern.address']],
  [
    'two builds of a name',
    {
      modern: {
        builds: [
          { name: 'v', command: ['x'] },
          { name: 'v', command: ['x'] },
        ],
      },
    },
    ['modern.builds[1].name'],
  ],
  ['a database for a service of its own', { legacy: { address: 'h:1', postgres: {} } }, ['legacy.postgres']],
  [
    'two groups of a name',
    routes({ name: 'a', match: [{ prefix: '/a' }] }, { name: 'a', match: [{ prefix: '/b' }] }),
    ['routes[1].name'],
  ],
  [
    'both ways of staying',
    routes(
      { name: 'a', stayOnLegacy: true, shadowOnly: true, match: [{ prefix: '/' }] },
      { name: 'b', match: [{ prefix: '/b' }] },
    ),
    ['routes[0].shadow_only'],
  ],
  ['nothing that moves', routes({ name: 'a', stayOnLegacy: true, match: [{ prefix: '/' }] }), ['routes']],
  [
    'an unreachable match',
    routes({ name: 'a', match: [{ prefix: '/a' }, { prefix: '/a', methods: ['GET'] }] }),
    ['routes[0].match[1]'],
  ],
  [
    'the same path with other methods',
    routes({
      name: 'a',
      match: [
        { prefix: '/a', methods: ['GET'] },
        { prefix: '/a', methods: ['PUT'] },
      ],
    }),
    [],
  ],
  [
    'a regex with a look-ahead',
    routes({ name: 'a', match: [{ regex: '/(?=a)' }] }),
    ['routes[0].match[0].regex'],
  ],
  [
    'an attempt longer than the request',
    routes({ name: 'a', match: [{ prefix: '/' }], timeout: '1s' }),
    ['routes[0].per_try_timeout'],
  ],
  [
    'an attempt that hangs and is known too late',
    {
      ...routes({ name: 'a', match: [{ prefix: '/' }], perTryTimeout: '1.6s' }),
      policy: { joinDeadline: '4s' },
    },
    ['policy.join_deadline'],
  ],
  [
    'an attempt that hangs and is known in time',
    {
      ...routes({ name: 'a', match: [{ prefix: '/' }], perTryTimeout: '1.5s' }),
      policy: { joinDeadline: '4s' },
    },
    [],
  ],
  [
    'a field path that is none',
    { compare: { ignore: ['body.items[*].id', 'items'] } },
    ['compare.ignore[1]'],
  ],
  [
    'secret fields that are none',
    {
      sensitive: {
        fields: ['request.body.pin', 'body.a[*].b', 'query.t', 'status', 'response.query.t', 'header'],
      },
    },
    ['sensitive.fields[3]', 'sensitive.fields[4]', 'sensitive.fields[5]'],
  ],
  ['a second run of modern', { modern: { address: 'h:2', second: { address: 'h:3' } } }, ['modern.second']],
  [
    'a second run that is the proxy',
    { legacy: { address: 'h:1', second: { address: '127.0.0.1:8080' } } },
    ['legacy.second.address'],
  ],
  [
    'a second run that is modern',
    { legacy: { address: 'h:1', second: { address: 'h:2' } }, modern: { address: 'h:2' } },
    ['legacy.second.address'],
  ],
  [
    'writes that legacy would do twice',
    { legacy: { address: 'h:1', second: { address: 'h:1', writes: true } } },
    ['legacy.second.writes'],
  ],
  ['legacy itself asked twice, reads only', { legacy: { address: 'h:1', second: { address: 'h:1' } } }, []],
  ['a ladder that falls', ladder(5, 1, 100), ['policy.ladder[1].percent']],
  ['a ladder that stands', ladder(5, 5, 100), ['policy.ladder[1].percent']],
  ['a ladder that ends early', ladder(1, 50), ['policy.ladder[1].percent']],
  ['a ladder too fine', ladder(0.015, 100), ['policy.ladder[0].percent']],
  [
    'remediation without a second build',
    { modern: { address: 'h:2' }, policy: { remediation: { deployNextBuildAfterMismatches: 5 } } },
    ['policy.remediation.deploy_next_build_after_mismatches'],
  ],
  [
    'two segments of a name',
    {
      segments: [
        { name: 's', header: 'a' },
        { name: 's', header: 'b' },
      ],
    },
    ['segments[1].name'],
  ],
])('%s', (_, fields, expected) => {
  expect(paths(fields)).toEqual(expected);
});

test('all problems at once', () => {
  expect(paths({ ...ladder(5, 1), legacy: { address: '127.0.0.1:8080' } })).toHaveLength(3);
});

describe('defaults', () => {
  test('are those of the documentation', () => {
    const policy = resolvePolicy(spec());
    expect(policy).toMatchObject({
      alpha: 0.01,
      joinDeadlineMs: 10_000,
      evidenceDeadlineMs: 60_000,
      killOnBug: true,
    });
    expect(policy.ladder.map((s) => [s.weightBp, s.confidence, s.minCompared, s.dwellMs])).toEqual([
      [100, 99.5, 1_000, 60_000],
      [500, 99.8, 0, 60_000],
      [1_000, 99.9, 0, 60_000],
      [5_000, 99.95, 0, 60_000],
      [10_000, 99.99, 0, 60_000],
    ]);
  });

  test('fill gaps only, and leave the input alone', () => {
    const input = spec({
      policy: { ladder: [{ percent: 100, confidence: 99, dwell: '5s', minCompared: '7' }] },
    });
    expect(resolvePolicy(input).ladder).toEqual([
      { weightBp: 10_000, confidence: 99, minCompared: 7, dwellMs: 5_000, consistent: false },
    ]);
    expect(durationMs(withDefaults(input).routes[0]!.timeout!)).toBe(15_000);
    expect(input.routes[0]?.timeout).toBeUndefined();
  });
});
