import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import {
  type CaptureStateSchema,
  EntanglementStateSchema,
  ListRepairsResponseSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { expect, test } from '@jest/globals';
import { stateMessage } from '../../core/view/state-message.ts';
import { memoryEngine, type record } from '../../testing/memory-engine.ts';
import type { Engine } from './engine.ts';
import { untilRead } from './until-read.ts';

type Capture = MessageInitShape<typeof CaptureStateSchema>;

const legacy: Capture = { universe: Universe.LEGACY, ready: true };
const modern: Capture = { universe: Universe.MODERN, ready: true };
const begun: Capture = { universe: Universe.MODERN, ready: false };

interface Look {
  readonly revision: bigint;
  readonly captures: readonly Capture[];
}

/** Migration "a" is a draft with entities, revision 3; each look at the captures passes some time, and the last one stays. */
function engineOf(looks: readonly (Look | Error)[], passMs = 1_000) {
  const { engine: bare } = memoryEngine();
  const before = bare.world.require('a');
  before.spec.entanglement = create(EntanglementSchema, { entities: [{ name: 'account' }] });
  const draft = new Map([...before.groups].map(([name, group]) => [name, asDraft(group)]));
  bare.world.replace(before, { ...before, groups: draft });
  let looked = 0;
  const shown = new Set<string>();
  const engine: Engine = {
    ...bare,
    nowMs: () => 10_000 + looked * passMs,
    entangled: {
      async state() {
        const look = looks[Math.min(looked, looks.length - 1)] ?? new Error('none');
        looked += 1;
        if (look instanceof Error) throw look;
        return create(EntanglementStateSchema, { revision: look.revision, captures: [...look.captures] });
      },
      startVerification: async () => {},
      repairs: async () => create(ListRepairsResponseSchema),
      journal: async () => create(ListRepairsResponseSchema),
      tryDump: async () => ({ outcome: 'opened', reason: '', leftOut: {} }),
      dump: async function* () {},
    },
  };
  bare.world.onChange(() => {
    const { startingSince, groups } = shownState(engine);
    if (startingSince !== undefined) shown.add(groups[0]?.nextStep?.waitsFor ?? '');
  });
  return { engine, looked: () => looked, shown };
}

function asDraft<
  G extends ReturnType<typeof record>['groups'] extends ReadonlyMap<string, infer V> ? V : never,
>(group: G) {
  return { ...group, state: { ...group.state, stage: 'draft' as const, weightBp: 0 } };
}

function shownState(engine: Engine) {
  return stateMessage(engine.world.require('a'), engine.world.surroundings('a', 0), 0);
}

test('without entities it costs nothing', async () => {
  const { engine, looked } = engineOf([]);
  await untilRead(engine, 'b');
  expect(looked()).toBe(0);
});

test('it waits until both captures tell what happens from now on, of this specification, and shows for what', async () => {
  const { engine, looked, shown } = engineOf([
    new Error('there is no migration a'),
    { revision: 2n, captures: [legacy, modern] },
    {
      revision: 3n,
      captures: [legacy, { ...begun, pauseReason: 'table accounts does not exist → create it' }],
    },
    { revision: 3n, captures: [legacy, begun] },
    { revision: 3n, captures: [legacy, modern] },
  ]);
  await untilRead(engine, 'a');
  expect(looked()).toBe(5);
  const waiting = 'the changes of both databases to be read';
  expect([...shown]).toEqual([
    `${waiting} (the entanglement does not answer: there is no migration a)`,
    `${waiting} (its captures are being made)`,
    `${waiting} (modern: table accounts does not exist → create it)`,
    `${waiting} (modern: its stream has only begun)`,
  ]);
  expect(shownState(engine).startingSince).toBeUndefined();
});

test.each<[string, Capture[], number, string]>([
  [
    'a table that nobody makes',
    [legacy, { ...begun, pauseReason: 'no table → create it' }],
    7,
    'modern: no table → create it',
  ],
  [
    'what somebody has to do',
    [{ ...legacy, ready: false, paused: true, pauseReason: 'wal_level is replica → set it' }, modern],
    2,
    'legacy: wal_level is replica → set it',
  ],
  ['a database that is not known', [legacy], 2, 'CHRONOS_DB_<MIGRATION>_MODERN'],
])('%s is waited for within bounds, then named', async (_what, captures, looks, words) => {
  const { engine, looked } = engineOf([{ revision: 3n, captures }], 5_000);
  const refused = await untilRead(engine, 'a').then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(refused).toMatchObject({ kind: 'refused', message: expect.stringContaining(words) });
  expect(refused).toMatchObject({ message: expect.stringMatching(/^not started: /) });
  expect(looked()).toBe(looks);
  expect(shownState(engine).startingSince).toBeUndefined();
});

test('without the entanglement nothing that it declares is started', async () => {
  const { engine } = engineOf([]);
  await expect(untilRead({ ...engine, entangled: undefined }, 'a')).rejects.toThrow('ENTANGLEMENT_ADDRESS');
});

test('a process that ends does not wait any longer', async () => {
  const { engine, looked } = engineOf([{ revision: 3n, captures: [legacy, begun] }], 0);
  const stopping = new AbortController();
  engine.world.onChange(() => stopping.abort());
  await expect(untilRead(engine, 'a', stopping.signal)).rejects.toMatchObject({ kind: 'unavailable' });
  expect(looked()).toBe(1);
  expect(shownState(engine).startingSince).toBeUndefined();
});
