import { describe, expect, test } from '@jest/globals';
import { goldenCases } from '../../testdata/translate/cases.ts';
import type { DataPlane, GroupIr, MigrationIr } from './ir.ts';
import { validateIr } from './ir-validate.ts';

const valid = goldenCases().find(({ name }) => name === 'canary')!.ir;
const [migration] = valid.migrations as readonly [MigrationIr];
const [group] = migration.groups as readonly [GroupIr];
const withMigration = (change: Partial<MigrationIr>): DataPlane => ({
  ...valid,
  migrations: [{ ...migration, ...change }],
});
const withGroup = (change: Partial<GroupIr>) => withMigration({ groups: [{ ...group, ...change }] });
const matching = (value: string, kind: 'exact' | 'prefix' | 'regex' = 'prefix') =>
  withGroup({ matches: [{ path: { kind, value }, methods: [], safe: false }] });

test.each(goldenCases())('golden case $name is valid', ({ ir }) => {
  expect(validateIr(ir)).toEqual([]);
});

describe('one thing wrong is one problem that names its place', () => {
  test.each<[string, DataPlane, RegExp]>([
    ['a name with a dot', withMigration({ name: 'a.b' }), /name must be lower-case/],
    ['no groups', withMigration({ groups: [] }), /at least one group/],
    ['a group twice', withMigration({ groups: [group, group] }), /group "accounts" is there twice/],
    ['a guessable probe', withMigration({ probeSecret: 'short' }), /probe secret/],
    ['sampling in percent', withMigration({ traceSampling: 50 }), /between 0 and 1/],
    ['sampling that is no number', withMigration({ traceSampling: Number.NaN }), /between 0 and 1/],
    ['no copy deadline', withMigration({ copyDeadlineMs: 0 }), /copyDeadlineMs/],
    [
      'a claim that would break the script',
      withMigration({ customer: { kind: 'jwt-claim', name: 'a"b' } }),
      /a"b/,
    ],
    ['a header that cannot be', withMigration({ customer: { kind: 'header', name: 'a b' } }), /"a b"/],
    ['port 0', withMigration({ listen: { host: '127.0.0.1', port: 0 } }), /0 is no port/],
    ['no host', { ...valid, capture: { host: '', port: 1 } }, /capture: "" is no host/],
    ['a URL as host', { ...valid, otlp: { host: 'http://x', port: 1 } }, /otlp/],
    ['a loop', withMigration({ listen: migration.legacy.endpoints[0]!.address }), /own listener/],
    ['more than all', withGroup({ modernWeightBp: 10_001 }), /between 0 and 10000, not 10001/],
    ['a fraction of a basis point', withGroup({ modernWeightBp: 0.5 }), /whole number/],
    ['a share in draft', withGroup({ mode: 'legacy-only', modernWeightBp: 1 }), /mode legacy-only/],
    ['a sealed group on legacy', withGroup({ mode: 'sealed', modernWeightBp: 0 }), /sealed group/],
    ['no match', withGroup({ matches: [] }), /at least one match/],
    ['no timeout', withGroup({ timeoutMs: 0 }), /timeoutMs/],
    ['half a millisecond', withGroup({ perTryTimeoutMs: 0.5 }), /perTryTimeoutMs/],
    ['a relative path', matching('a'), /must begin with a slash/],
    ['a query', matching('/a?b=c', 'exact'), /query/],
    ['an empty expression', matching('', 'regex'), /empty/],
    [
      'a method in lower case',
      withGroup({ matches: [{ path: { kind: 'prefix', value: '/' }, methods: ['get'], safe: false }] }),
      /"get" is no method/,
    ],
  ])('%s', (_, ir, problem) => {
    expect(validateIr(ir)).toEqual([expect.stringMatching(problem)]);
  });
});

test('two migrations at one address, or of one name, are both named', () => {
  expect(validateIr({ ...valid, migrations: [migration, migration] })).toEqual([
    'migration "bank" is there twice',
    'two migrations listen at 127.0.0.1:8080, or one twice',
  ]);
});

test('everything wrong is said at once', () => {
  expect(validateIr(withMigration({ name: '', traceSampling: 2, probeSecret: '' }))).toHaveLength(3);
});
