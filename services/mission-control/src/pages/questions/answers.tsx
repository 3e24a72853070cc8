import type { AnswerEffect, Question } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import { useEffect, useState } from 'react';
import { useSession } from '../../api/session.tsx';
import { api } from '../../api/transport.ts';
import { useCall } from '../../shell/use-call.ts';
import { useKeys } from '../../shell/use-key.ts';
import { Button } from '../../ui/button.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { useToast } from '../../ui/toast.tsx';
import { type Preview, usePreviews } from './use-previews.ts';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/**
 * What can be answered, each with what it would do to the differences seen. A digit chooses, Enter answers: one key alone decides nothing.
 */
export function Answers({
  question,
  onAnswer,
}: {
  question: Question;
  /** An answer is on its way; with an empty id: it was refused. */
  onAnswer: (questionId: string) => void;
}) {
  const { mayChange } = useSession();
  const previews = usePreviews(question);
  const [chosen, choose] = useState<string>();
  const [note, setNote] = useState('');
  const { busy, error, run } = useCall();
  const say = useToast();
  const { answers, id: questionId } = question;
  const give = async (answer: string) => {
    onAnswer(questionId);
    const given = await run(`Answer "${answer}"`, () =>
      api.judgements.answerQuestion({ questionId, answer, note }),
    );
    if (given) say(`Answered "${answer}": it is a rule now`, 'good');
    else onAnswer('');
  };
  useKeys(digits, (digit) => {
    const answer = answers[Number(digit) - 1];
    if (answer !== undefined && mayChange) choose(answer.id);
  });
  const giveChosen = () => {
    if (chosen !== undefined && mayChange && !busy) void give(chosen);
  };
  useKeys(['Enter'], giveChosen);
  useEffect(() => {
    if (chosen !== undefined && !answers.some(({ id }) => id === chosen)) choose(undefined);
  }, [answers, chosen]);
  return (
    <fieldset className="answers" disabled={!mayChange}>
      <legend>{mayChange ? 'Your answer' : 'Operators answer; you look on'}</legend>
      {answers.map(({ id, sentence }, index) => (
        <label key={id} className={id === chosen ? 'answer answer-chosen' : 'answer'}>
          <input
            type="radio"
            name={`answer ${questionId}`}
            checked={id === chosen}
            onChange={() => choose(id)}
          />
          {index < digits.length && <KeyHint keys={digits[index]!} single />}
          <span className="answer-text">
            <strong>{id}</strong> {sentence}
            <EffectText preview={previews.get(id)} bug={id === 'bug'} />
          </span>
        </label>
      ))}
      <div className="answer-give">
        <input
          aria-label="Note for the journal"
          placeholder="Note for the journal (who agreed, which ticket)"
          maxLength={1_000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          onKeyDown={({ key, repeat, nativeEvent }) => {
            // Enter that ends a composition (of Japanese, say) belongs to the writing.
            if (key === 'Enter' && !repeat && !nativeEvent.isComposing) giveChosen();
          }}
        />
        <Button look="primary" busy={busy} disabled={chosen === undefined || !mayChange} onClick={giveChosen}>
          {chosen === undefined ? 'Choose an answer' : `Answer "${chosen}"`} <KeyHint keys="⏎" single />
        </Button>
      </div>
      <p className="bad" role="alert">
        {error}
      </p>
    </fieldset>
  );
}

/** What the answer would do, before it is given. */
function EffectText({ preview, bug }: { preview: Preview | undefined; bug: boolean }) {
  if (preview === undefined) return <small className="muted">its effect is reckoned …</small>;
  if (preview.error !== undefined) return <small className="warn">no preview: {preview.error}</small>;
  const { effect } = preview;
  return <small className={toneOf(effect, bug)}>{effect?.sentence ?? ''}</small>;
}

function toneOf(effect: AnswerEffect | undefined, bug: boolean): string {
  if (bug || effect === undefined) return 'muted';
  if (effect.hiddenBugs > 0) return 'bad';
  return effect.accepted === effect.examined ? 'good' : 'warn';
}
