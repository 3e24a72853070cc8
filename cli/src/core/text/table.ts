import { cellsOf, padEnd, padStart } from './cells.ts';

export type Column = { readonly title: string; readonly align?: 'left' | 'right' };

/** Rows in columns two spaces apart, headed by the titles; empty when there are no rows. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const lines = [columns.map((column) => column.title), ...rows];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => cellsOf(line[index] ?? ''))));
  return lines.map((line) =>
    columns
      .map((column, index) => {
        const pad = column.align === 'right' ? padStart : padEnd;
        return pad(line[index] ?? '', widths[index] ?? 0);
      })
      .join('  ')
      .trimEnd(),
  );
}
