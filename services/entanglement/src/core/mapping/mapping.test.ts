import { Unit } from '@chronos/proto/chronos/v1/conversions_pb.js';
import type { VectorField } from '@chronos/proto/events/v1/state_update_pb.js';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { arrayItems, arrayText } from './array-text.ts';
import { compileEntities, inDependencyOrder, MappingError, tablesOf } from './compile.ts';
import { instantOf } from './instants.ts';
import { canonicalJson } from './json-text.ts';
import { canonicalNativeNumber, canonicalNumber, parseFactor, times } from './numbers.ts';
import { entanglement, testCatalog, testTable } from './testing.ts';
import { deleteRow, deleteRows, insertRows, updateRow, updateRows } from './write-statements.ts';

const declared = entanglement([
  {
    name: 'account',
    legacy: {
      table: 'core.konto',
      lookups: [{ name: 'state', table: 'core.states', on: { state_id: 'id' } }],
      where: [{ column: 'kind', values: ['GK', 'SP'] }],
    },
    modern: {
      table: 'accounts',
      fill: [{ column: 'rule', value: 'old', field: 'state', values: ['active'] }],
    },
    key: ['id'],
    dependsOn: ['owner'],
    fields: [
      { name: 'state', legacy: 'state.code', modern: 'state', codes: { A: 'active', S: 'blocked' } },
      { name: 'id', legacy: 'nr', modern: 'id', old: { pad: '0', width: 6 } },
      { name: 'balance', legacy: 'cents', modern: 'balance', unit: Unit.MINOR_UNITS },
      { name: 'iban', legacy: 'iban', modern: 'iban', sensitive: true },
      { name: 'memo', legacy: 'memo', modern: 'memo', ignore: true },
    ],
  },
]);
const catalogs = {
  legacy: new Map([
    [
      'core.konto',
      {
        ...testTable('konto', {
          nr: 'bpchar',
          kind: 'bpchar',
          state_id: 'int4',
          cents: 'int8',
          iban: 'text?',
          memo: 'text?',
        }),
        schema: 'core',
      },
    ],
    ['core.states', { ...testTable('states', { id: 'int4', code: 'bpchar' }), schema: 'core' }],
  ]),
  modern: testCatalog(
    testTable('accounts', {
      id: 'int8',
      state: 'text',
      balance: 'numeric',
      iban: 'text?',
      memo: 'text?',
      rule: 'text?',
    }),
  ),
};
const [account] = compileEntities(declared, catalogs, { mask: (text) => `#${text.length}` });
const row = { nr: '000042', kind: 'GK', state_id: '1', cents: '1250', iban: 'DE1', memo: null };

