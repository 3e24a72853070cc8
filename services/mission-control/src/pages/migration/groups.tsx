import { count, percent } from '@chronos/cli/core/text/numbers.ts';
import type { GroupState, MigrationState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { stageTone, stageWords } from '../../words/stage.ts';

/** Routes as rows: each group migrates on its own. */
export function Groups({
  state,
  chosen,
  onChoose,
}: {
  state: MigrationState;
  chosen: string;
  onChoose: (group: string) => void;
}) {
  const aside =
    chosen === '' ? (
      'Each migrates on its own.'
    ) : (
      <Button look="quiet" onClick={() => onChoose('')}>
        Show all
      </Button>
    );
  return (
    <Panel title="Routes" aside={aside} flush>
      <Table
        label="Routes"
        rows={state.groups}
        rowKey={(group) => group.name}
        columns={[
          {
            head: 'Route',
            cell: (group) => (
              <Button
                className="route-choice"
                look="quiet"
                aria-pressed={group.name === chosen}
                onClick={() => onChoose(group.name)}
              >
                {group.name}
              </Button>
            ),
          },
          { head: 'Stage', cell: stageCell },
          { head: 'Modern', right: true, cell: (group) => `${percent(group.modernPercent)} %` },
          { head: 'Confidence', right: true, cell: (group) => `${percent(group.confidence)} %` },
          { head: 'Compared', right: true, cell: (group) => count(group.compared) },
          { head: 'Mismatched', right: true, cell: mismatchedCell },
          { head: 'Lost', right: true, cell: (group) => count(group.lost) },
          { head: 'Waits for', cell: (group) => group.nextStep?.waitsFor ?? '' },
        ]}
      />
    </Panel>
  );
}

function stageCell(group: GroupState) {
  if (group.stayOnLegacy) return <Badge>stays on legacy</Badge>;
  if (group.shadowOnly) return <Badge>mirrored only</Badge>;
  return (
    <>
      <Badge tone={stageTone(group.stage)}>{stageWords(group.stage, group.modernPercent)}</Badge>{' '}
      {group.paused && <Badge tone="warn">paused</Badge>}
    </>
  );
}

function mismatchedCell({ mismatched }: GroupState) {
  return <span className={mismatched > 0n ? 'bad' : undefined}>{count(mismatched)}</span>;
}
