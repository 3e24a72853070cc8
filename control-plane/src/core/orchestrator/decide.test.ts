import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyVerdicts, type Evidence, newEvidence, resetWatch } from '../evidence/evidence.ts';
import { testEpoch, testFact } from '../evidence/testing.ts';
import {
  decide,
  type GroupView,
  gateFor,
  type MigrationView,
  nextStep,
  sealRefusal,
  waitsFor,
} from './decide.ts';
import { commandForWeight, type GroupState, newGroup, transition } from './group.ts';
import type { ResolvedPolicy, Step } from './policy.ts';
import type { Stage } from './stages.ts';

const nowMs = 1_000_000;
const step = (weightBp: number, confidence: number): Step => ({
  weightBp,
  confidence,
  minCompared: 0,
  dwellMs: 1_000,
  consistent: false,
});
const policy: ResolvedPolicy = {
  alpha: 0.01,
  ladder: [step(100, 99), step(5_000, 99.5), step(10_000, 99.9)],
  joinDeadlineMs: 10_000,
  evidenceDeadlineMs: 60_000,
  manual: false,
  autoStart: false,
  autoSealAfterMs: undefined,
  killOnBug: true,
  killOnDegradation: true,
  latencyFloorMs: 25,
  deployAfterMismatches: 0,
};
const clean: Evidence = { ...newEvidence(testEpoch), compared: 100_000, freshAtMs: nowMs };
const bug = { requestId: 'q1', traceparent: 'tp', route: '/r', field: 'body.x' };
const withBug: Evidence = { ...clean, watch: { ...clean.watch, bug } };
const degraded: Evidence = { ...clean, watch: { ...clean.watch, mismatches: [1e9, 1e9, 1e9, 1e9] } };
const silent: Evidence = { ...clean, freshAtMs: nowMs - 60_001 };

const weights: Record<Stage, number> = {
  draft: 0,
  shadow: 0,
  canary: 100,
  swapped: 10_000,
  sealed: 10_000,
  killed: 0,
};
const group = (
  stage: Stage,
  fields: Partial<GroupView> = {},
  state: Partial<GroupState> = {},
): GroupView => ({
  state: { ...newGroup('g', 0), stage, weightBp: weights[stage], ...state },
  stayOnLegacy: false,
  shadowOnly: false,
  evidence: clean,
  uncaptured: 0,
  vanished: 0,
  ...fields,
});
const view = (groups: GroupView[], fields: Partial<MigrationView> = {}): MigrationView => ({
  policy,
  groups,
  watchingSinceMs: 0,
  deploying: false,
  nextBuild: undefined,
  ...fields,
});
const actions = (v: MigrationView) => decide(v, nowMs).map((decision) => decision.action);
const withPolicy = (fields: Partial<ResolvedPolicy>) => ({ policy: { ...policy, ...fields } });

describe('steps', () => {
  test('the next rung, by its gate', () => {
    expect(decide(view([group('shadow')]), nowMs)).toMatchObject([
      { action: 'step', group: 'g', weightBp: 100 },
    ]);
    expect(decide(view([group('canary')]), nowMs)).toMatchObject([{ weightBp: 5_000 }]);
    expect(decide(view([group('canary', {}, { weightBp: 5_000 })]), nowMs)).toMatchObject([
      { weightBp: 10_000 },
    ]);
  });

  test.each<[string, MigrationView]>([
    ['paused', view([group('shadow', {}, { paused: true })])],
    ['manual', view([group('shadow')], withPolicy({ manual: true }))],
    ['deploying', view([group('shadow')], { deploying: true })],
    ['a draft', view([group('draft')])],
    ['killed', view([group('killed')])],
    ['swapped', view([group('swapped')])],
    ['sealed', view([group('sealed')])],
    ['staying on legacy', view([group('shadow', { stayOnLegacy: true })])],
    ['mirrored only', view([group('shadow', { shadowOnly: true })])],
    ['too little evidence', view([group('shadow', { evidence: { ...clean, compared: 100 } })])],
    ['stale evidence', view([group('shadow', { evidence: { ...clean, freshAtMs: nowMs - 11_000 } })])],
  ])('none when %s', (_, v) => {
    expect(actions(v)).toEqual([]);
  });

  test('groups share alpha: two need more evidence than one', () => {
    const little = group('shadow', { evidence: { ...clean, compared: 500 } });
    expect(actions(view([little]))).toEqual(['step']);
    const other = group('draft', {}, { name: 'h' });
    expect(actions(view([little, other]))).toEqual([]);
  });
});

