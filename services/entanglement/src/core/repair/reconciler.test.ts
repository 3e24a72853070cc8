import { create } from '@bufbuild/protobuf';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { ValueType, type Vector, VectorSchema } from '@chronos/proto/events/v1/state_update_pb.js';
import {
  EffectsState,
  Kind,
  Ruling,
  type Verdict,
  VerdictSchema,
} from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { fromJson, toJson } from './case-json.ts';
import { caseOfVerdict } from './case-of-verdict.ts';
import { dueOf } from './due.ts';
import { OpenRows } from './open-rows.ts';
import { Reconciler } from './reconciler.ts';
import type { RepairCase } from './repair-case.ts';
import { TIMINGS } from './timings.ts';

const row = (balance: string): Vector =>
  create(VectorSchema, {
    fields: [{ name: 'balance', type: ValueType.NUMBER, value: { case: 'text', value: balance } }],
  });

/** Modern answered: its balance went up by 10, legacy's by what is said. */
function verdict(legacyAfter: string, parts: Partial<Pick<Verdict, 'revision' | 'kind'>> = {}): Verdict {
  return create(VerdictSchema, {
    requestId: 'r1',
    kind: Kind.MISMATCH,
    answeredBy: Universe.MODERN,
    ...parts,
    effects: [
      {
        entity: 'account',
        key: '["a"]',
        legacy: { before: row('100'), after: row(legacyAfter), commitLsn: 7n },
        modern: { before: row('100'), after: row('110'), commitLsn: 9n },
        ruling: legacyAfter === '110' ? Ruling.UNSPECIFIED : Ruling.BUG,
      },
    ],
  });
}

function said(of: Verdict, clientsOnModern: boolean): RepairCase {
  const found = caseOfVerdict(of, undefined, { clientsOnModern, nowMs: 1_000 });
  if (found === undefined) throw new Error('no case');
  return found;
}

const reconciler = () => new Reconciler(new OpenRows({ expiresAfterMs: 60_000 }));
const due = (each: RepairCase) =>
  [...each.rows.values()].map((state) => Object.fromEntries(dueOf(state) ?? []));

describe('a wrong answer that a client got from modern', () => {
  test('is repaired in legacy only once traffic has gone back, or did not in time', () => {
    const waiting = reconciler();
    waiting.take(said(verdict('112'), true), 1_000);
    expect(waiting.due(1_500)).toEqual([]);
    expect(waiting.awaitingRevert(1_500)).toHaveLength(1);
    waiting.reverted('r1');
    expect(waiting.due(1_500)).toHaveLength(1);

    const late = reconciler();
    late.take(said(verdict('112'), true), 1_000);
    expect(late.due(1_000 + TIMINGS.revertWithinMs)).toHaveLength(1);
  });

  test('says what legacy has too much', () => {
    expect(due(said(verdict('112'), true))).toEqual([{ balance: '-2' }]);
  });
});

describe('a later verdict of the same request', () => {
  test('changes what is due only by the difference to what was made up for', () => {
    const known = reconciler();
    const first = known.take(said(verdict('112'), false), 1_000);
    if (first === undefined) throw new Error('not taken');
    const applied = new Map(
      [...first.rows].map(([id, state]) => [id, { ...state, applied: new Map([['balance', '-2']]) }]),
    );
    known.wrote([{ ...first, rows: applied }]);
    const second = known.take(said(verdict('115', { revision: 1 }), false), 2_000);
    expect(second && due(second)).toEqual([{ balance: '-3' }]);
    expect(known.take(said(verdict('130', { revision: 1 }), false), 2_000)).toBeUndefined();
  });

  test('that takes the first one back takes back what was made up for', () => {
    const known = reconciler();
    const first = known.take(said(verdict('112'), false), 1_000);
    if (first === undefined) throw new Error('not taken');
    const applied = new Map(
      [...first.rows].map(([id, state]) => [id, { ...state, applied: new Map([['balance', '-2']]) }]),
    );
    known.wrote([{ ...first, rows: applied }]);
    const second = known.take(said(verdict('110', { revision: 1, kind: Kind.IDENTICAL }), false), 2_000);
    expect(second && due(second)).toEqual([{ balance: '2' }]);
  });
});

describe('a request of which a database was not read to its end', () => {
  /** Legacy's stream stood still: of its change to the row nothing is known. */
  const partly = (revision = 0): Verdict => {
    const of = verdict('110', { revision, kind: Kind.LOST });
    of.effectsState = EffectsState.UNKNOWN;
    for (const effect of of.effects) effect.legacy = undefined;
    return of;
  };
  const row = (of: RepairCase | undefined) => {
    const [state] = of?.rows.values() ?? [];
    if (state === undefined) throw new Error('no row');
    return state;
  };

  test('says no numbers: what was read of one side is not what the other lacks', () => {
    expect(row(said(partly(), false))).toMatchObject({ deed: 'kept', desired: undefined });
    expect(dueOf(row(said(partly(), false)))).toBeUndefined();
    const mismatch = partly();
    mismatch.kind = Kind.MISMATCH;
    expect(dueOf(row(said(mismatch, true)))).toBeUndefined();
  });

  test('read later, its numbers are due unless its rows were made equal meanwhile', () => {
    const read = said(verdict('112', { revision: 1 }), false);
    const untouched = reconciler();
    untouched.take(said(partly(), false), 1_000);
    expect(dueOf(row(untouched.take(read, 2_000)))).toEqual(new Map([['balance', '-2']]));

    const copied = reconciler();
    const first = copied.take(said(partly(), false), 1_000);
    if (first === undefined) throw new Error('not taken');
    const rows = new Map([...first.rows].map(([id, state]) => [id, { ...state, proven: true }]));
    copied.restore({ ...first, rows }, undefined, 1_500);
    expect(dueOf(row(copied.take(read, 2_000)))).toBeUndefined();
    expect(dueOf(row(copied.take({ ...read, revision: 2 }, 3_000)))).toBeUndefined();
  });
});

test('what is equal or harmless opens no case', () => {
  const context = { clientsOnModern: false, nowMs: 1 };
  expect(caseOfVerdict(verdict('110'), undefined, context)).toBeUndefined();
  expect(caseOfVerdict(verdict('112', { kind: Kind.IDENTICAL }), undefined, context)).toBeUndefined();
});

test('a case is the same after it was stored', () => {
  const each = said(verdict('112'), true);
  expect(fromJson(JSON.parse(JSON.stringify(toJson(each))))).toEqual(each);
});
