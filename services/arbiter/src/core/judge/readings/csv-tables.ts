import { type Domain, type Reading, reading } from './reading.ts';

const CHARS_MAX = 4000;
/** Between cells of a key; no text of a table has it. */
const CELL = '\u0001';

/** A table as lines of cells (RFC 4180), in whatever dialect; the key is its cells. Days and decimals are told as the dialect has them. */
export const csvTables: Domain = {
  name: 'table-of-cells',
  long: true,
  reads:
    'Lines of cells in one dialect of CSV or another, also in base64: another separator, other line ends, quotes where none are needed, 30.03.2023 and 1.860,50 where a semicolon separates, beside 2023-03-30 and 1860.50.',
  read: ({ text = '' }) => (text.length < 8 ? [] : [...ofText(text), ...ofBase64(text)]),
  // The same signs, of which a cell fell into two.
  near: (legacy, modern) => legacy !== modern && signsOf(legacy) === signsOf(modern),
};

function signsOf(key: string): string {
  return key.split(CELL).join('').replaceAll(/[, ]/g, '');
}

function ofText(text: string, encoded = false): readonly Reading[] {
  if (text.length > CHARS_MAX || !/[,;\t|]/.test(text)) return [];
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const isQuoted = /(?:^|[,;\t|])"/m.test(text);
  // A line alone, or lines without quotes, may be any text with a comma in it.
  const separator = [';', '\t', '|', ','].find((sign) => {
    const counts = new Set(lines.map((line) => cellsOf(line, sign)?.length ?? 0));
    return counts.size === 1 && !counts.has(0) && !counts.has(1);
  });
  const rows = lines.map((line) => cellsOf(line, separator ?? ','));
  if (rows.includes(undefined)) return [];
  const isPlain = !isQuoted && !encoded && (separator ?? ',') === ',';
  const isHead = (cells: readonly string[], i: number) =>
    i === 0 && rows.length > 1 && !/\d/.test(cells.join('')) && /\d/.test(lines[1] ?? '');
  const key = (rows as string[][])
    .map((cells, i) =>
      isHead(cells, i) ? plainHeader(cells) : cells.map((cell) => plainCell(cell, separator === ';')),
    )
    .map((cells) => cells.join(CELL))
    .join('\n');
  const reader = `cells between ${separator === undefined || separator === ',' ? 'commas' : separator}`;
  return reading(reader, key, isQuoted || (encoded && rows.length > 1), isPlain);
}

function ofBase64(text: string): readonly Reading[] {
  if (text.length < 24 || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return [];
  if (text.length > CHARS_MAX) return [];
  try {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return /\n./.test(decoded) && !decoded.includes('\0') && !decoded.includes(CELL)
      ? ofText(decoded, true)
      : [];
  } catch {
    return [];
  }
}

/** Undefined where quotes are not closed, or stand in the middle of a cell. */
function cellsOf(line: string, separator: string): string[] | undefined {
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    const quoted = line[at] === '"' ? /^"((?:[^"]|"")*)"/.exec(line.slice(at)) : undefined;
    if (quoted === null) return undefined;
    const next = line.indexOf(separator, quoted ? at + quoted[0].length : at);
    const end = next < 0 ? line.length : next;
    if (quoted && at + quoted[0].length !== end) return undefined;
    const cell = quoted ? (quoted[1] ?? '').replaceAll('""', '"') : line.slice(at, end);
    cells.push(cell);
    at = end + 1;
  }
  return cells;
}

/** What tables in German call their columns. */
const GERMAN: Readonly<Record<string, string>> = {
  datum: 'date',
  betrag: 'amount',
  menge: 'quantity',
  preis: 'price',
  nummer: 'number',
  ort: 'city',
  waehrung: 'currency',
};

function plainCell(cell: string, isGerman: boolean): string {
  const [, day, month, year] = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(cell) ?? [];
  if (year !== undefined) return `${year}-${month}-${day}`;
  if (isGerman && /^-?\d{1,3}(?:\.?\d{3})*,\d+$/.test(cell))
    return cell.replaceAll('.', '').replace(',', '.');
  return cell;
}

/** A line without figures above others with them names the columns, in letters of either case. */
function plainHeader(cells: readonly string[]): readonly string[] {
  return cells.map((cell) => GERMAN[cell.toLowerCase()] ?? cell.toLowerCase());
}
