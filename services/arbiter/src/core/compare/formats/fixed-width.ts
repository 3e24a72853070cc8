import type { FixedRecord } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { Value } from '../value.ts';
import type { FormatResult } from './xml.ts';

/** Lines of one body. */
const LINES_MAX = 200_000;

/**
 * Lines of text with columns at fixed places, as an object: name of the kind of line → list of its lines, each column's text without the
 * spaces around it. Characters that no column covers stand under their places (`31-40`), so that nothing is lost unseen.
 */
export function parseFixedWidth(text: string, records: readonly FixedRecord[]): FormatResult {
  const found = new Map<string, Value[]>();
  const lines = text.split('\n', LINES_MAX + 1);
  if (lines.length > LINES_MAX) return { ok: false, reason: `more than ${LINES_MAX} lines` };
  for (const [i, ended] of lines.entries()) {
    const line = ended.endsWith('\r') ? ended.slice(0, -1) : ended;
    if (line.trim() === '') continue;
    const record = records.find(({ startsWith }) => line.startsWith(startsWith));
    if (!record)
      return {
        ok: false,
        reason: `line ${i + 1} is of no declared kind: ${JSON.stringify(line.slice(0, 20))}`,
      };
    const rows = found.get(record.name);
    const row = columnsOf(line, record);
    if (rows) rows.push(row);
    else found.set(record.name, [row]);
  }
  return { ok: true, value: found };
}

function columnsOf(line: string, { columns, startsWith }: FixedRecord): Value {
  const fields = new Map<string, Value>();
  let covered = startsWith.length;
  for (const { name, start, length } of [...columns].sort((a, b) => a.start - b.start)) {
    addUncovered(fields, line, covered, start - 1);
    fields.set(name, line.slice(start - 1, start - 1 + length).trim());
    covered = Math.max(covered, start - 1 + length);
  }
  addUncovered(fields, line, covered, line.length);
  return fields;
}

function addUncovered(fields: Map<string, Value>, line: string, from: number, to: number): void {
  const text = line.slice(from, to).trim();
  if (text !== '') fields.set(`${from + 1}-${to}`, text);
}
