import { sameAngle } from '../value/angles.ts';
import { shift } from '../value/decimal.ts';
import { isGroupOrDecimals, readQuantity, sameQuantity } from '../value/quantities.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const quantityChanged: BugRule = {
  name: 'quantity-changed',
  shows:
    'Another physical quantity than legacy’s, both told with their unit: relabelled, not converted, or converted wrongly.',
  spares:
    'The same quantity in another unit, rounded to the digits shown; units of one letter beside another kind of unit (W may be weeks).',
  find(context) {
    const found = context.unproven.filter(({ legacy, modern, varies }) => {
      const l = varies ? undefined : readQuantity(legacy);
      const m = l === undefined ? undefined : readQuantity(modern);
      if (!varies && sameAngle(legacy, modern) === false) return true;
      if (l === undefined || m === undefined) return false;
      // 15.000 km, which are as many thousand.
      if (isGroupOrDecimals(legacy) && sameQuantity({ ...l, number: shift(l.number, 3) }, m) === true)
        return false;
      const same = sameQuantity(l, m);
      // One letter may be something else than that unit: 003W is three weeks, too.
      return same === false || (same === undefined && l.unitName.length > 1);
    });
    const first = found[0];
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}, which is not the same quantity`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};
