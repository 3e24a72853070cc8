import { DECLARED, type Masker, type Reason } from './masker.ts';
import { secretName } from './secret-names.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** A row's cells as they are spelt, and how the row ended: a line end, or nothing; open: the last cell's quote was never closed. */
interface Row {
  readonly isOpen: boolean;
  readonly cells: readonly string[];
  readonly lineEnd: string;
}

/**
 * A table (RFC 4180; also with `;`, tabs or `|`) of which a column's name, in the first row, says that it holds secrets: those cells masked whole, in
 * the others what gives itself away. `undefined`: no column is called so, or nothing is recognised.
 */
export function maskCsv(text: string, masker: Masker, place: string): string | undefined {
  if (!masker.recognise) return undefined;
  const head = text.slice(0, headEnd(text));
  const header = text.slice(head.length).split(/\r?\n/, 1)[0] ?? '';
  const delimiter = delimiterOf(header);
  const labels = header.split(delimiter).map((name) => secretName(unquoted(name.trim())));
  if (labels.every((label) => label === undefined)) return undefined;
  let masked = masker.within(head, place) ?? head;
  let isHeader = true;
  for (const { cells, lineEnd, isOpen } of rowsOf(text.slice(head.length), delimiter)) {
    // Which columns an open cell has swallowed nobody knows.
    const labelAt = (at: number) => (isOpen && at === cells.length - 1 ? DECLARED : labels[at]);
    const written = isHeader ? cells : cells.map((cell, at) => maskCell(cell, labelAt(at), masker, place));
    masked += written.join(delimiter) + lineEnd;
    isHeader = false;
  }
  return masked;
}

/** A name of a column: some words, no sentence. */
const COLUMN = /^"?[\p{L}_][\p{L}\p{N}_.-]{0,40}(?: [\p{L}\p{N}_.-]{1,40}){0,3}"?$/u;
const HEADER_CHARS_MAX = 4_096;

/** Whether a text that does not say so is a table with a column of secrets: names in its first line, as many cells in its second. */
export function looksLikeTable(text: string): boolean {
  const from = headEnd(text);
  const lineEnd = text.indexOf('\n', from);
  if (lineEnd < 0 || lineEnd - from > HEADER_CHARS_MAX) return false;
  const header = text.slice(from, lineEnd).replace(/\r$/, '');
  const delimiter = delimiterOf(header);
  const names = cellsOf(header, delimiter);
  if (names.length < 2 || !names.every((name) => COLUMN.test(name))) return false;
  const second = text.slice(lineEnd + 1, lineEnd + 1 + HEADER_CHARS_MAX).split('\n', 1)[0] ?? '';
  if (cellsOf(second, delimiter).length < names.length) return false;
  return names.some((name) => secretName(unquoted(name)) !== undefined);
}

/** Cells of a table as people draw it are padded, and its lines begin and end with a bar: `| user | pin |`. */
function cellsOf(line: string, delimiter: string): string[] {
  const isDrawn = delimiter === '|' && line.startsWith('|');
  return isDrawn
    ? line
        .replace(/^\||\|\s*$/g, '')
        .split('|')
        .map((cell) => cell.trim())
    : line.split(delimiter);
}

const HEAD = /\u{feff}?(?:(?:sep=.|#[^\n]{0,1000})\r?\n){0,20}/uy;

/** Where the names of columns begin: behind a byte order mark, Excel's `sep=;` and notes. */
function headEnd(text: string): number {
  HEAD.lastIndex = 0;
  HEAD.test(text);
  return HEAD.lastIndex;
}

function maskCell(cell: string, label: Reason, masker: Masker, place: string): string {
  const blanks = cell.length - cell.trimStart().length;
  // Drawn lines.
  if (label !== undefined && /^ *:?-{3,}:? *$/.test(cell)) return cell;
  if (blanks > 0 && !cell.includes('"')) {
    const word = cell.trim();
    return (
      cell.slice(0, blanks) + (masker.text(word, label, place) ?? word) + cell.slice(blanks + word.length)
    );
  }
  const value = unquoted(cell);
  const masked = masker.text(value, label, place);
  if (masked === undefined) return cell;
  return value === cell ? masked : `"${masked.replaceAll('"', '""')}"`;
}

/** The one that stands most often in the header. */
function delimiterOf(header: string): string {
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** A quoted cell may hold delimiters and line ends; one that is never closed goes on to the end. */
function* rowsOf(text: string, delimiter: string): Generator<Row> {
  let cells: string[] = [];
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"' && (isQuoted || at === from)) isQuoted = !isQuoted || text[at + 1] === '"';
    if (character === '"' && isQuoted && at > from && text[at + 1] === '"') at += 1;
    if (isQuoted || (character !== delimiter && character !== '\n')) continue;
    const isCrLf = character === '\n' && at > from && text[at - 1] === '\r';
    cells.push(text.slice(from, isCrLf ? at - 1 : at));
    from = at + 1;
    if (character === delimiter) continue;
    yield { cells, isOpen: false, lineEnd: isCrLf ? '\r\n' : '\n' };
    cells = [];
  }
  yield { cells: [...cells, text.slice(from)], isOpen: isQuoted, lineEnd: '' };
}

function unquoted(cell: string): string {
  return cell.length >= 2 && cell.startsWith('"') && cell.endsWith('"')
    ? cell.slice(1, -1).replaceAll('""', '"')
    : cell;
}
