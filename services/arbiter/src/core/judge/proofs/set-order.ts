import { canonical, sameElements } from '../value/lists.ts';
import type { ProofRule } from './rule.ts';

/** Sets come in another order at least once in so many second runs; a rare other order is a race. */
const OPEN_SHARE = 5;

export const setOrder: ProofRule = {
  name: 'set-order',
  ofField: true,
  accepts:
    'The same elements, each as often, in another order, where a second run of legacy has given them in another order as well.',
  refuses:
    'Lists whose order legacy repeats in four of five second runs or more, or whose first element it keeps, or that legacy keeps sorted; any element lost, added or doubled.',
  prove({ legacy, modern, profile }) {
    const { orderOpen, lists, listsSorted, listsAgain, firstKept } = profile.data;
    if (orderOpen === 0 || orderOpen * OPEN_SHARE < listsAgain || listsSorted * 2 > lists + 2)
      return undefined;
    if (legacy.items !== undefined && modern.items !== undefined) {
      // What stands first in both runs of every request has a meaning there.
      const [first, theirs] = [legacy.items[0], modern.items[0]];
      if (orderOpen >= 2 && firstKept === orderOpen && canonical(first ?? null) !== canonical(theirs ?? null))
        return undefined;
    }
    if (legacy.items === undefined || modern.items === undefined) return undefined;
    if (!sameElements(legacy.items, modern.items)) return undefined;
    return `Both have the same ${legacy.items.length} elements, and legacy itself leaves their order open.`;
  },
};
