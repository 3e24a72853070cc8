import { toBinary } from '@bufbuild/protobuf';
import { type TestPostgres, withPostgres } from '@chronos/local/testing.ts';
import {
  DifferenceKind,
  Kind,
  Ruling,
  type Verdict,
  VerdictSchema,
} from '@chronos/proto/events/v1/verdict_pb.js';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mismatch } from '../../testing/verdicts.ts';
import { Database } from './database.ts';
import { addMismatches, groupMismatches, listMismatchGroups } from './mismatch-store.ts';
import { replaceVerdicts, takeBackMismatches } from './revised-verdicts.ts';
import { migrateSchema } from './schema.ts';
import { getVerdict, insertVerdicts } from './verdict-store.ts';

let postgres: TestPostgres;
let db: Database;

beforeAll(async () => {
  postgres = await withPostgres();
  db = new Database(postgres.url);
  await migrateSchema(db);
}, 60_000);
afterAll(async () => {
  await db?.close();
  await postgres?.dispose();
});

const path = 'state.account.balance';
const wrong = (requestId: string, revision = 0): Verdict =>
  mismatch({
    requestId,
    revision,
    differences: [
      { path, pointer: path, kind: DifferenceKind.VALUE, ruling: Ruling.BUG, rule: 'number-changed' },
    ],
  });
const encoded = (verdict: Verdict) => ({ verdict, bytes: toBinary(VerdictSchema, verdict) });
const counts = async () =>
  (await listMismatchGroups(db, wrong('').migration, 10)).map(({ field, count }) => `${field} ${count}`);

test('a revision takes the place of an earlier one, once, and of nothing that is not there', async () => {
  const first = { ...wrong('r1'), kind: Kind.IDENTICAL, differences: [] };
  await db.transaction((tx) => insertVerdicts(tx, [encoded(first)]));
  const second = encoded(wrong('r1', 1));
  const replace = (verdicts: Parameters<typeof replaceVerdicts>[1]) =>
    db.transaction((tx) => replaceVerdicts(tx, verdicts));
  expect(await replace([second, encoded(wrong('never', 1))])).toMatchObject([
    { before: { kind: Kind.IDENTICAL }, after: { kind: Kind.MISMATCH, revision: 1 } },
  ]);
  expect(await replace([second, encoded({ ...first, revision: 1 })])).toEqual([]);
  expect(await getVerdict(db, 'r1')).toMatchObject({ kind: Kind.MISMATCH, revision: 1 });
});

test('mismatches that are none any more leave their groups; an empty group goes', async () => {
  const groups = groupMismatches([wrong('a'), wrong('b')], () => 1);
  await db.transaction((tx) => addMismatches(tx, groups));
  expect(await counts()).toEqual([`${path} 2`]);
  const takeBack = (id: string) =>
    db.transaction((tx) =>
      takeBackMismatches(
        tx,
        groupMismatches([wrong(id)], () => 1),
      ),
    );
  await takeBack('a');
  expect(await counts()).toEqual([`${path} 1`]);
  await takeBack('b');
  expect(await counts()).toEqual([]);
});
