import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import {
  EntanglementStateSchema,
  JobState,
  ListRepairsResponseSchema,
  type Verification,
  VerificationSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { expect, test } from '@jest/globals';
import { memoryEngine, record } from '../../testing/memory-engine.ts';
import type { Engine } from './engine.ts';
import { proveEqual } from './prove-equal.ts';

const nowMs = 10_000_000;

function entangledRecord() {
  const before = record('a');
  before.spec.entanglement = create(EntanglementSchema, { entities: [{ name: 'account' }] });
  return before;
}

/** Databases whose last verification ended in `last`, and whose next one ends in `next`. */
function engineOf(last: Verification | undefined, next: JobState, nowMsOf = () => nowMs) {
  let known = last;
  const started: string[] = [];
  const engine: Engine = {
    ...memoryEngine().engine,
    nowMs: nowMsOf,
    entangled: {
      state: async () =>
        create(EntanglementStateSchema, {
          ...(next === JobState.RUNNING && started.length > 0
            ? { runningVerification: verification(JobState.RUNNING, nowMs) }
            : known && { lastVerification: known }),
        }),
      async startVerification(migration) {
        started.push(migration);
        known = verification(next, nowMs);
      },
      repairs: async () => create(ListRepairsResponseSchema),
      journal: async () => create(ListRepairsResponseSchema),
      tryDump: async () => ({ outcome: 'opened', reason: '', leftOut: {} }),
      dump: async function* () {},
    },
  };
  return { engine, started };
}

function verification(state: JobState, endedAtMs: number): Verification {
  return create(VerificationSchema, {
    state,
    endedAt: timestampFromMs(endedAtMs),
    entities: [{ entity: 'account', differences: 4n }],
    rowsRead: 5n,
    rowsExpected: 9n,
  });
}

test('a migration without entities needs no proof', async () => {
  const { engine, started } = engineOf(undefined, JobState.CLEAN);
  expect(await proveEqual(engine, record('a'), 'ada')).toBeUndefined();
  expect(started).toEqual([]);
});

test('a fresh clean verification is taken, none is started', async () => {
  const { engine, started } = engineOf(verification(JobState.CLEAN, nowMs - 1_000), JobState.DIFFERENT);
  expect((await proveEqual(engine, entangledRecord(), 'ada'))?.state).toBe(JobState.CLEAN);
  expect(started).toEqual([]);
});

test.each([
  ['none', undefined],
  ['one of yesterday', verification(JobState.CLEAN, 0)],
  ['one that found rows different, which may have been repaired', verification(JobState.DIFFERENT, nowMs)],
])('after %s a new one is run', async (_what, last) => {
  const { engine, started } = engineOf(last, JobState.CLEAN);
  expect((await proveEqual(engine, entangledRecord(), 'ada'))?.state).toBe(JobState.CLEAN);
  expect(started).toEqual(['a']);
});

test.each([-3_600_000, 0, 3_600_000])('clocks that are %d ms apart mislead nobody', async (apart) => {
  // Each look at the tables is a moment older than what is told of it.
  const { engine } = engineOf(undefined, JobState.CLEAN);
  const ended = verification(JobState.CLEAN, nowMs + apart - 1_000);
  let toldMs = nowMs + apart;
  const captures = () => [{ slot: 's', tablesLookedAt: timestampFromMs(toldMs - 400) }];
  const state = async () => {
    toldMs += 500;
    return create(EntanglementStateSchema, {
      lastVerification: ended,
      captures: captures(),
      observedAt: timestampFromMs(toldMs),
    });
  };
  const skewed: Engine = { ...engine, entangled: { ...engine.entangled!, state } };
  expect((await proveEqual(skewed, entangledRecord(), 'ada'))?.state).toBe(JobState.CLEAN);
  // As old as it is by the clock that it was told by: too old to stand on.
  const old = verification(JobState.CLEAN, nowMs + apart - 11 * 60_000);
  const outdated: Engine = {
    ...engine,
    entangled: {
      ...engine.entangled!,
      state: async () =>
        create(EntanglementStateSchema, {
          lastVerification: old,
          observedAt: timestampFromMs(nowMs + apart),
        }),
      startVerification: async () => {
        throw new Error('asked for a new one');
      },
    },
  };
  await expect(proveEqual(outdated, entangledRecord(), 'ada')).rejects.toThrow('asked for a new one');
});

/** After a clean verification, repairs as they are told look by look; the last is told for ever. */
function withCases(...looks: readonly (readonly { state: string; reason?: string }[])[]) {
  const clean = create(VerificationSchema, {
    ...verification(JobState.CLEAN, nowMs - 1_000),
    startedAt: timestampFromMs(nowMs - 2_000),
  });
  const { engine } = engineOf(clean, JobState.DIFFERENT);
  let look = 0;
  let passed = 0;
  const repairs = async () =>
    create(ListRepairsResponseSchema, {
      unsettled: (looks[Math.min(look++, looks.length - 1)] ?? []).map((one) => ({
        id: 'tx:1',
        openedAt: timestampFromMs(nowMs),
        ...one,
      })),
    });
  const nowMsOf = () => nowMs + 10_000 * passed++;
  return {
    engine: { ...engine, nowMs: nowMsOf, entangled: { ...engine.entangled!, repairs } },
    looks: () => look,
  };
}

test('rows that differ since, as far as is known, are not sealed; what is only being looked at is waited for', async () => {
  const seal = (engine: Engine) => proveEqual(engine, entangledRecord(), 'ada');
  const stuck = withCases([{ state: 'outstanding', reason: 'value too long' }]);
  await expect(seal(stuck.engine)).rejects.toThrow(
    /^not sealed: rows may differ since they were verified: tx:1 is outstanding \(value too long\); chronos repairs tells/,
  );
  expect(stuck.looks()).toBe(1);
  await expect(seal(withCases([{ state: 'reported' }]).engine)).rejects.toThrow('tx:1 is reported');
  const passing = withCases([{ state: 'open' }], [{ state: 'open' }], []);
  expect((await seal(passing.engine))?.state).toBe(JobState.CLEAN);
  await expect(seal(withCases([{ state: 'open' }]).engine)).rejects.toThrow('tx:1 is open');
});

test('different databases are not sealed, and the refusal says what to do', async () => {
  const { engine } = engineOf(undefined, JobState.DIFFERENT);
  await expect(proveEqual(engine, entangledRecord(), 'ada')).rejects.toThrow(
    'not sealed: the databases differ in 4 rows: account 4 → chronos repairs tells whether',
  );
});

/** A table is rewritten during the first `times` verifications, each of which ends in `end`. */
function rewritten(times: number, end: JobState) {
  let passed = 0;
  const { engine, started } = engineOf(undefined, end, () => nowMs + 10_000 * passed++);
  const before = engine.entangled!;
  const state = async () => {
    const told = await before.state('a');
    const since = started.length <= times ? nowMs + 1 : 0;
    const startedAt = timestampFromMs(nowMs);
    return create(EntanglementStateSchema, {
      ...(told.lastVerification && { lastVerification: { ...told.lastVerification, startedAt } }),
      captures: [{ tablesKeptSince: timestampFromMs(since), tablesLookedAt: timestampFromMs(2 * nowMs) }],
    });
  };
  return { engine: { ...engine, entangled: { ...before, state } }, started };
}

test('a table that is emptied while the databases are verified: the rows that differ are told, a clean one is made again', async () => {
  const emptied = rewritten(1, JobState.DIFFERENT);
  await expect(proveEqual(emptied.engine, entangledRecord(), 'ada')).rejects.toThrow(
    'the databases differ in 4 rows: account 4',
  );
  const once = rewritten(1, JobState.CLEAN);
  expect((await proveEqual(once.engine, entangledRecord(), 'ada'))?.state).toBe(JobState.CLEAN);
  expect(once.started).toEqual(['a', 'a']);
  const always = rewritten(Number.POSITIVE_INFINITY, JobState.CLEAN);
  await expect(proveEqual(always.engine, entangledRecord(), 'ada')).rejects.toThrow(
    /a table of legacy was emptied or rewritten as a whole while the databases were verified → seal again/,
  );
});

test('one that somebody stopped is told as such', async () => {
  const { engine } = engineOf(undefined, JobState.STOPPED);
  await expect(proveEqual(engine, entangledRecord(), 'ada')).rejects.toThrow(
    /stopped before its end \(chronos decisions tells by whom\) → seal again/,
  );
});

test('a verification that takes long is not waited for for ever', async () => {
  let passed = 0;
  const { engine } = engineOf(undefined, JobState.RUNNING, () => nowMs + 30_000 * passed++);
  await expect(proveEqual(engine, entangledRecord(), 'ada')).rejects.toThrow(
    /still being verified \(5 of about 9 rows\) → seal again when/,
  );
});

test('without the entanglement nothing is proven, so nothing is sealed', async () => {
  await expect(proveEqual(memoryEngine().engine, entangledRecord(), 'ada')).rejects.toThrow(
    'ENTANGLEMENT_ADDRESS',
  );
});
