import { count, percent } from '@chronos/cli/core/text/numbers.ts';
import type { GroupState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';

/** Each segment's own evidence: a pooled figure never hides a broken one. `named`: it is one route of several. */
export function Segments({ group, named }: { group: GroupState; named: boolean }) {
  return (
    <Panel title={named ? `Segments of ${group.name}` : 'Segments'} aside="evidence of each on its own" flush>
      <Table
        label="Segments"
        rows={group.segments}
        rowKey={(row) => `${row.segment}=${row.value}`}
        columns={[
          { head: 'Segment', cell: (row) => `${row.segment} = ${row.value}` },
          { head: 'Confidence', right: true, cell: (row) => `${percent(row.confidence)} %` },
          { head: 'Compared', right: true, cell: (row) => count(row.compared) },
          {
            head: 'Mismatched',
            right: true,
            cell: (row) => (
              <span className={row.mismatched > 0n ? 'bad' : undefined}>{count(row.mismatched)}</span>
            ),
          },
        ]}
      />
    </Panel>
  );
}
