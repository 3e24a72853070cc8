import { create } from '@bufbuild/protobuf';
import { Universe as Side } from '@chronos/proto/events/v1/exchange_pb.js';
import { ValueType, VectorSchema } from '@chronos/proto/events/v1/state_update_pb.js';
import { EffectsState, Kind, Ruling, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import type { Universe } from '../mapping/catalog.ts';
import { fromJson, toJson } from './case-json.ts';
import { caseOfVerdict } from './case-of-verdict.ts';
import { dueOf } from './due.ts';
import { OpenRows } from './open-rows.ts';
import type { RowPair } from './plan.ts';
import { Reconciler } from './reconciler.ts';
import type { RepairCase } from './repair-case.ts';

type Row = Record<string, string> | undefined;
interface Deed {
  readonly entity: string;
  readonly key: string;
  readonly before: Row;
  readonly after: Row;
}

const booked = (amount: string): Deed => ({
  entity: 'account',
  key: '["12"]',
  before: { balance: '100' },
  after: { balance: String(100 + Number(amount)) },
});
const posting = (amount: string, key = '["k-11"]'): Deed => ({
  entity: 'posting',
  key,
  before: undefined,
  after: { amount, account: '12' },
});

const vector = (row: Row) =>
  row &&
  create(VectorSchema, {
    fields: Object.entries(row).map(([name, value]) => ({
      name,
      type: ValueType.NUMBER,
      value: { case: 'text' as const, value },
    })),
  });

interface Parts {
  readonly answeredBy: Universe;
  /** Where it was done. */
  readonly in: Universe;
  readonly deeds: readonly Deed[];
  readonly revision?: number;
  readonly state?: EffectsState;
  readonly kind?: Kind;
}

function caseOf(requestId: string, { answeredBy, deeds, in: universe, ...parts }: Parts): RepairCase {
  const verdict = create(VerdictSchema, {
    requestId,
    kind: parts.kind ?? Kind.MISMATCH,
    answeredBy: answeredBy === 'modern' ? Side.MODERN : Side.LEGACY,
    revision: parts.revision ?? 0,
    effectsState: parts.state ?? EffectsState.COMPARED,
    effects: deeds.map(({ entity, key, before, after }) => {
      const [from, to] = [vector(before), vector(after)];
      return {
        entity,
        key,
        ruling: Ruling.BUG,
        [universe]: { commitLsn: 5n, ...(from && { before: from }), ...(to && { after: to }) },
      };
    }),
  });
  const found = caseOfVerdict(verdict, undefined, { clientsOnModern: false, nowMs: 1_000 });
  if (found === undefined) throw new Error('no case');
  return found;
}

const reconciler = (...cases: readonly RepairCase[]) => {
  const made = new Reconciler(new OpenRows({ expiresAfterMs: 60_000 }));
  for (const each of cases) made.take(each, 1_000);
  return made;
};
const dues = (of: Reconciler) =>
  of.cases.flatMap(({ case: { rows } }) =>
    [...rows.values()]
      .filter(({ entity }) => entity === 'account')
      .map((row) => {
        const due = dueOf(row);
        return due && Object.fromEntries(due);
      }),
  );
const deeds = (of: Reconciler) => of.cases.map((kept) => kept.case.deed?.type);

/** As the first request was answered by modern, asked again, and that answered by legacy, after a kill; or the other way round. */
const pair = (
  first: Universe = 'modern',
  amount = '1.11',
  again: readonly Deed[] = [booked(amount), posting(amount)],
) => {
  const second = first === 'modern' ? 'legacy' : 'modern';
  return [
    caseOf('r1', { answeredBy: first, in: 'modern', deeds: [booked('1.11'), posting('1.11')] }),
    caseOf('r2', { answeredBy: second, in: 'legacy', deeds: again }),
  ] as const;
};

const account = (legacy: string, modern: string): RowPair => ({
  entity: { name: 'account', fields: [{ name: 'balance', compared: true }] },
  key: '["12"]',
  legacy: { version: '1', values: new Map([['balance', legacy]]) },
  modern: { version: '1', values: new Map([['balance', modern]]) },
});
const postings = (legacy: string, modern: string): RowPair => ({
  entity: { name: 'posting', fields: [{ name: 'amount', compared: true }] },
  key: '["k-11"]',
  legacy: { version: '1', values: new Map([['amount', legacy]]) },
  modern: { version: '1', values: new Map([['amount', modern]]) },
});
const look = (of: Reconciler, pairs: readonly RowPair[]) => {
  const [component] = of.due(2_000);
  if (component === undefined) throw new Error('nothing is due');
  return of.look(component, pairs, { since: 0, both: true, nowMs: 2_000 });
};

describe('the same row was made for one request in modern, for another one in legacy', () => {
  test.each(['modern', 'legacy'] as const)(
    'the first was answered by %s: nothing is due, whoever is judged first',
    (first) => {
      const [a, b] = pair(first);
      for (const order of [
        [a, b],
        [b, a],
      ]) {
        const known = reconciler(...order);
        expect(dues(known)).toEqual([{}, {}]);
        const found = look(known, [account('101.11', '101.11'), postings('1.11', '1.11')]);
        expect(found).toMatchObject({ type: 'equal', plan: { writes: { legacy: [], modern: [] } } });
      }
    },
  );

  test('both cases are named, once, to be stored', () => {
    const known = reconciler(...pair());
    const found = known.recognised();
    expect(found.map(({ id }) => id)).toEqual(['r2', 'r1']);
    expect(found[0]?.deed?.words).toBe(
      'one deed, two requests: legacy did it for r2, modern for r1 (posting ["k-11"]), so that nothing is due for either',
    );
    expect(known.recognised()).toEqual([]);
    expect(fromJson(JSON.parse(JSON.stringify(toJson(found[0] as RepairCase))))).toEqual(found[0]);
  });

  test('one that was stored before the process died is recognised by the next', () => {
    const [a, b] = pair();
    const next = reconciler();
    for (const each of [a, b]) next.restore(fromJson(JSON.parse(JSON.stringify(toJson(each)))), undefined, 1);
    expect(deeds(next)).toEqual(['one', 'one']);
  });

  test('removed instead of made: the same', () => {
    const gone: Deed = { entity: 'hold', key: '["h"]', before: { amount: '1.11' }, after: undefined };
    const known = reconciler(
      caseOf('r1', { answeredBy: 'modern', in: 'modern', deeds: [booked('1.11'), gone] }),
      caseOf('r2', { answeredBy: 'legacy', in: 'legacy', deeds: [booked('1.11'), gone] }),
    );
    expect(dues(known)).toEqual([{}, {}]);
  });

  test('a later verdict changes what is due by the difference only', () => {
    const [a, b] = pair();
    const known = reconciler(a, b);
    const fee = { answeredBy: 'modern', in: 'modern', revision: 1 } as const;
    known.take(caseOf('r1', { ...fee, deeds: [booked('1.36'), posting('1.11')] }), 2_000);
    expect(dues(known)).toEqual([{ balance: '0.25' }, {}]);
    // And once it is known to have been done twice in legacy, by a commit that came late.
    known.take(caseOf('r1', { ...fee, revision: 2, kind: Kind.IDENTICAL, deeds: [] }), 3_000);
    expect(dues(known)).toEqual([{ balance: '-1.11' }, {}]);
  });

  test('where one universe answered both, what one lacks is what the other one has too much', () => {
    const deeds = [booked('1.11'), posting('1.11')];
    const known = reconciler(
      caseOf('r1', { answeredBy: 'modern', in: 'modern', deeds }),
      caseOf('r2', { answeredBy: 'modern', in: 'legacy', deeds }),
    );
    expect(dues(known)).toEqual([{ balance: '1.11' }, { balance: '-1.11' }]);
    expect(look(known, [account('101.11', '101.11'), postings('1.11', '1.11')]).type).toBe('equal');
  });
});

describe('what does not agree is not guessed', () => {
  const differing: readonly (readonly [string, readonly Deed[], string])[] = [
    ['another amount', [booked('1.12'), posting('1.12')], 'posting ["k-11"] was not the same row'],
    ['other numbers', [booked('1.36'), posting('1.11')], 'their numbers of account ["12"] differ'],
    [
      'a part of it',
      [booked('1.11'), posting('1.11'), posting('2', '["k-12"]')],
      'posting ["k-12"] was added for one of them alone',
    ],
  ];
  test.each(differing)('%s: nothing is written, and both are named', (_, again, why) => {
    const known = reconciler(...pair('modern', '', again));
    expect(deeds(known)).toEqual(['unclear', 'unclear']);
    const pairs = [account('102', '101'), postings('1.11', '1.11')];
    const found = look(known, pairs);
    expect(found.type).toBe('conflict');
    expect(found.plan.conflict).toContain(why);
    expect(found.plan.conflict).toContain('legacy did it for r2, modern for r1');
    // Once somebody has made them equal it is over.
    expect(look(known, [account('102', '102'), postings('1.11', '1.11')]).type).toBe('equal');
  });

  test('a database that was not read to its end says nothing yet; read later, it is one deed', () => {
    const [a] = pair();
    const known = reconciler(a);
    const both = [booked('1.11'), posting('1.11')];
    const said = { answeredBy: 'legacy', in: 'legacy', deeds: both } as const;
    known.take(caseOf('r2', { ...said, state: EffectsState.UNKNOWN, kind: Kind.LOST }), 1_500);
    expect([deeds(known), dues(known)]).toEqual([
      ['unclear', 'unclear'],
      [undefined, undefined],
    ]);
    known.take(caseOf('r2', { ...said, revision: 1 }), 2_000);
    expect([deeds(known), dues(known)]).toEqual([
      ['one', 'one'],
      [{}, {}],
    ]);
  });
});

test('two bookings with keys of their own are two: a retry that was booked twice, and copies lost both ways', () => {
  const known = reconciler(
    caseOf('r1', { answeredBy: 'modern', in: 'modern', deeds: [booked('1.11'), posting('1.11', '["k-1"]')] }),
    caseOf('r2', { answeredBy: 'legacy', in: 'legacy', deeds: [booked('1.11'), posting('1.11', '["k-2"]')] }),
  );
  expect(deeds(known)).toEqual([undefined, undefined]);
  expect(dues(known)).toEqual([{ balance: '1.11' }, { balance: '1.11' }]);
});
