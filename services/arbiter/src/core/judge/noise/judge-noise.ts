import { internalsShown } from '../bugs/internals-shown.ts';
import { elementAdded, elementChanged, elementDoubled, elementLost } from '../bugs/lists.ts';
import type { BugRule, Context } from '../bugs/rule.ts';
import { secretRevealed } from '../bugs/secret-revealed.ts';
import { setChanged } from '../bugs/set-changed.ts';
import { defaultPut, valueLost } from '../bugs/value-lost.ts';
import type { Judgement } from '../judgement.ts';
import { judgeClockNoise } from './clocks.ts';
import { judgeConstant } from './constant.ts';
import { judgeNumberNoise } from './numbers.ts';
import { noiseAsk } from './outcome.ts';
import { judgeTokenNoise } from './tokens.ts';
import { judgeChoiceNoise } from './vocabulary.ts';

/** What no noise explains, because legacy keeps it in both runs. */
export const HARD_RULES: readonly BugRule[] = [
  valueLost,
  secretRevealed,
  internalsShown,
  defaultPut,
  setChanged,
  elementLost,
  elementDoubled,
  elementAdded,
  elementChanged,
];

/** Judges a field that legacy itself does not repeat: modern's differences must be of the kind, centre and tail of legacy's own. */
export function judgeNoise(context: Context): Judgement {
  return (
    judgeConstant(context) ??
    judgeClockNoise(context) ??
    judgeNumberNoise(context) ??
    judgeChoiceNoise(context) ??
    judgeTokenNoise(context) ??
    noiseAsk(context, 'varies', 'Legacy does not repeat its value, and how modern’s compare cannot be told.')
  );
}
