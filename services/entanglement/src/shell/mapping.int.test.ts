import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { sharedToolchain, type TestPostgres, temporaryDir, withPostgres } from '@chronos/local/testing.ts';
import { Unit } from '@chronos/proto/chronos/v1/conversions_pb.js';
import { EntanglementSchema, type EntityFieldSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { ValueType } from '@chronos/proto/events/v1/state_update_pb.js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { compileEntities } from '../core/mapping/compile.ts';
import type { CompiledEntity, Row } from '../core/mapping/entity.ts';
import { CANONICAL_SESSION, readCatalog } from './catalog.ts';
import { catalogOf } from './catalog-of.ts';
import { entityPool, PostgresSide } from './verify/postgres-side.ts';
import { SqliteSide } from './verify/sqlite-side.ts';

let postgres: TestPostgres;
let client: pg.Client;
let plain: pg.Client;

beforeAll(async () => {
  await sharedToolchain();
  postgres = await withPostgres();
  client = new pg.Client({
    connectionString: postgres.url,
    options: CANONICAL_SESSION,
    // As the replication stream has it: Postgres' own text.
    types: { getTypeParser: () => (value: string) => value },
  });
  await client.connect();
  plain = new pg.Client({ connectionString: postgres.url });
  await plain.connect();
  await client.query(`CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s "fine", really')`);
  await client.query('CREATE DOMAIN amount AS numeric(20,4)');
}, 60_000);

afterAll(async () => {
  await client.end();
  await plain.end();
  await postgres.dispose();
});

type Field = MessageInitShape<typeof EntityFieldSchema>;

/** Two tables `l` and `m` with a key `id` and one column `v` each, mapped by the field. */
async function scene(legacyType: string, modernType: string, field: Field): Promise<CompiledEntity> {
  await client.query('DROP TABLE IF EXISTS l, m');
  await client.query(`CREATE TABLE l (id integer PRIMARY KEY, v ${legacyType})`);
  await client.query(`CREATE TABLE m (id integer PRIMARY KEY, v ${modernType})`);
  const entanglement = create(EntanglementSchema, {
    entities: [
      {
        name: 'thing',
        legacy: { table: 'l' },
        modern: { table: 'm' },
        key: ['id'],
        fields: [
          { name: 'id', legacy: 'id', modern: 'id' },
          { name: 'v', legacy: 'v', modern: 'v', ...field },
        ],
      },
    ],
  });
  const catalog = await readCatalog(plain, ['public.l', 'public.m']);
  const [entity] = compileEntities(
    entanglement,
    { legacy: catalog, modern: catalog },
    { mask: (text) => text },
  );
  return entity!;
}

/**
 * Stores the values in legacy's table and proves of each: SQL makes the text that the process makes; written into modern's table it reads as the
 * same; and so again in legacy's.
 */
async function prove(entity: CompiledEntity, values: readonly (string | null)[]): Promise<(string | null)[]> {
  await client.query('TRUNCATE l, m');
  await insert(
    'l',
    values.map((v, id) => ({ id: String(id), v })),
  );
  const { canonical, byProcess, rows } = await read(entity, 'legacy');
  expect(byProcess).toEqual(canonical);
  const readable = rows
    .map((row) => entity.values('legacy', row))
    .filter((all) => !all.get('v')?.startsWith('?'));
  await insert(
    'm',
    readable.map((all) => entity.row('modern', all)),
  );
  const modern = await read(entity, 'modern');
  expect(modern.byProcess).toEqual(modern.canonical);
  expect(modern.canonical).toEqual(canonical.filter((text) => !text?.startsWith('?')));
  await client.query('TRUNCATE l');
  await insert(
    'l',
    modern.rows.map((row) => entity.row('legacy', entity.values('modern', row))),
  );
  expect((await read(entity, 'legacy')).canonical).toEqual(modern.canonical);
  return canonical;
}

async function insert(table: 'l' | 'm', rows: readonly Row[]): Promise<void> {
  for (const { id, v } of rows) await client.query(`INSERT INTO ${table} VALUES ($1, $2)`, [id, v]);
}

async function read(entity: CompiledEntity, universe: 'legacy' | 'modern') {
  const { from } = entity.side(universe);
  const { rows } = await client.query<{ id: string; v: string | null; canonical: string | null }>(
    `SELECT t.*, ${entity.field('v')?.[universe].sql} AS canonical FROM ${from} ORDER BY t.id`,
  );
  return {
    rows: rows.map(({ id, v }): Row => ({ id, v })),
    canonical: rows.map(({ canonical }) => canonical),
    byProcess: rows.map(({ id, v }) => entity.values(universe, { id, v }).get('v')),
  };
}

const digits = (min: number, max: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength: min, maxLength: max }).map((all) => all.join(''));
/** Postgres holds no zero byte in text. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll('\u0000', '')),
  fc.constantFrom("?x'00'", "??x'4dfc'", '?'),
);
const decimalText = fc
  .tuple(fc.constantFrom('', '-'), digits(1, 14), digits(0, 4))
  .map(([sign, whole, fraction]) => `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`);
const instantText = fc
  .date({ min: new Date('0100-01-01'), max: new Date('9999-01-01'), noInvalidDate: true })
  .chain((date) => digits(3, 3).map((micros) => date.toISOString().replace('Z', `${micros}Z`)));
const dateText = instantText.map((text) => text.slice(0, 10));

/** What `json` keeps and `jsonb` refuses. */
const UNHELD_JSON = [
  '"a\\u0000"',
  '{"\\uD83D":1}',
  '["\\ud83d\\\\\\ude00"]',
  '"\\ude00\\ud83d"',
  '[1e400000]',
  '{"x": -1.5E-0040000}',
  `[${'7'.repeat(210)}.5e9999]`,
  `0.${'1'.repeat(20_000)}`,
];
/** What looks like it. */
const HELD_JSON = [
  '"\\\\u0000 \\\\ud83d \\ud83d\\ude00 1e400000"',
  '[1e9999, 0.5e-9999]',
  `{"\\"1e99999": "${'1'.repeat(20_000)}"}`,
  `[${'7'.repeat(300)}]`,
];

