import { canonical, sameElements, turnedShare } from '../value/lists.ts';
import type { ProofRule } from './rule.ts';

/** Sets come in another order at least once in so many second runs; a rare other order is a race. */
const OPEN_SHARE = 5;

export const setOrder: ProofRule = {
  name: 'set-order',
  ofField: true,
  accepts:
    'The same elements, each as often, in another order, where a second run of legacy has given them in another order as well.',
  refuses:
    'Lists whose order legacy repeats in four of five second runs or more, or whose first element it keeps, or of which it only swaps neighbours where modern turns more, or that legacy keeps sorted; any element lost, added or doubled.',
  prove({ legacy, modern, profile }) {
    const { orderOpen, lists, listsSorted, listsAgain, firstKept, mostTurned } = profile.data;
    if (orderOpen === 0 || orderOpen * OPEN_SHARE < listsAgain || listsSorted * 2 > lists + 2)
      return undefined;
    const [ours, theirs] = [legacy.items, modern.items];
    if (ours === undefined || theirs === undefined || !sameElements(ours, theirs)) return undefined;
    // What stands first in both runs of nearly all requests has a meaning there.
    const isFirstKept = orderOpen >= 2 && firstKept > KEPT_SHARE * orderOpen;
    if (isFirstKept && canonical(ours[0] ?? null) !== canonical(theirs[0] ?? null)) return undefined;
    // Neighbours that legacy swaps are ties of a ranking.
    if (mostTurned < BY_CHANCE && turnedShare(ours, theirs) > 2 * mostTurned) return undefined;
    return `Both have the same ${ours.length} elements, and legacy itself leaves their order open.`;
  },
};

/** A list of two keeps its first element in half of the runs by chance. */
const KEPT_SHARE = 0.8;
/** Share of the pairs that are turned in a list dealt anew. */
const BY_CHANCE = 0.5;
