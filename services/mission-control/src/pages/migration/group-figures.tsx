import { count, percent } from '@chronos/cli/core/text/numbers.ts';
import type { GroupState, MigrationState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Figure, Figures } from '../../ui/figure.tsx';

/** The numbers that decide. */
export function GroupFigures({ state, group }: { state: MigrationState; group: GroupState | undefined }) {
  if (group === undefined) return null;
  const next = group.nextStep;
  const asked = state.verdicts.asked ?? 0n;
  return (
    <Figures>
      <Figure name="modern answers" value={percent(group.modernPercent)} unit="%" note="of the customers" />
      <Figure
        name="confidence"
        value={percent(group.confidence)}
        unit="%"
        note={
          next === undefined
            ? 'lower bound'
            : `lower bound; ${percent(next.confidenceNeeded)} % opens the gate`
        }
      />
      <Figure name="compared" value={count(group.compared)} note={epochNote(group)} />
      <Figure
        name="mismatched"
        value={count(group.mismatched)}
        tone={group.mismatched > 0n ? 'bad' : 'neutral'}
        note="of this evidence"
      />
      <Figure
        name="waiting for an answer"
        value={count(asked)}
        tone={asked > 0n ? 'warn' : 'neutral'}
        note="since the start"
      />
      <Figure
        name="lost"
        value={count(group.lost)}
        tone={group.lost > 0n ? 'warn' : 'neutral'}
        note="never compared"
      />
      <Figure name="kills" value={count(state.kills)} note="since the start" />
    </Figures>
  );
}

/** Evidence begins anew with each build: what it stands on belongs beside it. */
function epochNote({ epochReason }: GroupState): string {
  return epochReason === '' ? 'since the start' : `since ${epochReason}`;
}
