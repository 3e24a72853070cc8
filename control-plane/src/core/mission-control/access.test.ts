import { DeploymentService } from '@chronos/proto/chronos/v1/deployment_service_pb.js';
import { JudgementService } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import { MigrationService } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { MissionControlService } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { ProxyService } from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import { VerdictService } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { describe, expect, test } from '@jest/globals';
import { isLoopbackHost, isOwnOrigin, parseTokens, roleNeeded } from './access.ts';

const hash = (digit: string) => digit.repeat(64);

/** Every method of the API that is not for operators alone; a new one has to be put here by somebody who thought about it. */
const forViewers = [
  'DeploymentService/ListDeployments',
  'JudgementService/ListQuestions',
  'JudgementService/ListRules',
  'JudgementService/PreviewAnswer',
  'MigrationService/GetMigration',
  'MigrationService/ListDecisions',
  'MigrationService/ListMigrations',
  'MigrationService/WatchMigration',
  'MissionControlService/GetCapsule',
  'MissionControlService/GetVersion',
  'MissionControlService/Watch',
  'MissionControlService/WatchLog',
  'MissionControlService/WatchRepairs',
  'MissionControlService/WatchMismatches',
  'MissionControlService/WatchOverview',
  'MissionControlService/WatchProxies',
  'MissionControlService/WatchQuestions',
  'MissionControlService/WatchSeries',
  'ProxyService/ListProxies',
  'VerdictService/GetVerdict',
  'VerdictService/ListMismatchGroups',
  'VerdictService/ListVerdicts',
  'VerdictService/WatchVerdicts',
];
const forAll = ['GetSession', 'LogIn', 'LogOut'].map((name) => `MissionControlService/${name}`);

describe('the role that a method needs', () => {
  const services = [
    DeploymentService,
    JudgementService,
    MigrationService,
    MissionControlService,
    ProxyService,
    VerdictService,
  ];
  const methods = services.flatMap((service) => service.methods.map(({ name }) => `${service.name}/${name}`));

  test.each(methods)('%s', (method) => {
    const needed = forAll.includes(method) ? undefined : forViewers.includes(method) ? 'viewer' : 'operator';
    expect(roleNeeded(`chronos.v1.${method}`)).toBe(needed);
  });

  test('the lists name no method that is gone', () => {
    expect([...forViewers, ...forAll].filter((method) => !methods.includes(method))).toEqual([]);
  });

  test.each([
    ['grpc.health.v1.Health/Check', undefined],
    ['grpc.reflection.v1.ServerReflection/ServerReflectionInfo', 'viewer'],
    ['some.other.v1.Service/Watch', 'operator'],
  ])('%s', (method, needed) => {
    expect(roleNeeded(method)).toBe(needed);
  });
});

describe('tokens', () => {
  test('are read with their roles', () => {
    const text = `# who may\n\nada:operator:${hash('a')}\r\n  bob@bank.example:viewer:${hash('b')}\n`;
    expect(parseTokens(text)).toEqual({
      tokens: [
        { name: 'ada', role: 'operator', sha256: hash('a') },
        { name: 'bob@bank.example', role: 'viewer', sha256: hash('b') },
      ],
    });
  });

  test('that are wrong are all said, and never repeated', () => {
    const text = `ada:admin:${hash('a')}\nbob:viewer:hunter2\ncy:viewer:${hash('c')}\ndi:viewer:${hash('c')}`;
    const read = parseTokens(text);
    const problems = 'problems' in read ? read.problems : [];
    expect(problems).toEqual([
      expect.stringMatching(/^line 1 .*name:viewer\|operator:SHA-256/),
      expect.stringMatching(/^line 2 /),
      'line 4 has the token of a line before',
    ]);
    expect(problems.join()).not.toContain('hunter2');
  });

  test('a file without any lets nobody in, and says so', () => {
    expect(parseTokens('# nobody yet\n')).toHaveProperty('problems.length', 1);
  });
});

test.each([
  ['localhost:7400', true],
  ['127.0.0.1:7400', true],
  ['127.9.9.9', true],
  ['[::1]:7400', true],
  ['chronos.localhost', true],
  ['0.0.0.0:7400', false],
  ['evil.example:7400', false],
  ['127.0.0.1.evil.example', false],
  ['localhost.evil.example', false],
  ['', false],
])('host "%s" is loopback: %s', (host, expected) => {
  expect(isLoopbackHost(host)).toBe(expected);
});

test.each([
  [undefined, true],
  ['http://localhost:7400', true],
  ['https://localhost:7400', true],
  ['http://localhost:7401', false],
  ['https://evil.example', false],
  ['null', false],
])('origin %s is the own of localhost:7400: %s', (origin, expected) => {
  expect(isOwnOrigin(origin, 'localhost:7400')).toBe(expected);
});