describe('backwards', () => {
  test('a confirmed bug kills, with the request that showed it', () => {
    expect(decide(view([group('canary', { evidence: withBug })]), nowMs)).toEqual([
      {
        action: 'kill',
        group: 'g',
        reason: expect.stringContaining('body.x'),
        cause: { requestId: 'q1', traceparent: 'tp' },
      },
    ]);
    expect(actions(view([group('swapped', { evidence: withBug })]))).toEqual(['kill']);
  });

  test('so does degradation; each can be switched off', () => {
    expect(actions(view([group('swapped', { evidence: degraded })]))).toEqual(['kill']);
    const off = withPolicy({ killOnBug: false, killOnDegradation: false });
    expect(
      actions(view([group('swapped', { evidence: withBug }), group('swapped', { evidence: degraded })], off)),
    ).toEqual([]);
  });

  test('a canary does not run blind; a swapped group stays', () => {
    expect(actions(view([group('canary', { evidence: silent })]))).toEqual(['return']);
    expect(actions(view([group('canary', { evidence: silent }, { paused: true })]))).toEqual(['return']);
    expect(actions(view([group('swapped', { evidence: silent })]))).toEqual([]);
  });

  test('a control plane that was away waits one deadline before it blames the evidence', () => {
    expect(
      actions(view([group('canary', { evidence: silent })], { watchingSinceMs: nowMs - 5_000 })),
    ).toEqual([]);
  });

  test('nothing advances beside a kill, and a kill does not wait for a deployment', () => {
    const groups = [group('shadow', {}, { name: 'a' }), group('canary', { evidence: withBug })];
    expect(actions(view(groups, { deploying: true, nextBuild: 'v2' }))).toEqual(['kill']);
  });

  test.each<Stage>(['draft', 'shadow', 'killed', 'sealed'])('nothing to kill in %s', (stage) => {
    expect(actions(view([group(stage, { evidence: withBug })]))).not.toContain('kill');
  });
});

describe('remediation', () => {
  const many: Evidence = { ...clean, mismatched: 25 };
  const remediate = { ...withPolicy({ deployAfterMismatches: 25 }), nextBuild: 'v2' };
  test.each<[string, MigrationView, string[]]>([
    ['in shadow', view([group('shadow', { evidence: many })], remediate), ['deploy']],
    ['after a kill', view([group('killed', { evidence: many })], remediate), ['deploy']],
    [
      'counted over groups',
      view(
        ['a', 'b'].map((name) => group('shadow', { evidence: { ...clean, mismatched: 13 } }, { name })),
        remediate,
      ),
      ['deploy'],
    ],
    ['too few', view([group('killed', { evidence: { ...clean, mismatched: 24 } })], remediate), []],
    [
      'no build left',
      view([group('killed', { evidence: many })], { ...remediate, nextBuild: undefined }),
      [],
    ],
    [
      'clients on modern',
      view([group('killed', { evidence: many }), group('swapped', {}, { name: 'h' })], remediate),
      [],
    ],
    ['paused', view([group('killed', { evidence: many }, { paused: true })], remediate), []],
    ['already deploying', view([group('killed', { evidence: many })], { ...remediate, deploying: true }), []],
    ['not asked for', view([group('killed', { evidence: many })], { nextBuild: 'v2' }), []],
  ])('%s', (_, v, expected) => {
    expect(actions(v)).toEqual(expected);
  });
});

describe('the seal', () => {
  const auto = withPolicy({ autoSealAfterMs: 10_000 });
  test('comes by itself when everything was clean for long enough', () => {
    expect(actions(view([group('swapped')], auto))).toEqual(['seal']);
  });
  test.each<[string, GroupView[], RegExp]>([
    [
      'a group on its way',
      [group('swapped'), group('canary', { evidence: { ...clean, compared: 1 } }, { name: 'h' })],
      /h is in canary/,
    ],
    [
      'a group that stays',
      [group('swapped'), group('draft', { stayOnLegacy: true }, { name: 'h' })],
      /h stays on legacy/,
    ],
    [
      'a group that is mirrored only',
      [group('swapped'), group('shadow', { shadowOnly: true }, { name: 'h' })],
      /h is mirrored only/,
    ],
    ['silence', [group('swapped', { evidence: silent })], /no fresh evidence/],
  ])('not with %s', (_, groups, why) => {
    expect(actions(view(groups, auto))).toEqual([]);
    expect(sealRefusal(view(groups), nowMs)).toMatch(why);
  });
  test.each<[string, GroupView]>([
    ['paused', group('swapped', {}, { paused: true })],
    ['too early', group('swapped', {}, { stageEnteredAtMs: nowMs - 9_000 })],
    [
      'after a mismatch',
      group('swapped', { evidence: { ...clean, mismatched: 1, lastMismatchAtMs: nowMs - 5_000 } }),
    ],
  ])('not by itself when %s', (_, swapped) => {
    expect(actions(view([swapped], auto))).toEqual([]);
  });
});

test('whatever the evidence, what is held neither grows nor is sealed, and goes back as ever', () => {
  const held = { heldFor: 'ids of "orders" that tell whose they are' };
  expect(actions(view([group('shadow')]))).toEqual(['step']);
  expect(actions(view([group('shadow'), group('canary', {}, { name: 'h' })], held))).toEqual([]);
  expect(actions(view([group('swapped')], { ...withPolicy({ autoSealAfterMs: 10_000 }), ...held }))).toEqual(
    [],
  );
  expect(sealRefusal(view([group('swapped')], held), nowMs)).toMatch(/^it waits for ids of "orders"/);
  expect(actions(view([group('canary', { evidence: withBug })], held))).toEqual(['kill']);
});

