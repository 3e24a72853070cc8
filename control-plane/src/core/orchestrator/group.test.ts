import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  commandForWeight,
  fullWeightBp,
  type GroupCommand,
  type GroupState,
  newGroup,
  transition,
} from './group.ts';
import { clientsOnModern, type Stage, type StageEvent, transitions } from './stages.ts';

const at = (stage: Stage, weightBp: number, paused = false): GroupState => ({
  ...newGroup('g', 0),
  stage,
  weightBp,
  paused,
});

describe('transition', () => {
  test.each<[GroupState, GroupCommand, Partial<GroupState>]>([
    [at('draft', 0), { event: 'start' }, { stage: 'shadow', weightBp: 0 }],
    [at('shadow', 0), { event: 'step', weightBp: 100 }, { stage: 'canary', weightBp: 100 }],
    [at('shadow', 0), { event: 'swap' }, { stage: 'swapped', weightBp: 10_000 }],
    [at('shadow', 0), { event: 'kill' }, { stage: 'killed' }],
    [at('canary', 100), { event: 'step', weightBp: 500 }, { stage: 'canary', weightBp: 500 }],
    [at('canary', 5_000), { event: 'lower', weightBp: 100 }, { stage: 'canary', weightBp: 100 }],
    [at('canary', 100), { event: 'return' }, { stage: 'shadow', weightBp: 0 }],
    [at('canary', 100), { event: 'replace' }, { stage: 'shadow', weightBp: 0 }],
    [at('canary', 100, true), { event: 'kill' }, { stage: 'killed', weightBp: 0 }],
    [at('canary', 100, true), { event: 'return' }, { stage: 'shadow', weightBp: 0 }],
    [at('swapped', 10_000), { event: 'lower', weightBp: 5_000 }, { stage: 'canary', weightBp: 5_000 }],
    [at('swapped', 10_000), { event: 'kill' }, { stage: 'killed', weightBp: 0 }],
    [at('swapped', 10_000), { event: 'seal' }, { stage: 'sealed', weightBp: 10_000 }],
    [at('killed', 0), { event: 'start' }, { stage: 'shadow' }],
    [at('killed', 0), { event: 'remediate' }, { stage: 'shadow' }],
  ])('%o by %o', (before, command, after) => {
    const result = transition(before, command, 7);
    expect(result).toMatchObject({ kind: 'changed', group: { ...after, stepEnteredAtMs: 7 } });
  });

  test.each<[GroupState, GroupCommand, RegExp]>([
    [at('draft', 0), { event: 'step', weightBp: 100 }, /never started/],
    [at('canary', 500), { event: 'step', weightBp: 500 }, /must raise/],
    [at('canary', 500), { event: 'lower', weightBp: 500 }, /must reduce/],
    [at('canary', 500, true), { event: 'swap' }, /paused/],
    [at('shadow', 0, true), { event: 'step', weightBp: 100 }, /paused/],
    [at('canary', 500), { event: 'step', weightBp: 10_000 }, /between/],
    [at('canary', 500), { event: 'seal' }, /depend on legacy/],
    [at('killed', 0), { event: 'swap' }, /killed/],
    [at('sealed', 10_000), { event: 'kill' }, /sealed/],
  ])('%o refuses %o', (before, command, why) => {
    expect(transition(before, command, 7)).toEqual({ kind: 'refused', why: expect.stringMatching(why) });
  });

  test('a kill of what is killed changes nothing', () => {
    expect(transition(at('killed', 0), { event: 'kill' }, 7).kind).toBe('ignored');
  });

  test('pausing keeps the dwell', () => {
    expect(transition(at('canary', 100), { event: 'pause' }, 7)).toMatchObject({
      group: { paused: true, stepEnteredAtMs: 0, stageEnteredAtMs: 0 },
    });
  });

  test('commandForWeight goes by the direction', () => {
    const canary = at('canary', 500);
    expect(commandForWeight(canary, 0).event).toBe('return');
    expect(commandForWeight(canary, 100).event).toBe('lower');
    expect(commandForWeight(canary, 1_000).event).toBe('step');
    expect(commandForWeight(canary, 10_000).event).toBe('swap');
  });
});

// The invariants are those of stages.ts, by number.
test('every sequence of events keeps the invariants', () => {
  const events = Object.keys(transitions.draft) as StageEvent[];
  const command = fc
    .record({ event: fc.constantFrom(...events), weightBp: fc.integer({ min: -1, max: 10_001 }) })
    .map(
      ({ event, weightBp }): GroupCommand =>
        event === 'step' || event === 'lower' ? { event, weightBp } : { event },
    );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      let group = newGroup('g', 0);
      commands.forEach((next, index) => {
        const before = group;
        const result = transition(before, next, index + 1);
        if (result.kind === 'changed') group = result.group;
        checkInvariants(before, next, group);
      });
    }),
    { numRuns: 2_000, seed: 20261122 },
  );
});

function checkInvariants(before: GroupState, { event }: GroupCommand, after: GroupState): void {
  const reachesModern = before.stage === 'canary' || before.stage === 'swapped' || before.stage === 'shadow';
  if (event === 'kill' && reachesModern) expect(after.stage).toBe('killed'); // 1
  if (before.stage === 'sealed') expect(after).toEqual(before); // 2
  if (after.stage === 'sealed' && before.stage !== 'sealed') {
    expect([before.stage, event]).toEqual(['swapped', 'seal']); // 2
  }
  if (before.stage === 'killed' && after.stage !== 'killed') expect(['start', 'remediate']).toContain(event); // 3
  if (!clientsOnModern(after.stage)) expect(after.weightBp).toBe(0); // 4
  if (after.stage === 'canary') {
    expect(after.weightBp).toBeGreaterThan(0);
    expect(after.weightBp).toBeLessThan(fullWeightBp);
  }
  if (after.stage === 'swapped' || after.stage === 'sealed') expect(after.weightBp).toBe(fullWeightBp);
  if (after.weightBp > before.weightBp) {
    expect(['step', 'swap']).toContain(event); // 5
    expect(before.paused).toBe(false);
  }
  if (event === 'return' && before.stage !== 'sealed') expect(after.weightBp).toBe(0); // 6
  if (event === 'replace' && before.stage !== 'sealed') expect(clientsOnModern(after.stage)).toBe(false); // 7
}