describe('an entity', () => {
  test('rows of either universe give the same vector, sorted, masked, without what is ignored', () => {
    const legacy = account!.canonical('legacy', row, { state: { id: '1', code: 'A' } });
    const modern = account!.canonical('modern', {
      id: '42',
      state: 'active',
      balance: '12.50',
      iban: 'DE1',
      memo: 'x',
      rule: null,
    });
    expect(modern).toEqual(legacy);
    expect(legacy.fields.map(({ name, value }: VectorField) => [name, value.value])).toEqual([
      ['balance', '12.5'],
      ['iban', '#3'],
      ['id', '42'],
      ['state', 'active'],
    ]);
    expect(account!.key(legacy)).toBe('["42"]');
  });

  test('a column that the row does not say is unknown; a lookup without partner is null', () => {
    const { cents: _, ...without } = row;
    const cases = account!
      .canonical('legacy', without, { state: null })
      .fields.map(({ name, value }) => `${name} ${value.case}`);
    expect(cases).toEqual(['balance unknown', 'iban masked', 'id text', 'state null']);
  });

  test('covers only the declared rows', () => {
    expect(account!.covers('legacy', row)).toBe(true);
    expect(account!.covers('legacy', { ...row, kind: 'HK' })).toBe(false);
    expect(account!.covers('modern', {})).toBe(true);
  });

  test('back to either row; what cannot be written is named', () => {
    const values = account!.values('legacy', row, { state: { id: '1', code: 'A' } });
    expect(account!.row('modern', values)).toEqual({
      id: '42',
      state: 'active',
      balance: '12.5',
      iban: 'DE1',
      memo: null,
    });
    expect(account!.row('legacy', values)).toEqual({ nr: '000042', cents: '1250', iban: 'DE1', memo: null });
    expect(() => account!.row('legacy', new Map([['id', '1234567']]))).toThrow(
      `account.id: legacy's nr cannot hold it: "1234567" is longer than 6 characters`,
    );
    expect(() => account!.row('modern', new Map([['balance', '?x']]))).toThrow(
      `account.balance: legacy's value "?x" could not be read`,
    );
  });

  test('writes through a lookup, and fills what only one side has', () => {
    const values = account!.values('modern', {
      id: '42',
      state: 'active',
      balance: '1',
      iban: null,
      memo: null,
    });
    expect(insertRows(account!, 'legacy', [values])).toEqual({
      text: 'INSERT INTO "core"."konto" ("cents", "iban", "nr", "memo", "state_id") VALUES ($1, $2, $3, $4, (SELECT "id" FROM "core"."states" WHERE "code" IS NOT DISTINCT FROM $5))',
      values: ['100', null, '000042', null, 'A'],
    });
    expect(insertRows(account!, 'modern', [values], 'overwrite').text).toMatch(
      /"rule"\) VALUES .* ON CONFLICT \("id"\) DO UPDATE SET "balance" = excluded."balance".*, "rule" = CASE WHEN "accounts"."state" IS NOT DISTINCT FROM excluded."state" THEN "accounts"."rule" ELSE excluded."rule" END$/,
    );
    expect(updateRow(account!, 'modern', { before: values, values }, ['balance'])).toEqual({
      text: 'UPDATE "public"."accounts" SET "balance" = $1 WHERE "id" = $2',
      values: ['1', '42'],
    });
    // A check may tie the two columns to each other, and what the row held belonged to another thing.
    const blocked = new Map([...values, ['state', 'blocked']]);
    expect(updateRow(account!, 'modern', { before: blocked, values }, ['state'])).toEqual({
      text: 'UPDATE "public"."accounts" SET "state" = $1, "rule" = $2 WHERE "id" = $3',
      values: ['active', 'old', '42'],
    });
    expect(updateRow(account!, 'modern', { before: values, values: blocked }, ['state'])).toEqual({
      text: 'UPDATE "public"."accounts" SET "state" = $1, "rule" = DEFAULT WHERE "id" = $2',
      values: ['blocked', '42'],
    });
    expect(deleteRow(account!, 'legacy', values)).toEqual({
      text: 'DELETE FROM "core"."konto" WHERE "nr" = $1',
      values: ['000042'],
    });
    const row43 = new Map([...values, ['id', '43']]);
    expect(deleteRows(account!, 'legacy', [values, row43])).toEqual({
      text: 'DELETE FROM "core"."konto" WHERE "nr" = ANY($1)',
      values: [['000042', '000043']],
    });
    // Many at once stand in the statements themselves, whatever is in them.
    const odd = new Map([...row43, ['memo', "O'Neill \\ $1; --"]]);
    const none = new Map([...values, ['memo', null]]);
    expect(
      updateRows(account!, 'modern', [
        { before: values, values: odd, fields: ['memo'] },
        { before: values, values: none, fields: ['memo'] },
      ]),
    ).toEqual({
      text: `UPDATE "public"."accounts" SET "memo" =  E'O''Neill \\\\ $1; --' WHERE "id" = '43';\nUPDATE "public"."accounts" SET "memo" = NULL WHERE "id" = '42'`,
      values: [],
    });
  });

  test('every problem of a mapping at once, each with its place', () => {
    const wrong = entanglement([
      {
        name: 'account',
        legacy: { table: 'konto', lookups: [{ name: 'state', table: 'states', on: { state: 'id' } }] },
        modern: { table: 'accounts' },
        key: ['id'],
        fields: [
          { name: 'id', legacy: 'nr', modern: 'id' },
          { name: 'x', legacy: 'x', modern: 'since' },
          { name: 'y', legacy: 'state.code', modern: 'period' },
        ],
      },
      {
        name: 'gone',
        legacy: { table: 'gone' },
        modern: { table: 'accounts' },
        key: ['id'],
        fields: [{ name: 'id', legacy: 'id', modern: 'id' }],
      },
    ]);
    const tables = {
      legacy: testCatalog(testTable('konto', { nr: 'int4?', x: 'text' }, [])),
      modern: testCatalog(testTable('accounts', { id: 'int8', since: 'date', period: 'interval' })),
    };
    let problems: readonly string[] = [];
    try {
      compileEntities(wrong, tables, { mask: String });
    } catch (error) {
      if (error instanceof MappingError) ({ problems } = error);
    }
    expect(problems).toEqual([
      'entity account, legacy, lookup state: there is no table public.states that Chronos may read',
      "entity account, field x: legacy's x (text) gives text, which cannot become date exactly",
      expect.stringMatching(
        /^entity account, field y, modern: column public\.accounts\.period is of type interval, which Chronos cannot compare exactly/,
      ),
      'entity account, key, legacy: column nr may be null, a key may not',
      'entity account, key, legacy: public.konto has no unique index over nr, so that a key could find two rows',
      'entity gone, legacy: there is no table public.gone that Chronos may read',
    ]);
  });

  test('tables with those of lookups; parents before children', () => {
    expect(tablesOf(declared, 'legacy')).toEqual(['core.konto', 'core.states']);
    const child = { name: 'c', dependsOn: ['p'] };
    const parent = { name: 'p', dependsOn: [] };
    expect(inDependencyOrder([child, parent])).toEqual([parent, child]);
  });
});

