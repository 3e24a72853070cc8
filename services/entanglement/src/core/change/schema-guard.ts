/** Notices when a table is no longer the one that the mapping was checked against. */
import { type Column, type TableName, tableText } from './source-event.ts';

export type Baseline = ReadonlyMap<string, readonly Column[]>;

/** What changed, in words; undefined when nothing did. A type of number 0 is not known and not compared. */
export function describeChange(
  table: TableName,
  known: readonly Column[],
  now: readonly Column[],
): string | undefined {
  const knownNames = new Set(known.map(({ name }) => name));
  const nowNames = new Set(now.map(({ name }) => name));
  const dropped = known.filter(({ name }) => !nowNames.has(name)).map(({ name }) => name);
  const added = now.filter(({ name }) => !knownNames.has(name)).map(({ name }) => name);
  const retyped = now
    .filter(({ name, typeId }) => {
      const before = known.find((column) => column.name === name)?.typeId ?? 0;
      return before !== 0 && typeId !== 0 && before !== typeId;
    })
    .map(({ name }) => name);
  const words = [
    ...(dropped.length === 1 && added.length === 1
      ? [`column ${dropped[0]} is gone and ${added[0]} is new (renamed?)`]
      : [...list('gone', dropped), ...list('new', added)]),
    ...list('of another type', retyped),
  ];
  if (words.length === 0) return undefined;
  return `table ${tableText(table)} has changed while it was captured: ${words.join('; ')}`;
}

function list(word: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${word}: ${names.join(', ')}`];
}
