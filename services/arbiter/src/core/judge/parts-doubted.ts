import type { Episode } from './episode.ts';
import type { Judgement } from './judgement.ts';
import { NUMBER_AND_WORD } from './together.ts';
import { countedBy } from './told-in-units.ts';

/** Parts that each count their bare numbers in all requests alike, but not in one unit: no client can read them so. */
export function areOfOneUnit(parts: readonly Episode[], judgements: readonly Judgement[]): boolean {
  const units = judgements.flatMap(({ verdict, rule }, i) => {
    const first = parts[i]?.observations.find(({ legacy, modern }) => legacy !== modern);
    const unit =
      verdict === 'harmless' && first && countedBy(rule, first.legacy, first.modern, parts[i]?.field ?? '');
    return unit || [];
  });
  return new Set(units).size < 2;
}

export function doubted(judgement: Judgement): Judgement {
  if (judgement.verdict !== 'harmless' || judgement.rule === 'identical') return judgement;
  const explanation = 'Bare numbers of one answer count other units.';
  return {
    verdict: 'ask',
    rule: 'unproven',
    severity: '',
    explanation,
    question: 'What do the bare numbers count?',
  };
}

/** What may be found of a number of which only the sign is another. */
export const SIGN_RULES: readonly string[] = [
  'sign-flipped',
  'factor-broken',
  'number-changed',
  'ratio',
  'place-broken',
];

export function perhapsRenamed({ field }: Episode): Judgement {
  return {
    verdict: 'ask',
    rule: 'unproven',
    severity: '',
    explanation: 'One side alone has it, while the other has parts that this side has not.',
    question: `Does the other side tell ${field} under another name?`,
  };
}

export function perhapsTold({ field }: Episode): Judgement {
  return {
    verdict: 'ask',
    rule: NUMBER_AND_WORD,
    severity: '',
    explanation: 'A sign is turned with a word beside it, which the other side has not.',
    question: `Is ${field} told by a sign and a word beside it?`,
  };
}