test('a canary whose clients hold ids of both kinds goes back, paused or not; a bug kills it; what is swapped stays', () => {
  const overlap = { noCanaryFor: 'ids of "orders" that tell whose they are' };
  const reason = 'a canary needs ids of "orders" that tell whose they are';
  expect(decide(view([group('canary')], overlap), nowMs)).toEqual([{ action: 'return', group: 'g', reason }]);
  expect(actions(view([group('canary', {}, { paused: true })], overlap))).toEqual(['return']);
  expect(actions(view([group('canary', { evidence: withBug })], overlap))).toEqual(['kill']);
  expect(actions(view([group('swapped')], overlap))).toEqual([]);
});

test.each<[GroupView, Partial<MigrationView>, string]>([
  [group('draft'), {}, 'its start'],
  [group('killed'), {}, 'an operator: it was killed'],
  [group('draft'), { startWaitsFor: 'the changes' }, 'the changes'],
  [group('killed'), { startWaitsFor: 'the changes' }, 'the changes'],
  [group('canary', {}, { paused: true }), {}, 'an operator: it is paused'],
  [group('canary'), withPolicy({ manual: true }), 'an operator: its evidence is there'],
  [group('canary'), { deploying: true }, 'a deployment to finish'],
  [group('shadow'), { heldFor: 'ids' }, 'ids'],
])('what a group waits for, in words', (g, fields, words) => {
  const rung = nextStep(policy, g.state);
  expect(rung && waitsFor(view([g], fields), g, rung, nowMs)).toBe(words);
});

// A whole life with random verdicts, pauses, operators and silence. The seed is printed on failure.
test('the orchestrator never raises a share without its gate, and retreats when it must', () => {
  const happening = fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({ kind: fc.constant('clean' as const), n: fc.integer({ min: 1, max: 800 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('wrong copy', 'wrong answer', 'lost'),
        n: fc.constant(1),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('silence', 'kill', 'start', 'pause', 'resume'),
        n: fc.constant(1),
      }),
    },
  );
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 80 }), (story) => {
      let state: GroupState = { ...newGroup('g', 0), stage: 'shadow' };
      let evidence = newEvidence(testEpoch);
      let now = 1_000;
      for (const { kind, n } of story) {
        now += kind === 'silence' ? 61_000 : 2_000;
        evidence = happen(evidence, state, kind, n, now);
        if (kind === 'kill' || kind === 'start' || kind === 'pause' || kind === 'resume') {
          const result = transition(state, { event: kind }, now);
          if (result.kind === 'changed') state = result.group;
        }
        const seen = view([
          { state, stayOnLegacy: false, shadowOnly: false, evidence, uncaptured: 0, vanished: 0 },
        ]);
        const before = state;
        for (const decision of decide(seen, now)) {
          const command =
            decision.action === 'step'
              ? commandForWeight(state, decision.weightBp)
              : { event: decision.action === 'kill' ? ('kill' as const) : ('return' as const) };
          const result = transition(state, command, now);
          expect(result.kind).toBe('changed'); // what is decided is always allowed
          if (result.kind === 'changed') state = result.group;
        }
        if (state.weightBp > before.weightBp) {
          const rung = policy.ladder.find(({ weightBp }) => weightBp === state.weightBp);
          expect(rung && seen.groups[0] && gateFor(seen, seen.groups[0], rung, now)).toEqual({ open: true });
          expect(before.paused).toBe(false);
          if (before.weightBp === 0) evidence = resetWatch(evidence, now);
        }
        if (kind === 'wrong answer' && before.weightBp > 0) expect(state.stage).toBe('killed');
        if (kind === 'silence' && before.stage === 'canary') expect(state.weightBp).toBe(0);
      }
    }),
    { numRuns: 300, seed: 20261122 },
  );
});

function happen(evidence: Evidence, state: GroupState, kind: string, n: number, now: number): Evidence {
  const context = { clientsOnModern: state.weightBp > 0, nowMs: now };
  const fact = testFact({ startedAtMs: now, answeredByModern: state.weightBp > 0 });
  switch (kind) {
    case 'clean':
      return applyVerdicts(
        evidence,
        Array.from({ length: n }, () => fact),
        context,
      );
    case 'wrong copy':
      return applyVerdicts(evidence, [{ ...fact, outcome: 'mismatch', answeredByModern: false }], context);
    case 'wrong answer':
      return applyVerdicts(evidence, [{ ...fact, outcome: 'mismatch' }], context);
    case 'lost':
      return applyVerdicts(evidence, [{ ...fact, outcome: 'lost' }], context);
    default:
      return evidence;
  }
}