/** Types that Chronos compares, with values for them beside null. */
const TYPES: readonly (readonly [string, fc.Arbitrary<string>])[] = [
  ['smallint', fc.integer({ min: -32_768, max: 32_767 }).map(String)],
  ['bigint', fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)],
  ['numeric', fc.oneof(decimalText, fc.constantFrom('NaN', 'Infinity', '1e30', '-0.000'))],
  ['amount', decimalText],
  [
    'double precision',
    fc.oneof(fc.double().map(String), fc.constantFrom('NaN', '-Infinity', '-0', '5e-324', '1.7e308')),
  ],
  ['real', fc.float().map(String)],
  ['text', anyText],
  ['varchar(40)', anyText],
  ['char(24)', fc.oneof(anyText, fc.constantFrom('', ' x', 'x ', '\t '))],
  ['boolean', fc.constantFrom('t', 'f')],
  ['date', fc.oneof(dateText, fc.constantFrom('infinity', '-infinity', '0044-03-15 BC', '12000-01-01'))],
  [
    'timestamp',
    fc.oneof(instantText, fc.constantFrom('infinity', '0044-03-15 10:00:00 BC', '12000-01-01 00:00:00')),
  ],
  ['timestamptz', fc.oneof(instantText, fc.constantFrom('-infinity', '2026-03-29 02:30:00+05:30'))],
  ['uuid', fc.uuid()],
  ['bytea', fc.uint8Array({ maxLength: 20 }).map((bytes) => `\\x${Buffer.from(bytes).toString('hex')}`)],
  [
    'json',
    fc.oneof(
      fc.json().filter((text) => !text.includes('\\u0000')),
      fc.constantFrom(' {"b":1,"aa":[1.50,-0.0,1e3,1E-2],"b":2} ', ...HELD_JSON),
    ),
  ],
  ['jsonb', fc.json().filter((text) => !text.includes('\\u0000'))],
  ['mood', fc.constantFrom('sad', 'ok', `it's "fine", really`)],
];

const literalItem = (text: string | null): string =>
  text === null ? 'NULL' : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

describe('canonical text in SQL is that of the process, and comes back through a write', () => {
  test.each(TYPES)('%s', async (type, values) => {
    const entity = await scene(type, type, {});
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(values), { minLength: 1, maxLength: 40 }), async (some) => {
        await prove(entity, some);
      }),
      { numRuns: 4 },
    );
  });

  // An array of a domain is refused.
  test.each(TYPES.filter(([type]) => type !== 'amount'))('%s[]', async (type, values) => {
    const entity = await scene(`${type}[]`, `${type}[]`, {});
    const list = fc
      .array(fc.option(values), { maxLength: 5 })
      .map((items) => `{${items.map(literalItem).join(',')}}`);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(list), { minLength: 1, maxLength: 20 }), async (some) => {
        await prove(entity, some);
      }),
      { numRuns: 3 },
    );
  });
});

