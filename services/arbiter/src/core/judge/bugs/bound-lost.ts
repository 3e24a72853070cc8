import { parseDecimal, sameDecimal } from '../value/decimal.ts';
import type { Side } from '../value/side.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

const BOUND = /^([<>≤≥]=?) ?([0-9]{1,15}(?:\.[0-9]{1,9})?)$/;

export const boundLost: BugRule = {
  name: 'bound-lost',
  shows:
    'A number that legacy only knows to be below or above a bound is told as if it were the bound: <3 and 3.',
  spares:
    'Fields in which all values of legacy are bounds of one sign: what the number means may be in its name (asked).',
  needs: ['several'],
  find(context) {
    const signs = new Set(context.all.map(({ legacy }) => BOUND.exec(legacy.text ?? '')?.[1] ?? ''));
    if (signs.size < 2) return undefined;
    const found = context.unproven.filter(
      ({ legacy, modern, varies }) => !varies && isBare(BOUND.exec(legacy.text ?? '')?.[2], modern),
    );
    const [first] = found;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: the bound is told as the value`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

function isBare(bound: string | undefined, modern: Side): boolean {
  const ours = bound === undefined ? undefined : parseDecimal(bound);
  const theirs = parseDecimal(modern.text ?? (modern.isNumber ? (modern.raw ?? '') : ''));
  return ours !== undefined && theirs !== undefined && sameDecimal(ours, theirs);
}
