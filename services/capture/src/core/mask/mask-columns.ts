import type { FixedRecord } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { Masker } from './masker.ts';
import { type Cursor, enterElement, enterField, isSecret } from './paths.ts';

/**
 * Fixed-width text whose kinds of lines the migration file declares: secret columns (`body.<record>[*].<column>`) get masks of their own length, and what
 * gives itself away elsewhere too. undefined: no line is of a declared kind.
 */
export function maskColumns(
  text: string,
  records: readonly FixedRecord[],
  cursor: Cursor,
  { masker, place }: { readonly masker: Masker; readonly place: string },
): string | undefined {
  if (records.length === 0) return undefined;
  const counts = new Map<string, number>();
  let isKnown = false;
  const lines = text.split('\n').map((line) => {
    const record = records.find(({ startsWith }) => line.startsWith(startsWith));
    if (record === undefined) return masker.withinFitted(line, place, 'words') ?? line;
    isKnown = true;
    const index = counts.get(record.name) ?? 0;
    counts.set(record.name, index + 1);
    const below = enterElement(enterField(cursor, record.name), index);
    let masked = line;
    for (const { name, start, length } of record.columns) {
      const column = enterField(below, name);
      const reason = masker.reasonOf(name, isSecret(below) || isSecret(column), undefined);
      if (reason !== undefined) masked = maskColumn(masked, start - 1, length, reason, masker, place);
    }
    return masker.withinFitted(masked, place, 'words') ?? masked;
  });
  return isKnown ? lines.join('\n') : undefined;
}

function maskColumn(
  line: string,
  from: number,
  length: number,
  reason: string,
  masker: Masker,
  place: string,
): string {
  const column = line.slice(from, from + length);
  const value = column.trim();
  if (value === '') return line;
  const at = from + column.indexOf(value);
  return line.slice(0, at) + masker.fitted(value, reason, place) + line.slice(at + value.length);
}