test('JSON that jsonb does not hold is told row by row, ends no reading and is never written', async () => {
  const entity = await scene('json', 'jsonb', {});
  const canonical = await prove(entity, [...UNHELD_JSON, ...HELD_JSON]);
  expect(canonical.slice(0, UNHELD_JSON.length)).toEqual(UNHELD_JSON.map((text) => `?${text}`));
  expect(canonical.slice(UNHELD_JSON.length).filter((text) => text?.startsWith('?'))).toEqual([]);
  const lists = await scene('json[]', 'jsonb[]', {});
  await insert(
    'l',
    UNHELD_JSON.map((text, id) => ({ id: String(id), v: `{${literalItem(text)},1}` })),
  );
  const inLists = await read(lists, 'legacy');
  expect(inLists.byProcess).toEqual(inLists.canonical);
  for (const row of inLists.rows)
    expect(() => lists.row('modern', lists.values('legacy', row))).toThrow('an item could not be read');
});

describe('conversions', () => {
  const { NUMBER } = ValueType;
  test.each<[string, string, string, Field, (string | null)[], (string | null)[]]>([
    [
      'cents',
      'numeric(15)',
      'numeric(18,2)',
      { unit: Unit.MINOR_UNITS },
      ['123450', '-1', '0', null],
      ['1234.5', '-0.01', '0', null],
    ],
    [
      'integer cents',
      'bigint',
      'numeric(18,2)',
      { unit: Unit.MINOR_UNITS },
      ['123450', '-1'],
      ['1234.5', '-0.01'],
    ],
    ['a factor', 'numeric', 'numeric', { factor: '-0.125' }, ['8', '-1'], ['-1', '0.125']],
    [
      'packed text amounts',
      'char(13)',
      'numeric(18,2)',
      { unit: Unit.MINOR_UNITS, old: { pad: '0', width: 12, trailingSign: true } },
      ['000000123450', '00000000001-', '+', 'x'],
      ['1234.5', '-0.01', '?', '?x'],
    ],
    [
      'decimal comma',
      'text',
      'numeric(18,2)',
      { old: { decimalMark: ',' } },
      ['12,50', '-3', '1,2,3'],
      ['12.5', '-3', '?1.2.3'],
    ],
    [
      'padded ids',
      'char(8)',
      'text',
      { old: { pad: '0', width: 8 } },
      ['00000042', '00000000', '12345678'],
      ['42', '0', '12345678'],
    ],
    [
      'padded ids of a number',
      'char(8)',
      'integer',
      { old: { pad: '0', width: 8 } },
      ['00000042', '00000000'],
      ['42', '0'],
    ],
    [
      'codes',
      'char(2)',
      'text',
      { codes: { A: 'active', S: 'blocked' } },
      ['A', 'S', 'X', null],
      ['active', 'blocked', '?X', null],
    ],
    [
      'Y and N',
      'char(1)',
      'boolean',
      { codes: { Y: 'true', N: 'false' } },
      ['Y', 'N', '?'],
      ['true', 'false', '???'],
    ],
    ['0 and 1', 'smallint', 'boolean', {}, ['1', '0', '2'], ['true', 'false', '?2']],
    [
      'YYYYMMDD as integer',
      'integer',
      'date',
      { date: { legacy: 'YYYYMMDD', modern: 'YYYY-MM-DD' }, old: { absent: '0' } },
      ['20260105', '0', '20261301', '202601050'],
      ['2026-01-05', null, '?20261301', '?202601050'],
    ],
    [
      'YYYYMMDDhhmm as bigint',
      'bigint',
      'timestamptz',
      { date: { legacy: 'YYYYMMDDhhmm', modern: 'YYYY-MM-DDThh:mm:ss' } },
      ['202601051345', '202601052400', '-202601051345'],
      ['2026-01-05T13:45:00.000000Z', '?202601052400', '?-202601051345'],
    ],
    [
      'DDMMYYYY as integer',
      'integer',
      'date',
      { date: { legacy: 'DDMMYYYY', modern: 'YYYY-MM-DD' } },
      ['5012026'],
      ['2026-01-05'],
    ],
    [
      'text to timestamp',
      'text',
      'timestamptz',
      { date: { legacy: 'DD.MM.YYYY hh:mm', modern: 'YYYY-MM-DDThh:mm:ss' } },
      ['05.01.2026 13:45', 'soon'],
      ['2026-01-05T13:45:00.000000Z', '?soon'],
    ],
    [
      'date in two notations',
      'char(8)',
      'text',
      { date: { legacy: 'YYYYMMDD', modern: 'DD/MM/YYYY' } },
      ['20260105'],
      ['2026-01-05'],
    ],
    [
      'timestamp at midnight',
      'timestamp',
      'date',
      {},
      ['2026-01-05', '2026-01-05 00:00:01'],
      ['2026-01-05', '2026-01-05T00:00:01.000000Z'],
    ],
    ['default', 'char(3)', 'text', { default: 'EUR' }, ['', null, 'USD'], ['EUR', 'EUR', 'USD']],
    [
      'hexadecimal',
      'text',
      'bytea',
      { old: { hex: true } },
      ['00FFa0', '', 'xyz', null],
      ['00ffa0', '', '?xyz', null],
    ],
    [
      'parts',
      'text',
      'jsonb',
      { old: { parts: '<code:number> <message>' } },
      ['9 too little money', '9 ', 'no code', '7 a\nb "c"'],
      [
        '{"code": 9, "message": "too little money"}',
        '{"code": 9, "message": ""}',
        '?no code',
        '{"code": 7, "message": "a\\nb \\"c\\""}',
      ],
    ],
    [
      'numbers as text on both sides',
      'text',
      'text',
      { type: NUMBER },
      ['012.50', '7', 'NaN'],
      ['12.5', '7', 'NaN'],
    ],
  ])('%s', async (_, legacyType, modernType, field, values, expected) => {
    const entity = await scene(legacyType, modernType, field);
    // A timestamp that is no date cannot be written as one: it is only read.
    if (_ === 'timestamp at midnight') {
      await insert(
        'l',
        values.map((v, id) => ({ id: String(id), v })),
      );
      expect((await read(entity, 'legacy')).byProcess).toEqual(expected);
      expect((await read(entity, 'legacy')).canonical).toEqual(expected);
      return;
    }
    expect(await prove(entity, values)).toEqual(expected);
  });
});

