import type { ApprovedDivergence } from '@chronos/proto/chronos/v1/migration_pb.js';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';

/** Intended corrections that the migration file declares; they are verified on each request, and revoked by taking them out of the file. */
export function ApprovedDivergences({ approved }: { approved: readonly ApprovedDivergence[] }) {
  if (approved.length === 0) return null;
  return (
    <Panel title="Approved divergences" aside="declared in the migration file; revoked there" flush>
      <Table
        label="Approved divergences"
        rows={approved}
        rowKey={({ name }) => name}
        columns={[
          { head: 'Name', cell: ({ name }) => name },
          {
            head: 'Why',
            cell: ({ why, approvedBy }) => `${why}${approvedBy === '' ? '' : ` (${approvedBy})`}`,
          },
          {
            head: 'Modern must answer',
            cell: ({ path, when, expect }) => (
              <code>
                {path} = {expect}
                {when === '' ? '' : ` when ${when}`}
              </code>
            ),
          },
          { head: 'Until', cell: ({ until }) => until || 'withdrawn' },
        ]}
      />
    </Panel>
  );
}