describe('canonical texts', () => {
  test.each([
    ['-007.50', '-7.5'],
    ['-0.00', '0'],
    ['1e20', '100000000000000000000'],
    ['-1.5e-3', '-0.0015'],
    ['NaN', 'NaN'],
  ])('number %s is %s', (text, canonical) => expect(canonicalNativeNumber(text)).toBe(canonical));

  test('a factor and its inverse undo each other exactly', () => {
    const number = fc.tuple(fc.bigInt(), fc.integer({ min: 0, max: 9 })).map(
      ([units, scale]) =>
        canonicalNumber(
          `${units < 0n ? '-' : ''}${String(units < 0n ? -units : units)
            .padStart(scale + 1, '0')
            .replace(new RegExp(`(?=.{${scale}}$)`), scale === 0 ? '' : '.')}`,
        )!,
    );
    fc.assert(
      fc.property(number, fc.constantFrom('0.01', '-25', '0.0001', '12.5', '1000'), (value, factor) => {
        const { text, inverse } = parseFactor(factor)!;
        expect(times(times(value, text), inverse)).toBe(value);
      }),
    );
    expect([parseFactor('0.3'), parseFactor('0'), parseFactor('x')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test.each([
    [' {"b":1,"aa":[1.50,-0.0,1e3,1E-2],"b":"\\u00e9\\n"} ', '{"b": "é\\n", "aa": [1.50, 0.0, 1000, 0.01]}'],
    ['[]', '[]'],
    ['{"a":1,}', undefined],
    ['"\u0001"', undefined],
    ['1e99999', undefined],
    ['1e-00010000', undefined],
    ['"\\u0000"', undefined],
    ['{"\\ud83d":1}', undefined],
    ['"\\ud83d\\ude00 \\\\u0000"', '"😀 \\\\u0000"'],
  ])('JSON %s', (text, canonical) => expect(canonicalJson(text)).toBe(canonical));

  test('JSON of any depth is no danger, nor are numbers of any length', () => {
    expect(canonicalJson('['.repeat(100_000))).toBeUndefined();
    expect(canonicalJson('9'.repeat(400))).toBe('9'.repeat(400));
    expect(canonicalJson(`${'9'.repeat(200)}e1`)).toBeUndefined();
    expect(canonicalJson('9'.repeat(16_000))).toBeUndefined();
  });

  test('arrays: every list comes back', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.string())), (items) => {
        expect(arrayItems(arrayText(items))).toEqual(items);
      }),
    );
    expect(arrayItems('[2:3]={7,NULL}')).toEqual(['7', null]);
    expect(arrayItems('{{1,2},{3,4}}')).toBeUndefined();
  });

  test.each([
    ['2026-01-02 03:04:05', '2026-01-02T03:04:05.000000Z'],
    ['2026-01-02 03:04:05.12+00', '2026-01-02T03:04:05.120000Z'],
    ['2026-01-01 23:30:00.5-05:30', '2026-01-02T05:00:00.500000Z'],
    ['0044-03-15 10:00:00 BC', '0044-03-15T10:00:00.000000Z BC'],
    ['yesterday', undefined],
  ])('instant %s', (text, canonical) => expect(instantOf(text)).toBe(canonical));
});
