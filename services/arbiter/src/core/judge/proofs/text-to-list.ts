import { rawItems, sequencesOf } from '../readings/sequences.ts';
import type { ProofRule } from './rule.ts';

export const textToList: ProofRule = {
  name: 'text-to-list',
  accepts:
    'A text of parts (a|b|c, "A B", flags YNY) that modern gives as a list of the same parts in the same order, each proven equal.',
  refuses:
    'A part that is missing, merged with another, in another place or not proven equal; a list that becomes a text.',
  prove({ legacy, modern, part }) {
    const items = modern.items;
    if (items === undefined || items.length < 2) return undefined;
    const theirs = rawItems(items);
    for (const ours of sequencesOf(legacy)) {
      if (ours.length !== theirs.length) continue;
      const proven = ours.every(
        (raw, i) => raw === theirs[i] || part(raw, theirs[i]) !== undefined || isFlag(raw, theirs[i]),
      );
      if (proven) return `The text holds the same ${ours.length} parts as the list.`;
    }
    return undefined;
  },
};

function isFlag(text: string, value: string | undefined): boolean {
  return (/^"[YJT1X]"$/i.test(text) && value === 'true') || (/^"[NF0-]"$/i.test(text) && value === 'false');
}
