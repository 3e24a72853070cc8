import { count, durationText } from '@chronos/cli/core/text/numbers.ts';
import type { GetVerdictResponse } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { Kind, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { serverMs } from '../../api/live.ts';
import { api } from '../../api/transport.ts';
import { useLoad } from '../../api/use-load.ts';
import { Link } from '../../router/link.tsx';
import { path } from '../../router/match.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ReadAt } from '../../ui/read-at.tsx';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { kindWords } from '../../words/verdict.ts';
import { whenText } from '../../words/when.ts';
import { Differences } from './differences.tsx';
import { Effects } from './effects.tsx';
import { RequestRepairs } from './repairs.tsx';
import { Replay } from './replay.tsx';
import { RequestText } from './request-text.tsx';
import { Sides } from './sides.tsx';
import { TraceLink } from './trace-link.tsx';
import './request.css';

/** One request's story: what differs and why, what it did in the databases, both answers. `field` is shown first. */
export function RequestStory({
  migration,
  id,
  heading,
  field,
}: {
  migration: string;
  id: string;
  heading: string;
  field?: string;
}) {
  const { value, readAtMs, error, reload } = useLoad(`verdict ${id}`, (signal) =>
    api.verdicts.getVerdict({ requestId: id }, { signal }),
  );
  if (error !== undefined)
    return (
      <ErrorState
        title={`Request ${id} cannot be shown`}
        detail={error.rawMessage}
        action={<Button onClick={reload}>Again</Button>}
      />
    );
  if (value?.verdict === undefined) return <Loading what={`request ${id}`} />;
  const { migration: owner } = value.verdict;
  if (owner !== migration)
    return (
      <ErrorState
        title={`Request ${id} is none of ${migration}`}
        detail={`It was sent to ${owner}.`}
        action={
          <Link href={path('/m/:migration/requests/:id', { migration: owner, id })}>Show it there</Link>
        }
      />
    );
  return (
    <Story
      migration={migration}
      response={value}
      readAtMs={readAtMs}
      verdict={value.verdict}
      heading={heading}
      field={field}
    />
  );
}

function Story({
  migration,
  response,
  readAtMs,
  verdict,
  heading,
  field,
}: {
  migration: string;
  response: GetVerdictResponse;
  readAtMs: number | undefined;
  verdict: Verdict;
  heading: string;
  field: string | undefined;
}) {
  const { word, tone } = kindWords(verdict.kind, verdict.asked);
  return (
    <div className="story">
      <Panel
        title={heading}
        aside={
          <>
            <TraceLink traceId={response.traceId} /> ·{' '}
            <Link href={path('/m/:migration/requests/:id', { migration, id: verdict.requestId })}>
              {verdict.requestId}
            </Link>
          </>
        }
      >
        <p className="story-facts">
          <Badge tone={tone}>{word}</Badge> <strong>{verdict.route}</strong>{' '}
          <span className="muted">{factsText(verdict)} ·</span> <ReadAt ms={readAtMs} />
        </p>
        {verdict.lostReason !== '' && (
          <p>
            {verdict.kind === Kind.LOST ? 'Not compared' : 'Answers not compared'}: {verdict.lostReason}.
          </p>
        )}
        <Differences differences={verdict.differences} {...(field === undefined ? {} : { field })} />
      </Panel>
      <Effects verdict={verdict} />
      <RequestRepairs verdict={verdict} />
      <RequestText exchange={verdict.legacy ?? verdict.modern} />
      <Panel title="Both answers" aside={sizeText(verdict)} flush>
        <Sides legacy={verdict.legacy} modern={verdict.modern} />
      </Panel>
      <Replay verdict={verdict} />
    </div>
  );
}

function factsText(verdict: Verdict): string {
  const answered = verdict.answeredBy === Universe.MODERN ? 'modern' : 'legacy';
  const segments = Object.entries(verdict.segments).map(([name, value]) => `${name} ${value}`);
  return [
    `${whenText(verdict.startedAt, serverMs())} UTC`,
    `the client got ${answered}'s answer`,
    `${verdict.legacyDeployment || 'legacy'} against ${verdict.modernDeployment || 'modern'}`,
    ...segments,
    ...(verdict.revision > 0 ? [`judged again ${verdict.revision} ×`] : []),
  ].join(' · ');
}

function sizeText({ legacy, modern, legacyDuration, modernDuration }: Verdict): string {
  const bytes = (value: bigint | undefined) => (value === undefined ? '–' : `${count(value)} B`);
  return `legacy ${bytes(legacy?.response?.bodyBytes)} in ${durationText(legacyDuration) || '–'} · modern ${bytes(modern?.response?.bodyBytes)} in ${durationText(modernDuration) || '–'}`;
}
