import { create } from '@bufbuild/protobuf';
import {
  type MigrationState,
  Stage,
  WatchMigrationResponseSchema,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { expect, test } from '@jest/globals';
import { sampleDecision, sampleState } from '../render/sample.ts';
import { emptyStageLog, recordStages } from './stage-log.ts';

const update = (state: MigrationState | undefined, ...decisions: ReturnType<typeof sampleDecision>[]) =>
  create(WatchMigrationResponseSchema, state === undefined ? { decisions } : { state, decisions });
const step = (sequence: bigint, stage: Stage, percent: number) =>
  sampleDecision(sequence, { action: 'step', stage, percent });

function stateAt(percent: number, compared: bigint): MigrationState {
  const state = sampleState();
  Object.assign(state.groups[0]!, { modernPercent: percent, compared, mismatched: 0n, confidence: 99 });
  return state;
}

test('each stage with the evidence it had when it was left', () => {
  let log = recordStages(emptyStageLog, update(stateAt(1, 10n), step(1n, Stage.CANARY, 1)));
  log = recordStages(log, update(stateAt(1, 500n)));
  log = recordStages(log, update(stateAt(5, 510n), step(2n, Stage.CANARY, 5)));
  expect(log.entries).toMatchObject([
    {
      group: 'money',
      stage: 'canary',
      modern_percent: 1,
      compared: 500,
      entered_at: '2026-11-22T10:11:12.000Z',
    },
    { group: 'money', stage: 'canary', modern_percent: 5, compared: 510, confidence: 99 },
  ]);
});

test('decisions that a new stream repeats count once', () => {
  const decisions = [step(1n, Stage.CANARY, 1), step(2n, Stage.CANARY, 5)];
  const first = recordStages(emptyStageLog, update(stateAt(5, 10n), ...decisions));
  const log = recordStages(first, update(stateAt(5, 12n), ...decisions));
  expect(log.entries.map((entry) => [entry.modern_percent, entry.compared])).toEqual([
    [1, 0],
    [5, 12],
  ]);
});

test('decisions that move nothing make no entry; one for all groups speaks for those that migrate', () => {
  const pause = { ...step(2n, Stage.CANARY, 5), action: 'pause' };
  const all = { ...step(1n, Stage.CANARY, 5), group: '' };
  const log = recordStages(emptyStageLog, update(sampleState(), all, pause));
  expect(log.entries.map((entry) => [entry.group, entry.modern_percent])).toEqual([['money', 5]]);
});

test('a stage that passed between two states is not lost', () => {
  const log = recordStages(
    emptyStageLog,
    update(stateAt(5, 9n), step(1n, Stage.CANARY, 1), step(2n, Stage.CANARY, 5)),
  );
  expect(log.entries.map((entry) => [entry.modern_percent, entry.compared])).toEqual([
    [1, 0],
    [5, 9],
  ]);
});
