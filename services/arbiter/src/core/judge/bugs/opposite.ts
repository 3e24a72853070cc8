import type { Judgement } from '../judgement.ts';
import { objectsMisread } from './coded-changed.ts';
import { flagsTurned } from './flags-turned.ts';
import { fractionOverfull } from './fraction-overfull.ts';
import { keysMoved } from './keys-moved.ts';
import { keysOpposed } from './keys-opposed.ts';
import { minorUnitsMisread } from './minor-units.ts';
import { namesCrossed } from './names-crossed.ts';
import { pairSwapped } from './pair-swapped.ts';
import type { Observed } from './rule.ts';
import { totalBroken } from './total-broken.ts';
import { weekdayContradicted } from './weekday-contradicted.ts';

/** The same under names or flags that say the opposite. */
export function oppositeIn(unproven: readonly Observed[]): Judgement | undefined {
  return (
    keysOpposed(unproven) ??
    namesCrossed(unproven) ??
    pairSwapped(unproven) ??
    flagsTurned(unproven) ??
    objectsMisread(unproven) ??
    minorUnitsMisread(unproven) ??
    weekdayContradicted(unproven) ??
    keysMoved(unproven) ??
    fractionOverfull(unproven) ??
    totalBroken(unproven)
  );
}
