import type pg from 'pg';
import type { Statement } from '../../core/verify/statements.ts';
import type { RowAnswer } from './postgres-side.ts';

/** Characters after which a page ends, however few rows it has. */
export const PAGE_CHARS_MAX = 16 * 1024 * 1024;
/** Before anything is known of how large the rows are. */
const FIRST_ROWS = 10;
const ROWS_MAX = 200;

/**
 * Rows of a query until there are no more or they are large: read through a cursor, as many at once as are expected to be {@link PAGE_CHARS_MAX} at most, by
 * the largest that was seen.
 */
export async function readBounded(
  pool: pg.Pool,
  { text, values }: Statement,
  charsMax = PAGE_CHARS_MAX,
): Promise<{ readonly rows: readonly RowAnswer[]; readonly isCut: boolean }> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query('BEGIN READ ONLY');
    await client.query(`DECLARE page NO SCROLL CURSOR FOR ${text}`, [...values]);
    const rows: RowAnswer[] = [];
    let chars = 0;
    let largest = charsMax / FIRST_ROWS;
    let isCut = true;
    while (chars < charsMax || rows.length < 2) {
      const count = Math.min(ROWS_MAX, Math.max(1, Math.floor(charsMax / largest)));
      const found = await client.query<RowAnswer>(`FETCH ${count} FROM page`);
      if (rows.length === 0) largest = 1;
      for (const row of found.rows) {
        const size = sizeOf(Object.values(row));
        largest = Math.max(largest, size);
        chars += size;
        rows.push(row);
      }
      isCut = found.rows.length === count;
      if (!isCut) break;
    }
    await client.query('COMMIT');
    broken = false;
    return { rows, isCut };
  } finally {
    client.release(broken);
  }
}

export function sizeOf(texts: Iterable<string | null | undefined>): number {
  let chars = 0;
  for (const text of texts) chars += text?.length ?? 0;
  return chars;
}
