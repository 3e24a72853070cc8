import { create } from '@bufbuild/protobuf';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { Stage as WireStage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Health } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { describe, expect, test } from '@jest/globals';
import { migrationRecord } from '../../testing/migration-record.ts';
import { type Evidence, newEvidence } from '../evidence/evidence.ts';
import { testEpoch } from '../evidence/testing.ts';
import type { DeploymentRecord, MigrationRecord } from '../model.ts';
import { type GroupState, newGroup } from '../orchestrator/group.ts';
import { emptyPoint, type Point } from './point.ts';
import { type SummaryContext, summaryOf } from './summary.ts';

const nowMs = testEpoch.startedAtMs + 60_000;
const nowS = Math.floor(nowMs / 1000);

interface Group {
  readonly state?: Partial<GroupState>;
  readonly evidence?: Partial<Evidence>;
  readonly declared?: { readonly stayOnLegacy?: boolean; readonly shadowOnly?: boolean };
}

const deployed = (phase: DeploymentRecord['phase']): DeploymentRecord => ({
  id: 'v2@1',
  universe: 'modern',
  build: 'v2',
  address: 'h:1',
  ports: {},
  managed: true,
  phase,
  deployedAtMs: 1,
  reason: 'it exited with code 1',
});

function summary(
  groups: Readonly<Record<string, Group>>,
  { record = {}, ...context }: Partial<SummaryContext> & { readonly record?: Partial<MigrationRecord> } = {},
) {
  const routes = Object.entries(groups).map(([name, { declared }]) => ({ name, ...declared }));
  const whole = migrationRecord(
    { name: 'shop', routes },
    Object.entries(groups).map(([name, { state, evidence }]) => ({
      state: { ...newGroup(name, 0), stage: 'shadow' as const, ...state },
      evidence: { ...newEvidence(testEpoch), compared: 1_000, freshAtMs: nowMs, ...evidence },
      verdicts: {},
    })),
    { deployments: [deployed('serving')], ...record },
  );
  return summaryOf(whole, {
    surroundings,
    points: [],
    questionsOpen: 0,
    repairs: undefined,
    proxiesConnected: 1,
    walAlarms: [],
    unreadMs: 0,
    nowMs,
    ...context,
  });
}

const surroundings = {
  watchingSinceMs: 0,
  deploying: false,
  uncaptured: () => 0,
  vanished: () => 0,
  total: () => 0,
  perSecond: () => 0,
};
const differing: readonly Point[] = [{ ...emptyPoint(nowS - 5), compared: 10, mismatched: 3 }];
const asked: readonly Point[] = [{ ...emptyPoint(nowS - 5), compared: 10, mismatched: 3, asked: 3 }];
const canary = { stage: 'canary' as const, weightBp: 500 };
const mismatched = { a: { evidence: { mismatched: 3 } } };

const overlapping = { surroundings: { ...surroundings, overlapping: [{ bijection: 'orders', id: '5' }] } };
const sharing = (overlapAccepted: string) => ({
  spec: create(MigrationSchema, {
    name: 'shop',
    routes: [{ name: 'a' }],
    identifiers: { bijections: [{ name: 'orders', anywhere: true, overlapAccepted }] },
  }),
});

const entangling = {
  spec: create(MigrationSchema, { name: 'shop', routes: [{ name: 'a' }], entanglement: {} }),
};
const counted = { open: 3n, outstanding: 0n, reported: 0n, repairs: 17n };

test('repairs are counted where entities are declared', () => {
  expect(summary({ a: {} }, { record: entangling, repairs: counted }).repairs).toEqual(counted);
  expect(summary({ a: {} }, { record: entangling }).repairs).toBeUndefined();
  expect(summary({ a: {} }, { repairs: counted }).repairs).toBeUndefined();
});

