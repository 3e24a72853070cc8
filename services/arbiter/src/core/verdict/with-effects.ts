import {
  type Difference,
  EffectsState,
  Kind,
  Severity,
  type Verdict,
} from '@chronos/proto/events/v1/verdict_pb.js';
import { explainAnswer } from '../effects/answer-race.ts';
import type { EffectRules } from '../effects/entities.ts';
import type { JudgedEffects } from '../effects/judge-effects.ts';
import type { StateWindow } from '../effects/state-window.ts';

/** What a verdict says of a request, without the request itself. */
export type Ending = Pick<
  Verdict,
  | 'kind'
  | 'differences'
  | 'lostReason'
  | 'asked'
  | 'severity'
  | 'effects'
  | 'effectsState'
  | 'race'
  | 'unattributed'
  | 'effectsExplanation'
>;

/** Nothing said yet of anything but the kind. */
export const UNSAID: Omit<Ending, 'kind'> = {
  differences: [],
  lostReason: '',
  asked: false,
  severity: Severity.UNSPECIFIED,
  effects: [],
  effectsState: EffectsState.UNSPECIFIED,
  race: false,
  unattributed: 0,
  effectsExplanation: '',
};

/**
 * The answers' ending together with what the databases did. What stands on either side stands; agreement takes both; and what only the order of
 * commits explains is a race. Total:
 *
 * | answers      | effects           | together                                             |
 * | ------------ | ----------------- | ---------------------------------------------------- |
 * | mismatch     | stand             | mismatch                                             |
 * | mismatch     | the same, or race | race where the answers are explained, too; lost `effects-unknown` where nobody knows what legacy lacks there; else mismatch |
 * | mismatch     | unknown           | mismatch                                             |
 * | agree        | stand             | mismatch                                             |
 * | agree        | race              | race                                                 |
 * | agree        | the same          | as the answers                                       |
 * | agree        | unknown           | lost `effects-unknown`, `effects-too-large`, `effects-unlearned` |
 * | agree        | ambiguous         | lost `effects-ambiguous`                             |
 * | mismatch     | ambiguous         | the same where the answers are explained, as of a race; else mismatch |
 * | lost         | stand, of both    | mismatch, with the reason why no answer was compared |
 * | lost         | anything else     | lost, the effects beside it                          |
 *
 * "Of both": both universes are known to have done the request ({@link bothDid}). A wrong cent must not hide behind an answer that was lost; a request
 * that one of them was never asked, or did not end, says nothing against modern. "Ambiguous": what differs is explained by having been given another
 * request's transactions ({@link isMixedUp}); it is not held against anybody.
 */
export function withEffects(
  answers: Ending,
  judged: JudgedEffects,
  { window, effects }: { readonly window: StateWindow; readonly effects: EffectRules },
): { readonly ending: Ending; readonly maySettle: boolean } {
  if (judged.type === 'unknown') return { ending: withUnknown(answers, judged), maySettle: false };
  if (judged.type === 'ambiguous') return withAmbiguous(answers, judged, { window, effects });
  const { standing, race, explanation, unattributed } = judged;
  const shown = {
    effects: [...judged.effects],
    effectsState: EffectsState.COMPARED,
    race,
    unattributed,
    effectsExplanation: explanation,
  };
  const all = { ...answers, ...shown, differences: joined(answers.differences, judged.differences) };
  const isLost = answers.kind === Kind.LOST;
  if (isLost && (standing === 0 || !judged.bothDid)) {
    const sentence = sentences(explanation, besideLost(judged));
    return { ending: { ...all, effectsExplanation: sentence }, maySettle: false };
  }
  if (standing > 0) {
    const asked = judged.onlyAsked && (answers.kind !== Kind.MISMATCH || answers.asked);
    const severity = Math.max(answers.severity, judged.severity);
    const effectsExplanation = isLost ? sentences(explanation, HELD) : explanation;
    const ending = { ...all, kind: Kind.MISMATCH, asked, severity, effectsExplanation };
    return { ending, maySettle: judged.maySettle };
  }
  if (answers.kind === Kind.MISMATCH) {
    const explained = explainAnswer(answers.differences, judged.answered, window, effects.entities);
    if (explained.type === 'unexplained') return { ending: all, maySettle: explained.missing };
    const differences = joined(explained.differences, judged.differences);
    const effectsExplanation = explained.explanation;
    const none = { asked: false, severity: Severity.UNSPECIFIED };
    const settled = explained.isUnknown
      ? { ...none, kind: Kind.LOST, lostReason: 'effects-unknown' }
      : { ...none, kind: Kind.RACE, race: true };
    return { ending: { ...all, ...settled, differences, effectsExplanation }, maySettle: false };
  }
  if (race) return { ending: { ...all, kind: Kind.RACE }, maySettle: false };
  const kind = judged.differences.length > 0 ? Kind.EQUIVALENT : answers.kind;
  return { ending: { ...all, kind }, maySettle: false };
}

const HELD =
  'The answers could not be compared, but both universes are known to have done this request: what differs between their databases stands.';

/** What people are told of the databases where the answers were lost. */
function besideLost({ standing, effects }: JudgedEffects & { type: 'compared' }): string {
  if (standing > 0)
    return 'It is not known that both universes did all of this request, so what differs is not held against modern; it is shown and repaired.';
  return effects.length > 0 ? 'Both databases did the same.' : '';
}

function sentences(...all: readonly string[]): string {
  return all.filter((each) => each !== '').join(' ');
}

function joined(answers: readonly Difference[], effects: readonly Difference[]): Difference[] {
  return [...answers, ...effects];
}

function withAmbiguous(
  answers: Ending,
  judged: JudgedEffects & { type: 'ambiguous' },
  { window, effects }: { readonly window: StateWindow; readonly effects: EffectRules },
): { readonly ending: Ending; readonly maySettle: boolean } {
  const beside = {
    effectsState: EffectsState.AMBIGUOUS,
    effectsExplanation: judged.explanation,
    effects: [...judged.effects],
  };
  if (answers.kind === Kind.LOST) return { ending: { ...answers, ...beside }, maySettle: false };
  const explained = explainAnswer(answers.differences, judged.answered, window, effects.entities);
  if (answers.kind === Kind.MISMATCH && explained.type === 'unexplained')
    return { ending: { ...answers, ...beside }, maySettle: explained.missing };
  const differences = explained.type === 'explained' ? explained.differences : answers.differences;
  const ending = { ...UNSAID, ...beside, differences, kind: Kind.LOST, lostReason: 'effects-ambiguous' };
  return { ending, maySettle: false };
}

function withUnknown(answers: Ending, judged: JudgedEffects & { type: 'unknown' }): Ending {
  const { reason, explanation, effects } = judged;
  const effectsState = reason === 'effects-too-large' ? EffectsState.TOO_LARGE : EffectsState.UNKNOWN;
  const beside = { effectsState, effectsExplanation: explanation, effects: [...effects] };
  if (answers.kind === Kind.LOST || answers.kind === Kind.MISMATCH) return { ...answers, ...beside };
  // What differs harmlessly in the answers is kept: a change that comes late may still complete the verdict.
  return { ...UNSAID, ...beside, differences: answers.differences, kind: Kind.LOST, lostReason: reason };
}
