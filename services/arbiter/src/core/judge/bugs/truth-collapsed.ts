import { readTruth } from '../value/truth.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const truthCollapsed: BugRule = {
  name: 'truth-collapsed',
  shows:
    'Modern says yes (or no) both where legacy has a mark and where it has an empty or blank text: "X" and "" have become one.',
  spares: 'null and missing fields, a field in which legacy always has the mark, or never.',
  find(context) {
    const told = context.all.filter(
      ({ legacy, modern, varies }) =>
        !varies && legacy.text !== undefined && typeof modern.value === 'boolean',
    );
    if (told.length < context.all.length) return undefined;
    const blank = told.filter(({ legacy }) => legacy.text?.trim() === '');
    const marked = told.filter(({ legacy }) => readTruth(legacy) === true);
    if (blank.length + marked.length < told.length) return undefined;
    const first = blank.find(({ modern }) => marked.some((other) => other.modern.value === modern.value));
    const other = marked.find(({ modern }) => modern.value === first?.modern.value);
    if (first === undefined || other === undefined) return undefined;
    const explanation = `Modern says ${shown(first.modern)} for legacy’s ${shown(first.legacy)} as for its ${shown(other.legacy)}`;
    return { severity: severityOf(context), explanation, shownBy: blank.length };
  },
};
