import { count, percent } from '@chronos/cli/core/text/numbers.ts';
import type { GroupState, MigrationState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { useTopic } from '../../api/live.ts';
import { overviewTopic } from '../../api/topics.ts';
import { Figure, Figures } from '../../ui/figure.tsx';
import { figuresShown, groupShown } from './which-group.ts';

/** The numbers that decide: of the route `chosen`, else of the whole migration. */
export function GroupFigures({ state, chosen }: { state: MigrationState; chosen: string }) {
  const overview = useTopic(overviewTopic);
  const group = groupShown(state, chosen);
  if (group === undefined) return null;
  const {
    groups,
    percent: share,
    percentMax,
    confidence,
    compared,
    mismatched,
    lost,
  } = figuresShown(state, chosen);
  const questions = overview?.find(({ name }) => name === state.spec?.name)?.questionsOpen ?? 0;
  return (
    <Figures>
      <Figure
        name="modern answers"
        value={percent(share)}
        unit="%"
        note={share === percentMax ? 'of the customers' : `up to ${percent(percentMax)} % of one route`}
      />
      <Figure
        name="confidence"
        value={percent(confidence)}
        unit="%"
        note={groups > 1 ? 'lower bound · the lowest of a route' : gateNote(group)}
      />
      <Figure
        name="compared"
        value={count(compared)}
        note={groups > 1 ? `of ${groups} routes` : epochNote(group)}
      />
      <Figure
        name="mismatched"
        value={count(mismatched)}
        tone={mismatched > 0n ? 'bad' : 'neutral'}
        note="of this evidence"
      />
      <Figure
        name="questions"
        value={count(questions)}
        tone={questions > 0 ? 'warn' : 'neutral'}
        note="wait for an answer"
      />
      <Figure name="lost" value={count(lost)} tone={lost > 0n ? 'warn' : 'neutral'} note="never compared" />
      <Figure name="kills" value={count(state.kills)} note="since the start" />
    </Figures>
  );
}

function gateNote({ nextStep }: GroupState): string {
  return nextStep === undefined
    ? 'lower bound'
    : `lower bound · gate ${percent(nextStep.confidenceNeeded)} %`;
}

/** Evidence begins anew with each build: what it stands on belongs beside it. */
function epochNote({ epochReason }: GroupState): string {
  return epochReason === '' ? 'since the start' : epochReason;
}
