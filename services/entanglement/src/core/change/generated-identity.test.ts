import { describe, expect, test } from '@jest/globals';
import { fullProblems, type GeneratedColumn, generatedProblems } from './generated-identity.ts';
import type { PublicationFacts, TableFacts } from './preflight.ts';

const base: TableFacts = {
  table: { schema: 'public', name: 'konto' },
  exists: true,
  isTable: true,
  kind: 'table',
  behind: [],
  isUnlogged: false,
  heirs: [],
  isOurs: true,
  notOurs: [],
  mayRead: true,
  isFiltered: false,
  hasPrimaryKey: true,
  isPartitioned: false,
  hasOwnPrimaryKey: true,
  triggers: [],
  replicaIdentity: 'default',
  generated: [],
  otherPublications: [],
};
const column = (isVirtual: boolean, isIdentity: boolean): GeneratedColumn => ({
  name: 'twice',
  isVirtual,
  isIdentity,
});
const theirs: PublicationFacts = {
  isOurs: false,
  allTables: false,
  tables: [base.table],
  isWhole: true,
  isViaRoot: true,
  publishesGenerated: false,
  narrowed: [],
};
const codes = (generated: GeneratedColumn, publication?: PublicationFacts, version = 180_004) =>
  generatedProblems(
    { version, publication, tables: [{ ...base, generated: [generated] }] },
    { publication: 'p' },
  ).map(({ code }) => code);

describe('a generated column in the replica identity', () => {
  test('stored: our publication tells it, one of others must', () => {
    expect(codes(column(false, true))).toEqual([]);
    expect(codes(column(false, true), { ...theirs, isOurs: true })).toEqual([]);
    expect(codes(column(false, true), theirs)).toEqual(['publication']);
    expect(codes(column(false, true), { ...theirs, publishesGenerated: true })).toEqual([]);
  });
  test('virtual: the table is refused, whoever publishes it', () => {
    for (const publication of [undefined, { ...theirs, isOurs: true, publishesGenerated: true }])
      expect(codes(column(true, true), publication)).toEqual(['table-unusable']);
  });
  test('beside the identity, or before Postgres 18, nothing is in the way', () => {
    expect(codes(column(true, false), theirs)).toEqual([]);
    expect(codes(column(false, false), theirs)).toEqual([]);
    expect(codes(column(true, true), theirs, 170_006)).toEqual([]);
  });
});

describe('REPLICA IDENTITY FULL', () => {
  const full = (change: Partial<TableFacts>, version = 180_004) =>
    fullProblems({ version }, { ...base, ...change }).map(({ message }) => message);
  const other = { name: 'reports', publishesGenerated: false, isNarrow: false };

  test('is refused with a virtual column, and where a publication of others leaves a stored one out', () => {
    expect(full({ generated: [column(true, false)] })).toEqual([
      'REPLICA IDENTITY FULL would make the updates and deletes of public.konto fail (42P10): Postgres cannot publish its virtual generated columns twice',
    ]);
    const generated = [column(false, false)];
    expect(full({ generated })).toEqual([]);
    expect(full({ generated, otherPublications: [other] })).toEqual([
      expect.stringContaining('publication reports leaves out its generated columns twice'),
    ]);
    expect(full({ generated, otherPublications: [{ ...other, publishesGenerated: true }] })).toEqual([]);
    expect(full({ otherPublications: [other] })).toEqual([]);
  });
  test('is refused where a publication of others has some columns only, in any version', () => {
    expect(full({ otherPublications: [{ ...other, isNarrow: true }] }, 150_000)).toEqual([
      expect.stringContaining('publication reports has only some of its columns'),
    ]);
    expect(full({ generated: [column(true, false)], otherPublications: [other] }, 170_000)).toEqual([]);
  });
  test('that a table has is not asked about', () => {
    expect(full({ replicaIdentity: 'full', generated: [column(true, true)] })).toEqual([]);
  });
});
