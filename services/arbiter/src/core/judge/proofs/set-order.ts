import { sameElements } from '../value/lists.ts';
import type { ProofRule } from './rule.ts';

export const setOrder: ProofRule = {
  name: 'set-order',
  accepts:
    'The same elements, each as often, in another order, where a second run of legacy has given them in another order as well.',
  refuses:
    'Lists whose order legacy repeats, or that legacy keeps sorted; any element lost, added or doubled.',
  prove({ legacy, modern, profile }) {
    const { orderOpen, lists, listsSorted } = profile.data;
    if (orderOpen === 0 || listsSorted * 2 > lists + 2) return undefined;
    if (legacy.items === undefined || modern.items === undefined) return undefined;
    if (!sameElements(legacy.items, modern.items)) return undefined;
    return `Both have the same ${legacy.items.length} elements, and legacy itself leaves their order open.`;
  },
};
