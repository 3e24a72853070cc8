import { sameAngle } from '../value/angles.ts';
import { readQuantity, sameQuantity } from '../value/quantities.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const quantityChanged: BugRule = {
  name: 'quantity-changed',
  shows:
    'Another physical quantity than legacy’s, both told with their unit: relabelled, not converted, or converted wrongly.',
  spares: 'The same quantity in another unit, rounded to the digits shown.',
  find(context) {
    const found = context.unproven.filter(({ legacy, modern, varies }) => {
      const l = varies ? undefined : readQuantity(legacy);
      const m = l === undefined ? undefined : readQuantity(modern);
      if (!varies && sameAngle(legacy, modern) === false) return true;
      return l !== undefined && m !== undefined && sameQuantity(l, m) !== true;
    });
    const first = found[0];
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}, which is not the same quantity`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};
