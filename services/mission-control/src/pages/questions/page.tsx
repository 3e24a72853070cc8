import type { Question } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import { useEffect, useRef, useState } from 'react';
import { questionsTopic } from '../../api/list-topics.ts';
import { useLinkState, useTopic } from '../../api/live.ts';
import { migrationTopic } from '../../api/topics.ts';
import { useQueryValue } from '../../router/location.ts';
import type { Params } from '../../router/match.ts';
import { useKey } from '../../shell/use-key.ts';
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx';
import { QuestionCard } from './question-card.tsx';
import { QuestionList } from './question-list.tsx';
import { Rules } from './rules.tsx';
import { neighbour, shownQuestion } from './which-question.ts';
import './questions.css';

/** What the judge asks of people, and the rules that came of their answers. */
export function QuestionsPage({ params: { migration = '' } }: { params: Params }) {
  const questions = useTopic(questionsTopic(migration));
  const spec = useTopic(migrationTopic(migration))?.state.spec;
  const link = useLinkState();
  if (questions === undefined) {
    if (link.kind === 'refused' || link.kind === 'lost')
      return <ErrorState page title={`Nothing is known of ${migration}`} detail={link.error} />;
    return <Loading what="questions" />;
  }
  return (
    <div className="questions">
      <h1>{titleOf(questions.size)}</h1>
      {questions.size === 0 ? (
        <EmptyState title="Nobody waits for you">
          Where the judge can neither prove a difference harmless nor show a bug, it asks here. Until then the
          difference counts as a mismatch.
        </EmptyState>
      ) : (
        <OpenQuestions migration={migration} questions={[...questions.values()].sort(worstFirst)} />
      )}
      <Rules migration={migration} declared={spec?.approved ?? []} />
    </div>
  );
}

function OpenQuestions({ migration, questions }: { migration: string; questions: readonly Question[] }) {
  const [chosen, choose] = useQueryValue('question', '');
  const [answered, setAnswered] = useState('');
  const shown = shownQuestion(questions, chosen, answered);
  const pinned = shown.kind === 'pin' ? shown.question.id : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `choose` writes the address, whatever was rendered
  useEffect(() => {
    if (pinned !== undefined) choose(pinned);
  }, [pinned]);
  // With the card that was answered the focus went: the next question is read on from.
  const sentence = useRef<HTMLParagraphElement>(null);
  const shownId = shown.kind === 'gone' ? undefined : shown.question.id;
  const before = useRef(shownId);
  useEffect(() => {
    if (before.current !== shownId && document.activeElement === document.body) sentence.current?.focus();
    before.current = shownId;
  }, [shownId]);
  const show = (id: string) => choose(id, 'step');
  useKey('n', () => show(neighbour(questions, chosen, 1)));
  useKey('p', () => show(neighbour(questions, chosen, -1)));
  return (
    <div className="questions-columns">
      <QuestionList
        questions={questions}
        current={shown.kind === 'gone' ? '' : shown.question.id}
        onChoose={show}
      />
      {shown.kind === 'gone' ? (
        <EmptyState title="This question is not open any more">
          It was answered elsewhere, or nothing asks it now. Choose another beside.
        </EmptyState>
      ) : (
        <QuestionCard
          key={shown.question.id}
          migration={migration}
          question={shown.question}
          onAnswer={setAnswered}
          sentenceRef={sentence}
        />
      )}
    </div>
  );
}

const worstFirst = (a: Question, b: Question) =>
  b.severity - a.severity || Number(b.differences - a.differences) || a.id.localeCompare(b.id);

function titleOf(open: number): string {
  if (open === 0) return 'No open question';
  return open === 1 ? 'One question waits for you' : `${open} questions wait for you`;
}
