import { create } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import {
  DeploymentPhase,
  MigrationStateSchema,
  Stage,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { MismatchGroupSchema } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { describe, expect, test } from '@jest/globals';
import { sampleAt, sampleState } from '../render/sample.ts';
import { deadEndOf, failureOf, isDone, isSettled } from './outcome.ts';
import { runReport } from './report.ts';
import { substitute } from './substitute.ts';
import { parseTrafficLine } from './traffic-report.ts';

const traffic = { requests: { sent: 10, succeeded: 10, failed: 0 }, latency_ms: { p50: 1, p99: 2, max: 3 } };

describe('the report', () => {
  const mismatches = [
    create(MismatchGroupSchema, {
      group: 'money',
      route: '/a',
      field: 'body.x',
      count: 25n,
      exampleRequestId: 'r-1',
      legacy: '1',
      modern: '2',
    }),
  ];

  test('has the shape that scripts read', () => {
    const report = runReport({ stages: [], state: sampleState(), mismatches, traffic });
    expect(JSON.parse(JSON.stringify(report))).toEqual({
      stages: [],
      requests: { sent: 10, succeeded: 10, failed: 0 },
      latency_ms: { p50: 1, p99: 2, max: 3 },
      coverage: {
        total: 20_000,
        compared: 19_900,
        races: 0,
        lost: { 'shadow-no-response': 3, uncaptured: 0 },
        pending: 97,
      },
      mismatch_groups: [
        { group: 'money', route: '/a', field: 'body.x', count: 25, example_request_id: 'r-1' },
      ],
      deployments: expect.arrayContaining([
        {
          id: 'v2@2',
          universe: 'modern',
          build: 'v2',
          address: '127.0.0.1:4003',
          phase: 'serving',
          deployed_at: null,
          reason: '',
        },
      ]),
      kills: 1,
      sealed: null,
    });
  });

  test('says null for what nobody measured', () => {
    const report = runReport({ stages: [], state: sampleState(), mismatches: [], traffic: undefined });
    expect(report).toMatchObject({ requests: null, latency_ms: null });
  });
});

describe('the end of a run', () => {
  const sealed = () =>
    Object.assign(sampleState(), { sealed: { $typeName: 'chronos.v1.Seal', capsule: '/c', at: sampleAt() } });
  const swapped = () => {
    const state = sampleState();
    state.groups[0]!.stage = Stage.SWAPPED;
    return state;
  };

  test('is the seal; with --only the swap of what migrates', () => {
    expect([sampleState(), swapped(), sealed()].map((state) => isDone(state, false))).toEqual([
      false,
      false,
      true,
    ]);
    expect([sampleState(), swapped(), sealed()].map((state) => isDone(state, true))).toEqual([
      false,
      true,
      true,
    ]);
  });

  test('is a success only without a failed request', () => {
    expect(failureOf(sealed(), traffic, false)).toBeUndefined();
    expect(failureOf(sealed(), undefined, false)).toBeUndefined();
    expect(
      failureOf(sealed(), { ...traffic, requests: { ...traffic.requests, failed: 2 } }, false),
    ).toContain('2 requests failed');
    expect(failureOf(swapped(), traffic, false)).toContain('did not reach its end');
    expect(failureOf(undefined, traffic, false)).toContain('did not reach its end');
  });

  test('never comes once it was killed and nothing will start it again', () => {
    expect(deadEndOf(sampleState())).toBeUndefined();
    const killed = sampleState();
    killed.groups[0]!.stage = Stage.KILLED;
    expect(deadEndOf(killed)).toBe('money was killed, and the file asks for no remediation');

    const remediated = create(MigrationStateSchema, killed);
    remediated.spec = create(MigrationSchema, {
      modern: { builds: [{ name: 'v1' }, { name: 'v2' }] },
      policy: { remediation: { deployNextBuildAfterMismatches: 25 } },
    });
    expect(deadEndOf(remediated)).toBe('money was killed, and modern has no next build');
    remediated.deployments[2]!.phase = DeploymentPhase.STARTING;
    expect(deadEndOf(remediated)).toBeUndefined();

    remediated.deployments.pop();
    expect(deadEndOf(remediated)).toBeUndefined();
    remediated.groups[0]!.stageEnteredAt = timestampFromDate(new Date('2026-11-22T10:09:12Z'));
    expect(deadEndOf(remediated)).toContain('fewer than the 25 mismatches');
  });

  test('is settled when nothing is on its way', () => {
    const state = sampleState();
    expect(isSettled(state)).toBe(false);
    state.coverage!.pending = 0n;
    expect(isSettled(state)).toBe(true);
    state.deployments[0]!.phase = DeploymentPhase.DRAINING;
    expect(isSettled(state)).toBe(false);
  });
});

describe('lines of a traffic command', () => {
  test.each([
    [
      '{"sent":3,"succeeded":2,"failed":1,"p50":1.5}',
      { requests: { sent: 3, succeeded: 2, failed: 1 }, latency_ms: { p50: 1.5, p99: null, max: null } },
    ],
    [JSON.stringify({ ...traffic, seconds: 4 }), traffic],
    ['listening', undefined],
    ['{"sent":3}', undefined],
    ['{broken', undefined],
    ['{"sent":"3","succeeded":2,"failed":1}', undefined],
  ])('%s', (line, expected) => expect(parseTrafficLine(line)).toEqual(expected));
});

test('only known names are replaced', () => {
  const word = (name: string) => `\${${name}}`;
  const text = `--port=${word('PORT')} ${word('HOME')} $PORT ${word('PORT')}`;
  expect(substitute(text, { PORT: '80' })).toBe(`--port=80 ${word('HOME')} $PORT 80`);
});