describe('health', () => {
  test.each<[string, ReturnType<typeof summary>, Health, RegExp]>([
    ['all is well', summary({ a: {} }), Health.GOOD, /no request/],
    ['not started', summary({ a: { state: { stage: 'draft' } } }), Health.IDLE, /not started/],
    [
      'sealed',
      summary(
        { a: { state: { stage: 'sealed' } } },
        { record: { sealed: { atMs: 1, capsule: 'c' } }, proxiesConnected: 0 },
      ),
      Health.IDLE,
      /Time Capsule/,
    ],
    ['a kill', summary({ a: { state: { stage: 'killed' } }, b: {} }), Health.BAD, /^a: the kill switch/],
    ['no proxy', summary({ a: {} }, { proxiesConnected: 0 }), Health.BAD, /no proxy/],
    [
      'bugs',
      summary(mismatched, { points: differing }),
      Health.BAD,
      /^a: 3 of 1,000 compared requests differ/,
    ],
    [
      'differences that wait for an answer',
      summary(mismatched, { points: asked, questionsOpen: 2 }),
      Health.WAITING,
      /2 questions wait/,
    ],
    [
      'a failed deployment',
      summary({ a: {} }, { record: { deployments: [deployed('failed')] } }),
      Health.BAD,
      /deploying v2 failed: it exited/,
    ],
    [
      'a failed start of legacy',
      summary(
        { a: { state: { stage: 'draft' } } },
        { record: { deployments: [{ ...deployed('failed'), universe: 'legacy', build: 'old' }] } },
      ),
      Health.BAD,
      /^deploying old failed: it exited/,
    ],
    [
      'requests that nobody judges, beside mismatches',
      summary(
        { a: { evidence: { mismatched: 3, freshAtMs: nowMs - 40_000 } } },
        { points: differing, surroundings: { ...surroundings, uncaptured: () => 393 } },
      ),
      Health.BAD,
      /differ; a: nothing was judged for 40 s although requests flow: look at the arbiter/,
    ],
    [
      'a database that was never read',
      summary({ a: {} }, { questionsOpen: undefined }),
      Health.WAITING,
      /database does not answer/,
    ],
    [
      'a database that hangs',
      summary({ a: {} }, { unreadMs: 7_900 }),
      Health.BAD,
      /^Chronos' database has not answered for 7 s: .* the kill switch works$/,
    ],
    ['a pause', summary({ a: { state: { paused: true } } }), Health.WAITING, /^a: paused/],
    [
      'ids that overlap',
      summary({ a: {} }, { record: sharing(''), ...overlapping }),
      Health.WAITING,
      /^waits for ids of "orders" that tell whose they are/,
    ],
    [
      'ids whose overlap is accepted',
      summary({ a: {} }, { record: sharing('only trials'), ...overlapping }),
      Health.GOOD,
      /differs; ids of "orders" overlap \(5 is one .*\), accepted: only trials$/,
    ],
    [
      'a difference that could not be repaired',
      summary({ a: {} }, { record: entangling, repairs: { ...counted, outstanding: 2n } }),
      Health.WAITING,
      /^2 repairs are outstanding/,
    ],
    [
      'a database whose disk fills',
      summary(mismatched, { walAlarms: ['legacy: slot s keeps 78 MiB'], points: differing }),
      Health.BAD,
      /^a: 3 of 1,000 compared requests differ; legacy: slot s keeps 78 MiB$/,
    ],
    [
      'the same before the start',
      summary({ a: { state: { stage: 'draft' } } }, { walAlarms: ['legacy: slot s keeps 78 MiB'] }),
      Health.BAD,
      /^legacy: slot s keeps 78 MiB$/,
    ],
    [
      'repairs that are under way',
      summary({ a: {} }, { record: entangling, repairs: counted }),
      Health.GOOD,
      /no request/,
    ],
    [
      'silence',
      summary({ a: { evidence: { freshAtMs: undefined } } }),
      Health.WAITING,
      /nothing was compared for 60 s/,
    ],
  ])('%s', (_, { health, healthReason }, expected, reason) => {
    expect(health).toBe(expected);
    expect(healthReason).toMatch(reason);
  });
});

test('a migration is as far as its last group that moves', () => {
  const groups = {
    first: { state: { stage: 'swapped' as const, weightBp: 10_000 } },
    last: { state: canary },
    still: { declared: { stayOnLegacy: true }, state: { stage: 'draft' as const } },
    copied: { declared: { shadowOnly: true } },
  };
  expect(summary(groups)).toMatchObject({
    stage: WireStage.CANARY,
    percent: 5,
    percentMax: 100,
    groups: 2,
    groupsAtRest: 2,
  });
});

test('one killed group is what is shown of the stage', () => {
  const groups = { a: { state: { stage: 'killed' as const } }, b: { state: { stage: 'draft' as const } } };
  expect(summary(groups).stage).toBe(WireStage.KILLED);
});

test('rates are of the last ten full seconds, failures of all that is kept', () => {
  const answered = (atS: number, failed = 0): Point => {
    const point = emptyPoint(atS);
    return { ...point, failed, legacy: { ...point.legacy, answered: 40 } };
  };
  const points = [answered(nowS - 11, 7), answered(nowS - 10), answered(nowS - 1, 1), answered(nowS)];
  expect(summary({ a: {} }, { points })).toMatchObject({ requestsPerSecond: 8, failed: 8n });
});

test('requests flow also while nobody judges them', () => {
  const counting = { ...surroundings, perSecond: () => 40 };
  expect(summary({ a: {} }, { surroundings: counting }).requestsPerSecond).toBe(40);
});
