import { create } from '@bufbuild/protobuf';
import {
  EntanglementStateSchema,
  type ListRepairsResponse,
  ListRepairsResponseSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { expect, test } from '@jest/globals';
import { migrationRecord } from '../../testing/migration-record.ts';
import type { Engine } from '../engine/engine.ts';
import { World } from '../engine/world.ts';
import { repairsSource } from './repairs-source.ts';

/** What a page is told after one look; `answer`: the entanglement's, an error where it does not answer. */
async function told(answer: ListRepairsResponse | Error, entangled = true) {
  const world = new World();
  world.replace(undefined, migrationRecord({ name: 'm', ...(entangled && { entanglement: {} }) }, []));
  const journal = async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const state = async () =>
    create(EntanglementStateSchema, {
      runningVerification: { id: 'v', rowsRead: 7n, differences: [{ entity: 'account', key: '["1"]' }] },
    });
  const engine = { world, entangled: { journal, state }, nowMs: () => 5_000, log: () => {} };
  const source = repairsSource(engine as unknown as Engine, 'm');
  const looked = Promise.withResolvers<void>();
  const stop = source.start(looked.resolve);
  await looked.promise;
  stop();
  return source.message({ sinceMs: undefined });
}

test('repairs, at most twenty rows of each, what is not settled, and the totals', async () => {
  const rows = Array.from({ length: 30 }, (_, n) => ({ entity: 'account', key: `["${n}"]` }));
  const answer = create(ListRepairsResponseSchema, {
    repairs: [{ id: 'r', rows, moreRows: 7 }],
    unsettled: [{ id: 'q1', state: 'open' }],
    totals: { open: 1n, repairs: 1n },
  });
  const message = await told(answer);
  expect(message).toMatchObject({
    declared: true,
    reset: true,
    failure: '',
    readAt: { seconds: 5n },
    totals: { open: 1n },
    // Rows that differ are for those who ask.
    runningVerification: { id: 'v', rowsRead: 7n, differences: [] },
    entries: [
      { id: 'repair r', what: { case: 'repair', value: { moreRows: 17 } } },
      { id: 'case q1', what: { case: 'unsettled' } },
    ],
  });
  const [{ what }] = (message as { entries: { what: { value: { rows: unknown[] } } }[] }).entries as [
    { what: { value: { rows: unknown[] } } },
  ];
  expect(what.value.rows).toHaveLength(20);
});

test('an entanglement that does not answer is told, and does not make the page blind', async () => {
  const message = await told(new Error('connect ECONNREFUSED'));
  expect(message).toMatchObject({
    declared: true,
    failure: 'connect ECONNREFUSED',
    observedAt: { seconds: 5n },
  });
  expect(message).not.toHaveProperty('readAt');
});

test('where no entity is declared nobody is asked', async () => {
  expect(await told(new Error('asked'), false)).toMatchObject({ declared: false, failure: '', entries: [] });
});
