import { count } from '@chronos/cli/core/text/numbers.ts';
import type { Question } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import { Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import type { Ref } from 'react';
import { serverMs } from '../../api/live.ts';
import { Link } from '../../router/link.tsx';
import { path } from '../../router/match.ts';
import { Badge } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { Values } from '../../ui/values.tsx';
import { whenText } from '../../words/when.ts';
import { Answers } from './answers.tsx';

const examplesShown = 5;
const severities: Readonly<Record<Severity, string>> = {
  [Severity.CRITICAL]: 'could be critical',
  [Severity.MAJOR]: 'could be major',
  [Severity.MINOR]: 'minor at most',
  [Severity.UNSPECIFIED]: 'asked',
};

/** One question with its examples and what can be answered. `onAnswer`: an answer is being given here; `sentenceRef`: what is asked, to be focused. */
export function QuestionCard({
  migration,
  question,
  onAnswer,
  sentenceRef,
}: {
  migration: string;
  question: Question;
  onAnswer: (questionId: string) => void;
  sentenceRef: Ref<HTMLParagraphElement>;
}) {
  const { route, field, sentence, examples, differences, lastSeen, severity, rule } = question;
  const again = examples.some(({ second }) => second !== undefined);
  return (
    <Panel title={`${route} · ${field}`} aside={<Badge tone="warn">{severities[severity]}</Badge>}>
      <p ref={sentenceRef} tabIndex={-1} className="question-sentence">
        {sentence}
      </p>
      <p className="muted">
        Seen {count(differences)} ×, last at {whenText(lastSeen, serverMs())} UTC; asked by rule {rule}. Until
        it is answered, each counts as a mismatch.
      </p>
      <Answers question={question} onAnswer={onAnswer} />
      <h3 className="question-examples">Examples</h3>
      <Table
        label="Examples"
        rows={examples.slice(0, examplesShown)}
        rowKey={({ requestId }) => requestId}
        columns={[
          {
            head: 'Legacy and modern said',
            cell: ({ legacy, modern }) => <Values legacy={legacy} modern={modern} />,
          },
          ...(again
            ? [
                {
                  head: 'Legacy, asked again',
                  cell: ({ second }: { second?: string }) => <code>{second ?? '–'}</code>,
                },
              ]
            : []),
          {
            head: 'Request',
            cell: ({ requestId }) => (
              <Link
                className="nowrap"
                href={path('/m/:migration/requests/:id', { migration, id: requestId })}
              >
                {requestId.slice(0, 8)}…
              </Link>
            ),
          },
        ]}
      />
    </Panel>
  );
}
