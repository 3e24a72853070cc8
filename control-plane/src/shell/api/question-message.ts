import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { type Question, QuestionSchema } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import type { QuestionView } from '../engine/judgement/answer.ts';

/** A question as the API shows it. */
export function questionMessage(view: QuestionView): Question {
  const { question, answers, differences, firstSeenMs, lastSeenMs, examples } = view;
  const { id, migration, group, route, field, rule, sentence, severity, status } = question;
  return create(QuestionSchema, {
    ...{ id, migration, group, route, field, rule, sentence, severity, status },
    differences: BigInt(differences),
    firstSeen: timestampFromMs(firstSeenMs),
    lastSeen: timestampFromMs(lastSeenMs),
    examples: examples.map(({ requestId, legacy, modern, hasSecond, second }) => ({
      requestId,
      ...(legacy !== undefined && { legacy }),
      ...(modern !== undefined && { modern }),
      ...(hasSecond && second !== undefined && { second }),
    })),
    answers: answers.map((answer) => ({ id: answer.id, sentence: answer.rule.sentence })),
    ...(question.answer !== '' && {
      given: {
        id: question.answer,
        actor: question.answeredBy,
        at: timestampFromMs(question.answeredAtMs),
        note: question.note,
        ruleId: question.ruleId,
      },
    }),
  });
}
