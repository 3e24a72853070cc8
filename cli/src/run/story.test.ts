import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from '@bufbuild/protobuf';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import {
  type MigrationState,
  SealSchema,
  Stage,
  type WatchMigrationResponse,
  WatchMigrationResponseSchema,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { MismatchGroupSchema } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { testIo } from '../commands/testing.ts';
import { sampleDecision, sampleState } from '../core/render/sample.ts';
import { LogFollower } from './follow-log.ts';
import { PartLines } from './part-lines.ts';
import { partNames } from './part-names.ts';
import { Story } from './story.ts';
import { Terminal } from './terminal.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'chronos-story-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function scene(isJson: boolean) {
  const io = Object.assign(testIo({}), { isTerminal: isJson, color: isJson });
  const terminal = new Terminal(io, isJson);
  const logFile = join(dir, 'traffic.log');
  const log = new LogFollower(logFile);
  const story = new Story(terminal, performance.now());
  return {
    terminal,
    story,
    lines: () => io.stdout().trimEnd().split('\n'),
    traffic: (sent: number, failed = 0) => {
      appendFileSync(logFile, `{"sent":${sent},"succeeded":${sent - failed},"failed":${failed},"p50":4}\n`);
      story.readTraffic(log);
    },
  };
}

const deployment = [
  sampleDecision(1n, {
    action: 'deploy',
    stage: Stage.DRAFT,
    percent: 0,
    reason: 'modern v1@1 was deployed: first deployment',
  }),
  sampleDecision(2n, {
    action: 'epoch',
    stage: Stage.DRAFT,
    percent: 0,
    reason: 'evidence begins anew: modern v1@1 was deployed',
  }),
];

function update(state: MigrationState, decisions = deployment): WatchMigrationResponse {
  return create(WatchMigrationResponseSchema, { state, decisions });
}

function sealedAfter(seconds: number, compared = 12_345n): MigrationState {
  const state = sampleState();
  state.sealed = create(SealSchema, { capsule: '/c' });
  state.observedAt!.seconds += BigInt(seconds);
  state.groups[0]!.compared = compared;
  return state;
}

test('as JSON: every event is one line, also on a terminal with colours, and nothing else is written', () => {
  const { terminal, story, lines, traffic } = scene(true);
  const parts = new PartLines(terminal);
  const ports = { api: 1, envoyAdmin: 2 } as Parameters<PartLines['expect']>[1];
  parts.expect(create(MigrationSchema, { listen: '127.0.0.1:7500' }), ports);
  parts.take({ kind: 'ready', part: partNames.timeRift, pid: 7, seconds: 0.5 });
  story.begin('bank', 'http://127.0.0.1:7500');
  traffic(10);
  story.take(update(sampleState()));
  story.takeMismatches([create(MismatchGroupSchema, { route: '/a', field: 'body.x', count: 2n })]);
  terminal.event('done', { event: 'end', exit_code: 0 });
  terminal.close();
  const events = lines().map((line) => JSON.parse(line));
  expect(events).toMatchObject([
    { event: 'part', phase: 'ready', part: 'time-rift', url: 'http://127.0.0.1:7500', seconds: 0.5 },
    { event: 'decision', decision: { sequence: '1', action: 'deploy' } },
    { event: 'decision', decision: { sequence: '2', action: 'epoch' } },
    { event: 'first_mirrored', elapsed_ms: expect.any(Number) },
    { event: 'state', state: { groups: [{ name: 'money', stage: 'STAGE_CANARY' }, {}] } },
    { event: 'clients', requests: { sent: 10, failed: 0 }, latency_ms: { p50: 4, p99: null } },
    { event: 'mismatch', group: { route: '/a', count: '2' } },
    { event: 'end', exit_code: 0 },
  ]);
  for (const { at, text } of events) {
    expect(new Date(at).toISOString()).toBe(at);
    expect(text).not.toContain('\u001b');
  }
});

test('for people, a deployment and the epoch that it begins are one line', () => {
  const { story, lines } = scene(false);
  story.take(update(sampleState()));
  expect(lines().filter((line) => line.includes('v1@1'))).toEqual([
    expect.stringContaining('build deployed — modern v1@1'),
  ]);
});

test('after the seal silence, unless there is new evidence', () => {
  const { story, lines, traffic } = scene(false);
  traffic(10);
  story.take(update(sealedAfter(0)));
  const told = lines().length;
  traffic(20);
  story.take(update(sealedAfter(10)));
  story.take(update(sealedAfter(20)));
  expect(lines()).toHaveLength(told);
  story.take(update(sealedAfter(30, 12_346n)));
  expect(lines().slice(told)).toEqual([
    expect.stringContaining('12,346 compared'),
    expect.stringContaining('20 sent'),
  ]);
});

test('after the seal failures are told, but not each', () => {
  const { story, lines, traffic } = scene(false);
  story.take(update(sealedAfter(0)));
  const told = lines().length;
  traffic(20, 1);
  traffic(30, 2);
  expect(lines().slice(told)).toEqual([expect.stringContaining('20 sent · 1 failed')]);
});
