import { expect, test } from '@jest/globals';
import type pg from 'pg';
import { ownedAccount } from '../../core/mapping/testing.ts';
import { PAGE_CHARS_MAX, readBounded } from '../verify/page-rows.ts';
import { writeChunk } from './write-chunk.ts';

const mebibyte = 1024 * 1024;

/** Statements that it was given; FETCH answers from a table of rows of so many characters. */
function fakePool(sizes: readonly number[]) {
  const asked: { text: string; values: readonly (string | null)[] }[] = [];
  let at = 0;
  const query = async (text: string, values: readonly (string | null)[] = []) => {
    asked.push({ text, values });
    const count = Number(/^FETCH (\d+)/.exec(text)?.[1] ?? 0);
    const rows = sizes.slice(at, at + count).map((size) => ({ version: '', f0: 'x'.repeat(size) }));
    at += rows.length;
    return { rows, rowCount: rows.length };
  };
  const client = { query, release: () => undefined };
  return { pool: { connect: async () => client } as unknown as pg.Pool, asked };
}

test('a chunk of large rows is written in statements of a few megabytes', async () => {
  const { pool, asked } = fakePool([]);
  const rows = Array.from(
    { length: 20 },
    (_, at) =>
      new Map([
        ['id', String(at)],
        ['owner', 'x'.repeat(mebibyte)],
      ]),
  );
  await writeChunk(
    { pool, universe: 'modern', prefix: 'p', id: '1', onConflict: 'skip' },
    ownedAccount(),
    rows,
  );
  const inserts = asked.filter(({ text }) => text.startsWith('INSERT'));
  expect(inserts.map(({ values }) => values.length / 2)).toEqual([3, 3, 3, 3, 3, 3, 2]);
});

test('a row that is refused is found by halves: the others are written with few transactions', async () => {
  const { pool } = fakePool([]);
  let transactions = 0;
  const refusing = {
    async connect() {
      transactions += 1;
      const client = await pool.connect();
      const query = async (text: string, values: readonly (string | null)[] = []) => {
        if (!text.startsWith('INSERT')) return client.query(text, [...values]);
        if (values.includes('40')) throw Object.assign(new Error('no such parent'), { code: '23503' });
        return { rows: [], rowCount: values.length / 2 };
      };
      return { query, release: () => undefined };
    },
  } as unknown as pg.Pool;
  const rows = Array.from({ length: 64 }, (_, at) => new Map(Object.entries({ id: String(at), owner: 'x' })));
  const target = { pool: refusing, universe: 'modern', prefix: 'p', id: '1', onConflict: 'skip' } as const;
  expect(await writeChunk(target, ownedAccount(), rows)).toEqual({
    written: 63,
    refused: [rows[40]],
    reason: 'no such parent',
  });
  expect(transactions).toBe(13);
});

test('rows that cannot be written at all cost no transactions of their own', async () => {
  const { pool } = fakePool([]);
  let transactions = 0;
  const counting = {
    connect: () => {
      transactions += 1;
      return pool.connect();
    },
  } as unknown as pg.Pool;
  const rows = Array.from(
    { length: 2_000 },
    (_, at) => new Map(Object.entries({ id: String(at), owner: at % 100 === 0 ? '?x' : '7' })),
  );
  const target = { pool: counting, universe: 'modern', prefix: 'p', id: '1', onConflict: 'skip' } as const;
  const { refused } = await writeChunk(target, ownedAccount('int4'), rows);
  expect([transactions, refused.length]).toEqual([2, 20]);
});

test('a page ends where its rows have become large, and is read a few of them at once', async () => {
  const small = fakePool([...Array<number>(500).fill(10)]);
  const all = await readBounded(small.pool, { text: 'SELECT', values: [] });
  expect([all.rows.length, all.isCut]).toEqual([500, false]);

  const large = fakePool([...Array<number>(10).fill(10), ...Array<number>(900).fill(mebibyte / 4)]);
  const page = await readBounded(large.pool, { text: 'SELECT', values: [] });
  expect(page.isCut).toBe(true);
  const fetched = large.asked.flatMap(({ text }) => /^FETCH (\d+)/.exec(text)?.[1] ?? []).map(Number);
  expect(fetched).toEqual([10, 200]);
  const next = fakePool(Array<number>(900).fill(mebibyte));
  const second = await readBounded(next.pool, { text: 'SELECT', values: [] });
  expect(second.rows.length).toBeLessThanOrEqual((2 * PAGE_CHARS_MAX) / mebibyte);
});
