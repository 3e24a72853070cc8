import { create } from '@bufbuild/protobuf';
import { QuestionSchema } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import { describe, expect, test } from '@jest/globals';
import { neighbour, shownQuestion } from './which-question.ts';

const questions = ['worst', 'bad', 'mild'].map((id) => create(QuestionSchema, { id }));

describe('the question that is shown', () => {
  test('is the worst where none is chosen, and is pinned', () => {
    expect(shownQuestion(questions, '', '')).toMatchObject({ kind: 'pin', question: { id: 'worst' } });
  });

  test('stays the chosen one, however much worse another is', () => {
    expect(shownQuestion(questions, 'mild', '')).toMatchObject({ kind: 'open', question: { id: 'mild' } });
  });

  test('is none where the chosen one vanished by another hand: what is typed then answers nothing', () => {
    expect(shownQuestion(questions, 'settled', 'another')).toEqual({ kind: 'gone' });
  });

  test('is the next one after an answer that was given here', () => {
    expect(shownQuestion(questions, 'settled', 'settled')).toMatchObject({
      kind: 'pin',
      question: { id: 'worst' },
    });
  });
});

test('next and previous go around, and from a vanished question to the first and the last', () => {
  expect(neighbour(questions, 'mild', 1)).toBe('worst');
  expect(neighbour(questions, 'worst', -1)).toBe('mild');
  expect(neighbour(questions, 'settled', 1)).toBe('worst');
  expect(neighbour(questions, 'settled', -1)).toBe('mild');
});
