/** Text of a SQLite file as its bytes say, which need not be what the file's encoding allows: SQLite stores what it is given. */
import type { DatabaseSync } from 'node:sqlite';

const exactUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** Values as `quote()` writes them; an apostrophe's byte is no part of another character. */
const quotedTexts = /'((?:[^']|'')*)'/g;

/** Decodes a row's values that were read as bytes; a text that is none in UTF-8 comes as `T'` and its bytes. */
export type RowDecoder = (row: unknown) => string;

export function rowDecoder(database: DatabaseSync): RowDecoder {
  const encoding = String(database.prepare('PRAGMA encoding').get()?.encoding);
  if (encoding !== 'UTF-8') {
    const decoder = new TextDecoder(encoding, { ignoreBOM: true });
    return (row) => decoder.decode(bytesOf(row));
  }
  return (row) => {
    const bytes = bytesOf(row);
    const text = bytes.toString('utf8');
    return text.includes('\uFFFD') ? bytes.toString('latin1').replace(quotedTexts, exactly) : text;
  };
}

function exactly(quoted: string, inner: string): string {
  try {
    return exactUtf8.decode(Buffer.from(quoted, 'latin1'));
  } catch {
    return `T'${Buffer.from(inner.replaceAll("''", "'"), 'latin1').toString('hex').toUpperCase()}'`;
  }
}

function bytesOf(row: unknown): Buffer {
  if (!ArrayBuffer.isView(row)) throw new TypeError('a row of values is read as bytes');
  return Buffer.from(row.buffer, row.byteOffset, row.byteLength);
}
