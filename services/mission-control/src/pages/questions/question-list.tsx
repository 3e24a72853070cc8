import { count } from '@chronos/cli/core/text/numbers.ts';
import type { Question } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import { KeyHint } from '../../ui/key-hint.tsx';

export function QuestionList({
  questions,
  current,
  onChoose,
}: {
  questions: readonly Question[];
  current: string;
  onChoose: (id: string) => void;
}) {
  return (
    <nav className="question-list" aria-label="Open questions, the most severe first">
      <ul>
        {questions.map(({ id, route, field, differences }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === current ? 'true' : undefined}
              onClick={() => onChoose(id)}
            >
              <code>{field}</code>
              <span className="muted">
                {route} · {count(differences)} ×
              </span>
            </button>
          </li>
        ))}
      </ul>
      {questions.length > 1 && (
        <p className="muted question-keys key-single">
          <KeyHint keys="n" /> next <KeyHint keys="p" /> previous
        </p>
      )}
    </nav>
  );
}