test('columns of other types are refused by name', async () => {
  await expect(scene('interval', 'interval', {})).rejects.toThrow(
    /field v, legacy: column public\.l\.v is of type interval, which Chronos cannot compare exactly/,
  );
});

test('beside a file of SQLite’s: a text that looks like bytes that are none is equal to itself, and to no bytes', async () => {
  const dir = await temporaryDir('no-text');
  const file = join(dir.path, 'books.db');
  const bank = new DatabaseSync(file);
  const texts = ["?x'4747'", "??x'4747'", '?what', "x'4747'"];
  bank.exec(`CREATE TABLE l (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO l VALUES (0, x'4747')`);
  for (const [id, text] of texts.entries()) bank.prepare('INSERT INTO l VALUES (?, ?)').run(id + 1, text);
  bank.close();
  await client.query('DROP TABLE IF EXISTS l, m');
  await client.query('CREATE TABLE m (id integer PRIMARY KEY, v text)');
  await insert(
    'm',
    ["?x'4747'", ...texts].map((v, id) => ({ id: String(id), v })),
  );
  const fields = ['id', 'v'].map((name) => ({ name, legacy: name, modern: name }));
  const sides = { legacy: { table: 'l' }, modern: { table: 'm' } };
  const catalogs = {
    legacy: await catalogOf(`sqlite:${file}`, ['public.l']),
    modern: await readCatalog(plain, ['public.m']),
  };
  const [thing] = compileEntities(
    create(EntanglementSchema, { entities: [{ name: 'thing', ...sides, key: ['id'], fields }] }),
    catalogs,
    { mask: (text) => text },
  );
  if (thing === undefined) throw new Error('not compiled');
  const pool = entityPool(postgres.url);
  try {
    const all = { from: undefined, to: undefined };
    const legacy = new SqliteSide(file, 'legacy');
    const modern = new PostgresSide(pool, 'modern');
    const [inFile, inPostgres] = await Promise.all([legacy.hashes(thing, all), modern.hashes(thing, all)]);
    const differing = [...inFile].filter(([key, hash]) => inPostgres.get(key) !== hash);
    expect(differing.map(([key]) => key)).toEqual(['["0"]']);
    // What is copied or repaired is what was there.
    const { rows } = await legacy.page(thing, all, 9);
    const written = rows.slice(1).map(({ values }) => thing.row('modern', values).v);
    expect(written).toEqual(texts);
    expect(() => thing.row('modern', rows[0]?.values ?? new Map())).toThrow('could not be read');
    const back = await modern.page(thing, all, 9);
    expect(back.rows.slice(1).map(({ values }) => thing.row('legacy', values).v)).toEqual(texts);
    expect((await read(thing, 'modern')).byProcess).toEqual((await read(thing, 'modern')).canonical);
  } finally {
    await pool.end();
    await dir.dispose();
  }
});
