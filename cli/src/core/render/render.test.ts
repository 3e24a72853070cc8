import { create } from '@bufbuild/protobuf';
import { durationFromMs, timestampFromMs } from '@bufbuild/protobuf/wkt';
import { Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { ProxyRollout_Stage, ProxySchema } from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import {
  GetVerdictResponseSchema,
  MismatchGroupSchema,
} from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { Outcome, Transport, Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { cellsOf } from '../text/cells.ts';
import { palette } from '../text/palette.ts';
import { changeText } from './change-line.ts';
import { confidenceBar } from './confidence-bar.ts';
import { decisionLine } from './decisions.ts';
import { explainLines } from './explain.ts';
import { liveBlock, type RunView } from './live-block.ts';
import { proxyLines } from './proxies.ts';
import { sampleAt, sampleDecision, sampleState } from './sample.ts';
import { statusLines } from './status.ts';

const plain = palette(false);
const colored = palette(true);

const view: RunView = {
  name: 'bank',
  url: 'http://127.0.0.1:7500',
  elapsedMs: 83_000,
  state: sampleState(),
  mismatches: [
    create(MismatchGroupSchema, {
      modernDeployment: 'v1@1',
      route: '/bank.v1.BankService/AccrueInterest',
      field: 'body.interest',
      count: 25n,
      legacy: '1.23',
      modern: '1.24',
    }),
  ],
  traffic: {
    requests: { sent: 8_300, succeeded: 8_299, failed: 1 },
    latency_ms: { p50: 4.1, p99: 18.2, max: 40 },
  },
};

test('the status of a migration', () => {
  expect(statusLines(sampleState(), 120, plain).join('\n')).toMatchInlineSnapshot(`
"  money        canary 5 %   shadow ─ 1 ─[5]─ 10 ─ 50 ─ 100 ─ sealed
  confidence   ███████████████████████░ 99.87 % → 10 % at 99.9 %
  evidence     12,345 compared · 2 mismatched · 1 lost  since modern v2@2 deployed
  waits for    2,913 more clean requests, about 31 s at this rate
  segment      tier=vip: 2 of 120 mismatched
  login        stays on legacy
  universes    v0@1 at 127.0.0.1:4001 · v2@2 at 127.0.0.1:4003
  coverage     19,900 of 20,000 requests compared · 3 lost (shadow-no-response) · 97 pending
  kills        1"
`);
});

test('what people have to do is not cut, however narrow the terminal', () => {
  const state = sampleState();
  const [money] = state.groups;
  const waitsFor =
    'ids of "orders" that tell whose they are: 5 is one thing in legacy and another in modern; number modern\'s apart';
  if (money?.nextStep !== undefined) money.nextStep.waitsFor = waitsFor;
  const lines = statusLines(state, 60, plain);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  const from = lines.findIndex((line) => line.startsWith('  waits for'));
  const text = lines.slice(from, from + 3).map((line) => line.slice(15));
  expect(text.join(' ')).toBe(waitsFor);
  expect(lines.join('\n')).toContain('97 pending');
});

describe('the live block', () => {
  test('as a person sees it', () => {
    expect(liveBlock(view, 100, 40, plain).join('\n')).toMatchInlineSnapshot(`
"────────────────────────────────────────────────────────────────────────────────────────────────────
  Time Rift bank http://127.0.0.1:7500                                                        01:23
  money        canary 5 %   shadow ─ 1 ─[5]─ 10 ─ 50 ─ 100 ─ sealed
  confidence   ███████████████████████░ 99.87 % → 10 % at 99.9 %
  evidence     12,345 compared · 2 mismatched · 1 lost  since modern v2@2 deployed
  waits for    2,913 more clean requests, about 31 s at this rate
  segment      tier=vip: 2 of 120 mismatched
  login        stays on legacy
  universes    v0@1 at 127.0.0.1:4001 · v2@2 at 127.0.0.1:4003
  coverage     19,900 of 20,000 requests compared · 3 lost (shadow-no-response) · 97 pending
  kills        1
  mismatches   25 × /bank.v1.BankService/AccrueInterest body.interest: legacy 1.23, modern v1@1 1.24
  clients      8,300 sent · 1 failed · p50 4.1 ms · p99 18 ms"
`);
  });

  test.each([20, 40, 60, 79, 200])('is never wider than %i cells, with colours or without', (width) => {
    for (const colors of [plain, colored]) {
      for (const line of liveBlock(view, width, 40, colors)) expect(cellsOf(line)).toBeLessThanOrEqual(width);
    }
  });

  test('is never taller than the terminal', () => {
    expect(liveBlock(view, 80, 6, plain)).toHaveLength(6);
    expect(liveBlock(view, 80, 6, plain).at(-1)).toContain('…');
  });

  test('shows no control characters of others', () => {
    const state = sampleState();
    const [group] = state.groups;
    if (group?.nextStep) group.nextStep.waitsFor = 'a\u001b[2Jb\r';
    const shown = liveBlock({ ...view, state }, 100, 40, plain).join('');
    expect(shown).toContain('a\\x1b[2Jb\\x0d');
    expect(shown).not.toContain('\u001b[2J');
  });
});

test('the bar is full only when the gate is open', () => {
  const filled = (confidence: number) =>
    confidenceBar(confidence, 99.9, 20, plain).replaceAll('░', '').length;
  expect([0, 90, 99, 99.89, 99.9, 100].map(filled)).toEqual([0, 6, 13, 19, 20, 20]);
});

describe('decisions in the words of the story', () => {
  test.each([
    ['start', Stage.SHADOW, 0, 'Parallel Universes'],
    ['step', Stage.CANARY, 5, 'Time Rift: 0 % → 5 %'],
    ['step', Stage.SWAPPED, 100, 'Hot-Swap'],
    ['kill', Stage.KILLED, 0, 'Kill Switch: every client is sent back to legacy'],
    ['kill', Stage.UNSPECIFIED, 0, 'Kill Switch: not proven'],
    ['seal', Stage.SEALED, 100, 'Time Capsule'],
    ['deploy', Stage.SHADOW, 0, 'build deployed'],
    ['remark', Stage.SHADOW, 0, 'money: remark'],
  ])('%s', (action, stage, percent, words) => {
    const line = decisionLine(sampleDecision(1n, { action, stage, percent, reason: 'because' }), plain);
    expect(line).toContain(words);
    expect(line).toMatch(/^10:11:12 {2}money: .* — because$/);
  });

  test('who, unless it was Chronos; how long the proxies took', () => {
    const decision = sampleDecision(1n, { action: 'kill', stage: Stage.KILLED, percent: 0, reason: 'smoke' });
    decision.actor = 'ada';
    decision.ackDuration = durationFromMs(12);
    expect(decisionLine(decision, plain)).toContain('every client is back on legacy');
    expect(decisionLine(decision, plain)).toMatch(/smoke \(every proxy ACKed within 12 ms\) \(by ada\)$/);
  });
});

describe('changes as plain text', () => {
  test('nothing while nothing changes', () => {
    expect(changeText(sampleState(), sampleState(), plain)).toBeUndefined();
  });

  test('the first state, a new weight, and every ten seconds', () => {
    const before = sampleState();
    before.groups[0]!.modernPercent = 1;
    const later = sampleState();
    later.observedAt!.seconds += 10n;
    for (const text of [
      changeText(undefined, sampleState(), plain),
      changeText(before, sampleState(), plain),
      changeText(sampleState(), later, plain),
    ])
      expect(text).toMatch(
        /^money canary 5 %, confidence 99.87 %, 12,345 compared, 2 mismatched, 1 lost, waits for 2,913/,
      );
  });

  test('what was lost since the state before, by its reasons', () => {
    const later = sampleState();
    later.observedAt!.seconds += 10n;
    expect(changeText(undefined, sampleState(), plain)).toMatch(/newly lost: 3 shadow-no-response$/);
    expect(changeText(sampleState(), later, plain)).not.toContain('newly lost');
    later.coverage!.lost = { 'shadow-no-response': 5n, 'effects-unknown': 1_000n };
    expect(changeText(sampleState(), later, plain)).toMatch(
      /newly lost: 2 shadow-no-response, 1,000 effects-unknown$/,
    );
  });
});

describe('proxies', () => {
  const proxy = create(ProxySchema, {
    nodeId: 'time-rift-1',
    connected: true,
    userAgentVersion: '1.39.3',
    rollout: {
      stage: ProxyRollout_Stage.REFUSED,
      canary: 'time-rift-1',
      error: 'route: unknown cluster "modern"',
    },
    resources: [
      {
        type: 'route',
        versionWanted: '86d233bb23ab6d9f',
        versionAcked: '1cf52e71ba12aaf4',
        ackedAt: timestampFromMs(1_000),
        versionRejected: '86d233bb23ab6d9f',
        error: 'Only one of these is accepted: unknown cluster "modern" in route configuration "bank"',
      },
      {
        type: 'cluster',
        versionWanted: '86d233bb23ab6d9f',
        versionAcked: '314b9577dcb0aba6',
        ackedAt: timestampFromMs(61_000),
      },
      {
        type: 'endpoint',
        versionWanted: '11',
        versionAcked: '11',
        ackedAt: timestampFromMs(121_000),
      },
    ],
  });

  test('what each runs, what it rejected and why, where the rollout has it', () => {
    const lines = proxyLines([proxy], { nowMs: 121_500, columns: 160 }, plain);
    expect(lines.join('\n')).toMatchInlineSnapshot(`
"NODE         STATE      ENVOY   TYPE      RUNS              SINCE
time-rift-1  connected  1.39.3  route     1cf52e71ba12aaf4  2 min 1 s
    keeps what was accepted before; time-rift-1 refused the newest: route: unknown cluster "modern"
    rejected 86d233bb23ab6d9f: Only one of these is accepted: unknown cluster "modern" in route configuration "bank"
                                cluster   314b9577dcb0aba6  1 min 1 s
    86d233bb23ab6d9f is published and not ACKed yet
                                endpoint  11                500 ms"
`);
  });

  test.each([80, 160])('fit %i columns', (columns) => {
    const lines = proxyLines([proxy], { nowMs: 121_500, columns }, colored);
    expect(Math.max(...lines.map(cellsOf))).toBeLessThanOrEqual(columns);
  });

  test.each([
    ['CANARY', '', 'tries the newest before the others'],
    ['WAITING', 'e2', 'waits for the canary e2'],
    ['WAITING', '', 'waits until a canary is found'],
  ] as const)('in a rollout: %s %s', (stage, canary, words) => {
    const one = create(ProxySchema, { nodeId: 'e1', rollout: { stage: ProxyRollout_Stage[stage], canary } });
    expect(proxyLines([one], { nowMs: 0, columns: 80 }, plain).join('\n')).toContain(words);
  });
});

test('a TCP connection explained: what both sides said, and how it ended', () => {
  const body = (text: string) => ({ body: new TextEncoder().encode(text) });
  const tcp = { transport: Transport.TCP, group: 'line', request: body('BAL 7\nBYE\n') };
  const lines = explainLines(
    create(GetVerdictResponseSchema, {
      verdict: {
        requestId: 'c-1',
        kind: Kind.MISMATCH,
        legacy: { ...tcp, outcome: Outcome.COMPLETE, response: body('OK 7\nGOODBYE\n') },
        modern: { ...tcp, outcome: Outcome.RESET, response: body('OK 8\n') },
      },
    }),
    '',
    60,
    plain,
  ).join('\n');
  expect(lines).toContain('TCP line\n');
  expect(lines).toMatch(/BAL 7\n\s+BYE\n/);
  expect(lines).toMatch(/\nclosed +│ not closed in order\n/);
  expect(lines).toMatch(/\nOK 7 +│ OK 8\nGOODBYE +│/);
});

test.each([
  [Kind.LOST, /^lost: no-answer\n/],
  [Kind.MISMATCH, /^mismatch, answers not compared: no-answer\n/],
])('a request of which no answer was compared says why (%s)', (kind, heading) => {
  const response = create(GetVerdictResponseSchema, { verdict: { kind, lostReason: 'no-answer' } });
  expect(explainLines(response, '', 80, plain).join('\n')).toMatch(heading);
});

test('one request explained, both exchanges side by side', () => {
  const body = (text: string) => new TextEncoder().encode(text);
  const header = (name: string, value: string) => ({ name, value: body(value) });
  const response = (interest: string) => ({
    headers: [header(':status', '200'), header('content-type', 'application/json')],
    body: body(`{"interest":${interest},"note":"a \\"b\\"","list":[]}`),
  });
  const lines = explainLines(
    create(GetVerdictResponseSchema, {
      traceId: 'abc',
      verdict: {
        requestId: 'r-1',
        clientRequestId: 'c-1',
        migration: 'bank',
        group: 'money',
        route: '/bank.v1.BankService/AccrueInterest',
        kind: Kind.MISMATCH,
        answeredBy: Universe.LEGACY,
        legacyDeployment: 'v0@1',
        modernDeployment: 'v1@1',
        startedAt: sampleAt(),
        segments: { tier: 'vip' },
        differences: [
          {
            path: 'body.interest',
            pointer: 'body.interest',
            legacy: '1.10',
            modern: '1.20',
            explanation: 'the values differ',
          },
          {
            path: 'header.etag',
            pointer: 'header.etag',
            legacy: '"a"',
            modern: '"b"',
            rule: 'ignore header.etag',
          },
        ],
        legacy: {
          method: 'POST',
          path: '/bank.v1.BankService/AccrueInterest',
          request: {
            headers: [header(':path', '/x'), header('authorization', 'Bearer abcdefghijklmnop')],
            body: body('a=1'),
          },
          response: response('1.10'),
          duration: durationFromMs(12),
        },
        modern: { response: response('1.20'), duration: durationFromMs(3) },
      },
    }),
    'http://zipkin.example/zipkin/traces/{trace}',
    80,
    plain,
  );
  expect(lines.join('\n')).toMatchInlineSnapshot(`
"mismatch
  request       r-1
  x-request-id  c-1
  migration     bank / money
  route         /bank.v1.BankService/AccrueInterest
  started       2026-11-22T10:11:12.000Z
  answered by   legacy
  compared      v0@1 with v1@1
  segments      tier=vip
  trace         http://zipkin.example/zipkin/traces/abc

✗ body.interest
    legacy  1.10
    modern  1.20
    the values differ
✓ header.etag  harmless by rule ignore header.etag
    legacy  "a"
    modern  "b"

POST /bank.v1.BankService/AccrueInterest
  authorization: Bearer abc…mnop
  
  a=1

LEGACY                                 │ MODERN
200  12 ms                             │ 200  3 ms
content-type: application/json         │ content-type: application/json
                                       │
{                                      │ {
  "interest": 1.10,                    │   "interest": 1.20,
  "note": "a \\"b\\"",                   │   "note": "a \\"b\\"",
  "list": []                           │   "list": []
}                                      │ }"
`);
});
