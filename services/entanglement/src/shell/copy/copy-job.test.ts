import { create } from '@bufbuild/protobuf';
import {
  CopySchema,
  JobState,
  VerificationSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { expect, test } from '@jest/globals';
import type pg from 'pg';
import type { Sides } from '../verify/find-suspects.ts';
import { CopyJob, type CopyOptions } from './copy-job.ts';

/** A copy whose rows are all written, a moment ago. */
function comparing(catchUp: CopyOptions['catchUp']): CopyJob {
  const options = { migration: 'm', target: {} as pg.Pool, prefix: 'p', rowsPerSecond: 0, intoFilled: true };
  const written = { job: create(CopySchema, { secondsLeft: 0.5 }), position: { entity: 0, from: null } };
  return new CopyJob([], {} as Sides, { ...options, catchUp }, async () => {}, written);
}

test('what follows the last row is told as what it is, without a time left, and no more once it has ended', async () => {
  const told: unknown[] = [];
  const job = comparing(async (_, tell) => {
    const check = create(VerificationSchema, { rowsExpected: 10n, entities: [{}, {}] });
    tell(check);
    check.rowsRead = 7n;
    check.entities.forEach((entity) => {
      entity.differences = 2n;
      entity.repaired = told.length === 0 ? 1n : 0n;
    });
    const { secondsLeft, comparison, state } = job.state;
    told.push([state, secondsLeft, comparison]);
    check.state = JobState.CLEAN;
    return check;
  });
  await job.run(new AbortController().signal);
  const round = { roundsMax: 5, rowsRead: 7n, rowsExpected: 10n, differences: 4n };
  expect(told).toMatchObject([
    [JobState.RUNNING, undefined, { ...round, round: 1, repaired: 2n }],
    [JobState.RUNNING, undefined, { ...round, round: 2, repaired: 0n }],
  ]);
  expect([job.state.state, job.state.comparison]).toEqual([JobState.CLEAN, undefined]);
});
