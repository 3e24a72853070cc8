/** What a stored control plane tells: a bank in its shadow stage with as many mismatches, requests and questions as asked for. */
import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { QuestionSchema } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import {
  type DecisionSchema,
  DeploymentPhase,
  type GroupStateSchema,
  type MigrationStateSchema,
  Stage,
  UniverseName,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import {
  Health,
  type MigrationSummarySchema,
  type MismatchEntrySchema,
  type PointsSchema,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { Outcome, Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import {
  DifferenceKind,
  EffectsState,
  Kind,
  Ruling,
  Severity,
  type VerdictSchema,
} from '@chronos/proto/events/v1/verdict_pb.js';
import { repairTotals } from './stored-repairs.ts';
import { declared } from './stored-rules.ts';

export const migration = 'bank';
const build = 'v1@1';
const bytes = (text: string) => new TextEncoder().encode(text);
const route = (index: number) => `GET /accounts/${index % 40}/*`;

export function summary(
  mismatches: number,
  questions: number,
): MessageInitShape<typeof MigrationSummarySchema> {
  return {
    name: migration,
    groups: 1,
    stage: Stage.SHADOW,
    confidence: 94.5,
    waitsFor: 'an end of the mismatches',
    health: Health.BAD,
    healthReason: `${mismatches} mismatches`,
    requestsPerSecond: 100,
    mismatches: BigInt(mismatches),
    questionsOpen: questions,
    repairs: repairTotals,
    modernBuild: build,
  };
}

const evidence = { confidence: 94.5, compared: 200_000n };
const nextStep = { percent: 10, confidenceNeeded: 99, waitsFor: 'an end of the mismatches' };

/** One route; or `several`, of which the one that has come least far has no mismatch. */
function groupsOf(mismatched: bigint, several: boolean): MessageInitShape<typeof GroupStateSchema>[] {
  if (!several) return [{ name: 'bank', stage: Stage.SHADOW, ...evidence, mismatched, nextStep }];
  const canary = { stage: Stage.CANARY, nextStep };
  return [
    { name: 'accounts', ...canary, modernPercent: 50, ...evidence, mismatched },
    {
      name: 'loans',
      ...canary,
      modernPercent: 5,
      confidence: 99.2,
      compared: 1_000n,
      segments: [{ segment: 'plan', value: 'gold', compared: 40n, confidence: 90 }],
    },
  ];
}

export function state(mismatches: number, several = false): MessageInitShape<typeof MigrationStateSchema> {
  return {
    spec: { name: migration, approved: declared, policy: { ladder: [{ percent: 10, confidence: 99 }] } },
    groups: groupsOf(BigInt(mismatches), several),
    coverage: { total: 200_000n, compared: 200_000n },
    deployments: [
      { universe: UniverseName.LEGACY, build: 'v0', id: 'v0@1', phase: DeploymentPhase.SERVING },
      { universe: UniverseName.MODERN, build: 'v1', id: build, phase: DeploymentPhase.SERVING },
    ],
    revision: 1n,
  };
}

export const kill: MessageInitShape<typeof DecisionSchema> = {
  action: 'kill',
  sequence: 1n,
  reason: 'by operator local: killed in Mission Control',
  toStage: Stage.KILLED,
  ackDuration: { nanos: 148_000_000 },
};

/** Groups of mismatches, ten to a cause. */
export function mismatchEntries(
  count: number,
  nowMs: number,
  routeGroup = 'bank',
): MessageInitShape<typeof MismatchEntrySchema>[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `group-${index}`,
    group: { ...mismatchGroup(index, BigInt(count * 20 - index), nowMs), group: routeGroup },
  }));
}

/** As generated code has them. */
const longField = `body.${'customerRelationshipSummary'.repeat(7)}`;
/** What the address says of the place where {@link longField} differs. */
export const longPlace = `bank ${route(1)} ${longField} ${build}`;

/** One of a cause that is worse than all others. */
export function worseEntry(nowMs: number): MessageInitShape<typeof MismatchEntrySchema> {
  const cause = { id: 'cause-worse', sentence: 'modern loses money', fields: 1, routes: 1 };
  return { id: 'worse', group: { ...mismatchGroup(0, 1_000_000n, nowMs), field: 'body.lost', cause } };
}

function mismatchGroup(index: number, count: bigint, nowMs: number) {
  return {
    group: 'bank',
    route: route(index),
    field: index === 1 ? longField : `body.items[*].amount${index}`,
    count,
    firstSeen: timestampFromMs(nowMs - 3_600_000),
    lastSeen: timestampFromMs(nowMs),
    exampleRequestId: `request-${index}`,
    legacy: '"38.15"',
    modern: '"38.12"',
    explanation: 'modern is lower',
    modernDeployment: build,
    ruling: Ruling.BUG,
    severity: index % 3 === 0 ? Severity.CRITICAL : Severity.MINOR,
    cause: {
      id: `cause-${Math.floor(index / 10)}`,
      sentence: `modern is lower for reason ${Math.floor(index / 10)}${index < 10 ? '' : ` in ${longField}`}`,
      fields: 10,
      routes: 10,
    },
  };
}

