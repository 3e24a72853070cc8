import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { Unit } from '@chronos/proto/chronos/v1/conversions_pb.js';
import type { EntitySchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { describe, expect, test } from '@jest/globals';
import { semanticProblems } from './validate.ts';

type EntityInit = Exclude<MessageInitShape<typeof EntitySchema>, { $typeName: string }>;

const database = { source: { case: 'urlEnv' as const, value: 'DB' } };
const id = { name: 'id', legacy: 'nr', modern: 'id' };
const account: EntityInit = {
  name: 'account',
  legacy: { table: 'konto' },
  modern: { table: 'accounts' },
  key: ['id'],
  fields: [id],
};

function problems(entities: EntityInit[], universe: object = { database }): string[] {
  const spec = create(MigrationSchema, {
    name: 'bank',
    listen: '127.0.0.1:8080',
    legacy: { address: '127.0.0.1:9001', ...universe },
    modern: { address: '127.0.0.1:9002', ...universe },
    tcp: [{ name: 'terminals', listen: '127.0.0.1:7000' }],
    ...(entities.length > 0 && { entanglement: { entities } }),
  });
  return semanticProblems(spec).map(({ path, message }) =>
    `${path}: ${message}`.replaceAll('entanglement.entities', 'e'),
  );
}

/** Problems of one more field of the account. */
const field = (init: object) =>
  problems([{ ...account, fields: [id, { name: 'x', legacy: 'x', modern: 'x', ...init }] }]);

describe('entanglement', () => {
  test('a mapping without fault', () => {
    expect(problems([account])).toEqual([]);
    expect(field({ unit: Unit.MINOR_UNITS })).toEqual([]);
    expect(field({ old: { parts: '<code:number> <message>' } })).toEqual([]);
  });

  test('a SQLite file is of use to the builds by itself', () => {
    const sqlite = { source: { case: 'sqlite' as const, value: { file: 'books.db' } } };
    const builds = [{ name: 'v0', command: ['bank'] }];
    expect(problems([], { address: '', builds, database: sqlite })).toEqual([]);
    expect(problems([], { database: sqlite })).toHaveLength(2);
  });

  test('databases are declared, once, and only for it', () => {
    expect(problems([account], {})).toEqual(
      ['legacy', 'modern'].map((side) =>
        expect.stringMatching(`^${side}.database: entanglement needs the database`),
      ),
    );
    expect(problems([], { database })).toEqual(
      ['legacy', 'modern'].map(
        (side) => `${side}.database: is for entanglement, which the migration does not declare`,
      ),
    );
  });

  test.each([
    [
      'codes that cannot be undone',
      { codes: { A: 'active', B: 'active' } },
      'e[0].fields[1].codes: two codes mean "active": which of them would a repair write?',
    ],
    [
      'a factor that cannot be undone',
      { factor: '0.3' },
      'e[0].fields[1].factor: 0.3 cannot be undone exactly: accepted are products of twos, fives and tens, such as 0.001 or 25',
    ],
    [
      'unit and factor',
      { unit: Unit.PERCENT, factor: '0.1' },
      'e[0].fields[1].factor: is said by the unit already: give one of them',
    ],
    [
      'two conversions',
      { codes: { A: 'a' }, old: { hex: true } },
      'e[0].fields[1]: codes, a unit or factor, a date, hex and parts exclude one another: give one',
    ],
    [
      'a notation that is none',
      { date: { legacy: 'YYMMDD', modern: 'YYYY-MM-DD' } },
      'e[0].fields[1].date.legacy: "YYMMDD" is not accepted: YYYY, MM and DD once each, perhaps hh, mm and ss, with separators that are no letters or digits',
    ],
    ['a padding without width', { old: { pad: '0' } }, 'e[0].fields[1].old.pad: pad and width go together'],
    [
      'parts that run together',
      { old: { parts: '<a><b>' } },
      'e[0].fields[1].old.parts: "<a><b>" is not accepted: names in angle brackets, distinct, with something between every two: "<code:number> <message>"',
    ],
    [
      'an unknown lookup',
      { legacy: 'state.code' },
      'e[0].fields[1].legacy: legacy has no lookup "state"; accepted: none is declared',
    ],
    ['a column twice', { modern: 'id' }, 'e[0].fields[1].modern: column "id" is field "id" already'],
  ])('%s', (_, init, expected) => {
    expect(field(init)).toEqual([expected]);
  });

  test('names, keys, parents', () => {
    const entry: EntityInit = {
      ...account,
      name: 'entry',
      key: ['nr'],
      dependsOn: ['account', 'entry', 'owner'],
    };
    expect(problems([account, account, entry])).toEqual([
      'e[1].name: "account" is taken by e[0]',
      'e[2].key[0]: "nr" is no field; accepted: id',
      'e[2].depends_on[1]: "entry" is no other entity; accepted: account, account, entry',
      'e[2].depends_on[2]: "owner" is no other entity; accepted: account, account, entry',
    ]);
    expect(
      problems([
        { ...account, dependsOn: ['entry'] },
        { ...account, name: 'entry', dependsOn: ['account'] },
      ]),
    ).toEqual([
      'e[0].depends_on: "account" depends on itself through entry',
      'e[1].depends_on: "entry" depends on itself through account',
    ]);
  });
});
