import type { ReactNode } from 'react';
import { ScrollBox } from './scroll-box.tsx';
import './table.css';

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand right. */
  readonly right?: boolean;
}

/**
 * A table that scrolls sideways on its own where it does not fit; `label` names it for screen readers. With `stacks` a phone shows each row as a
 * block instead: its first cell and the right ones, the others below.
 */
export function Table<Row>({
  label,
  columns,
  rows,
  rowKey,
  stacks = false,
}: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  stacks?: boolean;
}) {
  return (
    <ScrollBox label={label}>
      <table className={stacks ? 'table table-stacks' : 'table'}>
        <thead>
          <tr>
            {columns.map(({ head, right }) => (
              <th key={head} scope="col" className={right ? 'right' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ head, cell, right }) => (
                <td key={head} className={right ? 'right' : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