export function verdict(index: number, nowMs: number): MessageInitShape<typeof VerdictSchema> {
  const side = (interest: string) => ({
    method: 'POST',
    path: '/accounts/7/interest',
    outcome: Outcome.COMPLETE,
    request: {
      headers: [{ name: 'content-type', value: bytes('application/json') }],
      body: bytes('{"days":90}'),
    },
    response: {
      headers: [
        { name: ':status', value: bytes('200') },
        { name: 'content-type', value: bytes('application/json') },
      ],
      body: bytes(`{"account":"7","rate":"0.005","interest":"${interest}"}`),
      bodyBytes: 50n,
    },
  });
  const row = (balance: string) => ({
    fields: [{ name: 'balance', value: { case: 'text' as const, value: balance } }],
  });
  return {
    requestId: `request-${index}`,
    migration,
    group: 'bank',
    route: route(index),
    kind: Kind.MISMATCH,
    differences: [
      {
        path: 'body.interest',
        kind: DifferenceKind.VALUE,
        legacy: '"38.15"',
        modern: '"38.12"',
        rule: 'number-changed',
        explanation: 'Legacy has 38.15, modern 38.12.',
        ruling: Ruling.BUG,
        severity: Severity.CRITICAL,
      },
      {
        path: 'body.receipt',
        kind: DifferenceKind.VALUE,
        legacy: `"${'4be82cd8'.repeat(40)}"`,
        modern: `"${'4be82cd9'.repeat(40)}"`,
        rule: 'opaque',
        explanation: 'Another reference of one shape.',
        ruling: Ruling.HARMLESS,
      },
    ],
    answeredBy: Universe.LEGACY,
    legacyDeployment: 'v0@1',
    modernDeployment: build,
    legacy: side('38.15'),
    modern: side('38.12'),
    legacyStatus: 200,
    modernStatus: 200,
    startedAt: timestampFromMs(nowMs - index * 50),
    effectsState: EffectsState.COMPARED,
    effects: [
      {
        entity: 'account',
        key: '["7"]',
        ruling: Ruling.BUG,
        legacy: { before: row('100.00'), after: row('138.15') },
        modern: { before: row('100.00'), after: row('138.12') },
      },
    ],
  };
}

export function questions(count: number, nowMs: number): MessageInitShape<typeof QuestionSchema>[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `question-${index}`,
    migration,
    group: 'bank',
    route: 'GET /accounts/*',
    field: `body.reference${index}`,
    rule: 'unproven',
    sentence: 'Both universes give another reference on each request. May it differ?',
    examples: [
      { legacy: '"A-1204"', modern: '"B-77Z9"', second: '"A-1205"', requestId: 'request-1' },
      { legacy: '"A-1209"', modern: '"B-01XC"', second: '"A-1210"', requestId: 'request-2' },
    ],
    differences: 412n,
    lastSeen: timestampFromMs(nowMs),
    severity: Severity.MAJOR,
    answers: [
      { id: 'same-shape', sentence: 'Both are opaque references of one shape.' },
      { id: 'ignore', sentence: 'Whatever stands there.' },
      { id: 'bug', sentence: 'It must be the same.' },
    ],
  }));
}

/** One that could be worse than all others. */
export function worseQuestion(nowMs: number): MessageInitShape<typeof QuestionSchema> {
  const [template] = questions(1, nowMs);
  return { ...template, id: 'question-worse', field: 'body.worse', severity: Severity.CRITICAL };
}

/** Points of the seconds from `from` to `to`, both included. */
export function points(from: number, to: number): MessageInitShape<typeof PointsSchema> {
  const seconds = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const wave = (middle: number, swing: number) =>
    seconds.map((second) => Math.round(middle + swing * Math.sin(second / 17)));
  const universe = (answered: number[]) => ({
    requests: wave(100, 12),
    errors: wave(0, 0),
    answered,
    p50Ms: wave(18, 4),
    p99Ms: wave(120, 60),
  });
  return {
    atSeconds: seconds,
    legacy: universe(wave(100, 12)),
    modern: universe(wave(0, 0)),
    compared: wave(100, 12),
    mismatched: wave(4, 3),
    asked: wave(0, 0),
    lost: wave(0, 0),
    failed: wave(0, 0),
    modernPercent: wave(0, 0),
    confidence: wave(94, 1),
  };
}
