import { count, percent } from '@chronos/cli/core/text/numbers.ts';
import type { GroupState, MigrationState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { useTopic } from '../../api/live.ts';
import { overviewTopic } from '../../api/topics.ts';
import { Figure, Figures } from '../../ui/figure.tsx';

/** The numbers that decide. */
export function GroupFigures({ state, group }: { state: MigrationState; group: GroupState | undefined }) {
  const overview = useTopic(overviewTopic);
  if (group === undefined) return null;
  const next = group.nextStep;
  const questions = overview?.find(({ name }) => name === state.spec?.name)?.questionsOpen ?? 0;
  return (
    <Figures>
      <Figure name="modern answers" value={percent(group.modernPercent)} unit="%" note="of the customers" />
      <Figure
        name="confidence"
        value={percent(group.confidence)}
        unit="%"
        note={next === undefined ? 'lower bound' : `lower bound · gate ${percent(next.confidenceNeeded)} %`}
      />
      <Figure name="compared" value={count(group.compared)} note={epochNote(group)} />
      <Figure
        name="mismatched"
        value={count(group.mismatched)}
        tone={group.mismatched > 0n ? 'bad' : 'neutral'}
        note="of this evidence"
      />
      <Figure
        name="questions"
        value={count(questions)}
        tone={questions > 0 ? 'warn' : 'neutral'}
        note="wait for an answer"
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
  return epochReason === '' ? 'since the start' : epochReason;
}
