import type { Question } from '@chronos/proto/chronos/v1/judgement_service_pb.js';

export type ShownQuestion =
  | { readonly kind: 'open'; readonly question: Question }
  /** None is chosen, or the chosen one was just answered here: this one is to be pinned into the address. */
  | { readonly kind: 'pin'; readonly question: Question }
  /** The one in the address is not open any more, and nobody here answered it: the next key must not meet another. */
  | { readonly kind: 'gone' };

/**
 * The question under the reader's fingers. Once shown it stays, however much worse a newer one is: a digit and Enter answer what was read.
 *
 * @param questions open ones, at least one, the worst first
 * @param chosen id in the address; empty: none
 * @param answered id of the question that was answered on this page last
 */
export function shownQuestion(
  questions: readonly Question[],
  chosen: string,
  answered: string,
): ShownQuestion {
  const question = questions.find(({ id }) => id === chosen);
  if (question !== undefined) return { kind: 'open', question };
  const [first] = questions;
  return first !== undefined && (chosen === '' || chosen === answered)
    ? { kind: 'pin', question: first }
    : { kind: 'gone' };
}

/** Id of the next question (`by` 1) or the previous one (-1), around; of the first or the last where none is shown. */
export function neighbour(questions: readonly Question[], chosen: string, by: 1 | -1): string {
  const at = questions.findIndex(({ id }) => id === chosen);
  const from = at === -1 && by === -1 ? 0 : at;
  return questions[(from + by + questions.length) % questions.length]?.id ?? '';
}
