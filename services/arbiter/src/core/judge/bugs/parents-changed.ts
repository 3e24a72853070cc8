import { parentsOf, sameParents } from '../proofs/tree-to-rows.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const parentsChanged: BugRule = {
  name: 'parents-changed',
  needs: ['tree'],
  shows: 'A tree and rows that name their parent, of which a node is missing, added, or has another parent.',
  spares: 'Nodes with further members; trees beside trees (compared member by member).',
  find(context) {
    const found = context.unproven.filter(({ legacy, modern, varies }) => {
      if (varies || (legacy.fields === undefined) === (modern.fields === undefined)) return false;
      const [ours, theirs] = [parentsOf(legacy), parentsOf(modern)];
      return ours !== undefined && theirs !== undefined && !sameParents(ours, theirs);
    });
    const [first] = found;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: a node has another parent`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};
