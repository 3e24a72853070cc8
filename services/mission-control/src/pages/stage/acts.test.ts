import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  DecisionSchema,
  DeploymentPhase,
  type GroupState,
  GroupStateSchema,
  MigrationStateSchema,
  Stage,
  UniverseName,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { describe, expect, test } from '@jest/globals';
import { actsOf, modernHealth } from './acts.ts';

function told(
  group: Partial<Omit<GroupState, '$typeName' | '$unknown'>>,
  { builds = 1, kills = 0 }: { builds?: number; kills?: number } = {},
) {
  const state = create(MigrationStateSchema, {
    kills,
    coverage: { compared: 1_200n },
    deployments: Array.from({ length: builds }, (_, index) => ({
      universe: UniverseName.MODERN,
      id: `v${index + 1}`,
      phase: index + 1 === builds ? DeploymentPhase.SERVING : DeploymentPhase.STOPPED,
    })),
  });
  const decisions =
    kills === 0 ? [] : [create(DecisionSchema, { action: 'kill', ackDuration: { nanos: 148_000_000 } })];
  const acts = actsOf(state, create(GroupStateSchema, group), decisions);
  return { standings: acts.map(({ standing }) => standing), texts: acts.map(({ text }) => text) };
}

describe('the four acts', () => {
  test.each([
    ['not started', { stage: Stage.DRAFT }, {}, ['ahead', 'ahead', 'ahead', 'ahead']],
    ['nothing differs yet', { stage: Stage.SHADOW }, {}, ['now', 'ahead', 'ahead', 'ahead']],
    ['modern fails', { stage: Stage.SHADOW, mismatched: 3n }, {}, ['done', 'now', 'ahead', 'ahead']],
    ['corrected', { stage: Stage.SHADOW }, { builds: 2 }, ['done', 'done', 'now', 'ahead']],
    ['canary', { stage: Stage.CANARY, modernPercent: 10 }, { builds: 2 }, ['done', 'done', 'now', 'ahead']],
    ['killed', { stage: Stage.KILLED }, { builds: 2, kills: 1 }, ['done', 'done', 'ahead', 'now']],
    [
      'killed while it fails',
      { stage: Stage.KILLED, mismatched: 3n },
      { kills: 1 },
      ['done', 'ahead', 'ahead', 'now'],
    ],
    ['swapped', { stage: Stage.SWAPPED }, { builds: 2, kills: 1 }, ['done', 'done', 'done', 'done']],
  ])('%s', (_, group, more, standings) => {
    expect(told(group, more).standings).toEqual(standings);
  });

  test('the kill switch is in reach until legacy is sealed', () => {
    expect(told({ stage: Stage.SWAPPED }, { builds: 2 }).texts[3]).toBe('in reach: k, then Enter');
    expect(told({ stage: Stage.SEALED }, { builds: 2 }).texts[3]).toBe(
      'was not needed; now there is no way back',
    );
  });

  test('a kill says how long it took', () => {
    expect(told({ stage: Stage.KILLED }, { kills: 1 }).texts[3]).toBe(
      'every client back on legacy in 148 ms',
    );
  });

  test('a kill without every ACK is not told as done, nor one that the journal calls not proven', () => {
    const killed = create(GroupStateSchema, { name: 'bank', stage: Stage.KILLED });
    const text = (...decisions: MessageInitShape<typeof DecisionSchema>[]) =>
      actsOf(
        create(MigrationStateSchema, { kills: 1 }),
        killed,
        decisions.map((decision) => create(DecisionSchema, { action: 'kill', ...decision })),
      )[3]?.text;
    const acked = { group: 'bank', fromPercent: 50, ackDuration: { nanos: 148_000_000 } };
    expect(text({ group: 'bank', fromPercent: 50 })).toMatch(/^not proven/);
    expect(text({ reason: 'the kill is not proven: no probe' }, acked)).toMatch(/^not proven/);
    expect(text({ group: 'loans' }, acked)).toMatch(/148 ms$/);
  });
});

describe('modern turns from red to green', () => {
  const health = (group: Partial<Omit<GroupState, '$typeName' | '$unknown'>>) =>
    modernHealth(create(GroupStateSchema, { nextStep: { confidenceNeeded: 99 }, ...group })).share;

  test('red without evidence and while it differs, green with the evidence that the gate asks for', () => {
    expect(health({ compared: 0n })).toBe(0);
    expect(health({ compared: 100_000n, mismatched: 1n, confidence: 99.9 })).toBeLessThan(0.1);
    const some = health({ compared: 100n, confidence: 95 });
    expect(some).toBeGreaterThan(0.1);
    expect(some).toBeLessThan(1);
    expect(health({ compared: 1_000n, confidence: 99 })).toBe(1);
    expect(health({ stage: Stage.SWAPPED })).toBe(1);
  });
});
