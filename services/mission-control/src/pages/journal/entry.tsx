import { timestampMs } from '@bufbuild/protobuf/wkt';
import { storyOf } from '@chronos/cli/core/story.ts';
import { durationText } from '@chronos/cli/core/text/numbers.ts';
import type { Decision } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { serverMs } from '../../api/live.ts';
import { Link } from '../../router/link.tsx';
import { path } from '../../router/match.ts';
import { Badge } from '../../ui/badge.tsx';
import { stageWords } from '../../words/stage.ts';
import { whenText } from '../../words/when.ts';
import { TraceLink } from '../request/trace-link.tsx';
import { factsOf } from './evidence.ts';

/** One decision: what, why, who; unfolded, the evidence it stood on and its hash. */
export function Entry({
  decision,
  named,
  unfolded,
}: {
  decision: Decision;
  /** With its route, where there is more than one. */
  named: boolean;
  unfolded: boolean;
}) {
  const { headline, tone } = storyOf(named ? decision : { ...decision, group: '' });
  const person = decision.actor !== '' && decision.actor !== 'chronos';
  const at = decision.at === undefined ? '' : new Date(timestampMs(decision.at)).toISOString();
  return (
    <li className="entry">
      <time dateTime={at} className="muted" title={at}>
        {whenText(decision.at, serverMs())}
      </time>
      <div>
        <p className={`entry-headline ${tone}`}>{headline}</p>
        <p>{decision.reason}</p>
        <p className="entry-facts muted">
          {person ? <Badge tone="info">{decision.actor}</Badge> : 'by Chronos'} {changeText(decision)}
        </p>
        <details open={unfolded}>
          <summary>evidence and hash</summary>
          <Evidence decision={decision} />
        </details>
      </div>
    </li>
  );
}

function changeText({ fromStage, toStage, fromPercent, toPercent, ackDuration }: Decision): string {
  const from = stageWords(fromStage, fromPercent);
  const to = stageWords(toStage, toPercent);
  const parts = fromStage === toStage && fromPercent === toPercent ? [] : [`${from} → ${to}`];
  if (ackDuration !== undefined) parts.push(`every proxy ACKed within ${durationText(ackDuration)}`);
  return parts.map((part) => `· ${part}`).join(' ');
}

function Evidence({ decision }: { decision: Decision }) {
  const { migration, requestId, traceparent, hash, sequence, evidenceJson } = decision;
  return (
    <dl className="evidence">
      {factsOf(evidenceJson).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {requestId !== '' && (
        <div>
          <dt>request</dt>
          <dd>
            <Link href={path('/m/:migration/requests/:id', { migration, id: requestId })}>{requestId}</Link>
          </dd>
        </div>
      )}
      {traceparent !== '' && (
        <div>
          <dt>trace</dt>
          <dd>
            <TraceLink traceId={traceparent.split('-')[1] ?? ''} />
          </dd>
        </div>
      )}
      <div>
        <dt>entry</dt>
        <dd>
          {String(sequence)}, SHA-256 <code>{hash}</code>
        </dd>
      </div>
    </dl>
  );
}
