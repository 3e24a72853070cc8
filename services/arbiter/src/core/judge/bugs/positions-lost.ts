import { rawOf, type Side } from '../value/side.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const positionsLost: BugRule = {
  name: 'positions-lost',
  needs: ['tree'],
  shows: 'An object whose keys count from zero (a PHP array) is a list that lacks some of its elements.',
  spares: 'Lists of as many elements; keys that do not count from zero; elements that are changed.',
  find(context) {
    const found = context.unproven.filter(
      ({ legacy, modern, varies }) => !varies && lacksSome(legacy, modern),
    );
    const first = found[0];
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}, which lacks elements`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

/** Whether modern's list is legacy's elements in their order without some of them. */
function lacksSome({ fields }: Side, { items }: Side): boolean {
  if (fields === undefined || items === undefined || items.length >= fields.size) return false;
  if (![...fields.keys()].every((key, place) => key === String(place))) return false;
  const elements = [...fields.values()].map(rawOf);
  let next = 0;
  for (const item of items.map(rawOf)) {
    const place = elements.indexOf(item, next);
    if (place < 0) return false;
    next = place + 1;
  }
  return true;
}
