import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import { type TestPostgres, withPostgres } from '@chronos/local/testing.ts';
import { DifferenceKind, Ruling } from '@chronos/proto/events/v1/verdict_pb.js';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { observedIn } from '../../core/judgement/observed.ts';
import { mismatch } from '../../testing/verdicts.ts';
import { Database } from './database.ts';
import { addObservations, observationsKept } from './observation-intake.ts';
import { fieldsOf, fieldsToJudge, markJudged, observationsOf } from './observation-store.ts';
import { migrateSchema } from './schema.ts';

let postgres: TestPostgres;
let db: Database;

beforeAll(async () => {
  postgres = await withPostgres();
  db = new Database(postgres.url);
  await migrateSchema(db);
}, 60_000);
afterAll(async () => {
  await db.close();
  await postgres.dispose();
});

const seen = (n: number, path = 'body.total', rule = '') =>
  mismatch({
    requestId: `r${n}`,
    differences: [
      {
        path,
        pointer: path,
        kind: DifferenceKind.VALUE,
        rule,
        ruling: rule === '' ? Ruling.BUG : Ruling.HARMLESS,
        legacyJson: `${n}.00`,
        hasSecond: true,
        secondJson: `${n}.01`,
      },
    ],
    segments: { tier: 'vip' },
  });
const key = { migration: 'shop', group: 'all', route: '/r', field: 'body.total' };
const add = (numbers: readonly number[]) =>
  db.transaction((tx) =>
    addObservations(tx, observedIn(numbers.map((n) => seen(n))), () => ({ methods: new Map(), codecs })),
  );
const onlyField = async () => {
  const [field] = await fieldsOf(db, key);
  if (field === undefined) throw new Error('the field was not observed');
  return field;
};

test('all are counted, 200 are kept as they stood: early and late ones alike', async () => {
  const all = Array.from({ length: 1_000 }, (_, n) => n);
  for (let from = 0; from < all.length; from += 50) await add(all.slice(from, from + 50));
  const field = await onlyField();
  expect(field.differing).toBe(1_000);
  const kept = await observationsOf(db, field.id);
  expect(kept).toHaveLength(observationsKept);
  const first = kept.find(({ requestId }) => requestId === kept[0]?.requestId);
  expect(first).toMatchObject({ modern: undefined, hasSecond: true, facts: { 'segment.tier': '"vip"' } });
  expect(first?.legacy).toBe(`${first?.requestId.slice(1)}.00`);
  // Each of the 1,000 is kept with chance 1/5: the later half holds about 100 of the 200; 60 is five standard deviations away.
  const late = kept.filter(({ requestId }) => Number(requestId.slice(1)) >= 500).length;
  expect(late).toBeGreaterThan(60);
  expect(late).toBeLessThan(140);
});

test('a field waits for the judge while it has news, and not after', async () => {
  const now = 1_000_000;
  expect(await fieldsToJudge(db, now, 10)).toHaveLength(1);
  await markJudged(db, await onlyField(), now);
  expect(await fieldsToJudge(db, now, 10)).toEqual([]);
  await add([5_000]);
  expect(await fieldsToJudge(db, now + 5_000, 10)).toEqual([]); // one in a thousand tells little …
  expect(await fieldsToJudge(db, now + 10_001, 10)).toHaveLength(1); // … but is looked at in time
});

test('what a field rule accepts goes on being observed; what is proven does not', () => {
  const learned = seen(1, 'body.a', 'learned:noise:r-1');
  const proven = seen(2, 'body.b', 'decimal-equal');
  expect(observedIn([learned, proven]).map((o) => o.key.field)).toEqual(['body.a']);
});

test('in what way an approved correction failed is kept; other differences keep no words', async () => {
  const explanation = 'The approved correction "fee" was not applied: expected 1, modern 3.00, legacy 3.00.';
  const fee = (requestId: string, rule: string, ruling = Ruling.BUG) =>
    mismatch({
      requestId,
      differences: [
        ...[{ path: 'body.fee', pointer: 'body.fee', kind: DifferenceKind.VALUE, rule, ruling, explanation }],
      ].map((difference) => ({ ...difference, legacyJson: '3.00', modernJson: '3.00' })),
    });
  const all = [
    fee('f1', 'approved:fee'),
    fee('f2', 'answered:expect:r-1'),
    fee('f3', 'unproven'),
    fee('f4', 'answered:expect:r-1', Ruling.APPROVED),
  ];
  await db.transaction((tx) => addObservations(tx, observedIn(all), () => ({ methods: new Map(), codecs })));
  const [field] = await fieldsOf(db, { ...key, field: 'body.fee' });
  const kept = await observationsOf(db, field?.id ?? '');
  expect(kept.map(({ requestId, failure }) => [requestId, failure])).toEqual([
    ['f1', explanation],
    ['f2', explanation],
    ['f3', ''],
    ['f4', ''],
  ]);
});
