import { readNothing } from '../value/nothing.ts';
import { readNumber } from '../value/numbers.ts';
import type { Side } from '../value/side.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const zeroLost: BugRule = {
  name: 'zero-lost',
  shows:
    'Modern has nothing for zero or false, though legacy tells zero and nothing apart in this field, or modern itself gives a zero in other requests, or writes null for zero among other numbers.',
  spares: 'A format that leaves out every zero, in a field that legacy always has (asked).',
  find(context) {
    const lost = context.unproven.filter(
      ({ legacy, modern, varies }) => !varies && isZero(legacy) && isGone(modern),
    );
    const first = lost[0];
    if (first === undefined) return undefined;
    const told = context.all.find(({ legacy, modern }) => isGone(legacy) && isGone(modern));
    const kept = context.all.find(({ legacy, modern }) => isZero(legacy) && isZero(modern));
    const written = lost.find(({ modern }) => modern.raw === 'null');
    const others = context.all.some(
      ({ legacy, modern }) => !isZero(legacy) && readNumber(legacy) !== undefined && modern.isNumber,
    );
    if (told === undefined && kept === undefined && (written === undefined || !others)) return undefined;
    const why =
      told === undefined && kept === undefined
        ? 'a null that it writes for zero alone'
        : told === undefined
          ? `and ${kept === undefined ? '' : shown(kept.modern)} for other requests`
          : `as it has where legacy has ${readNothing(told.legacy)}`;
    const explanation = `Legacy has ${shown(first.legacy)}, modern has ${readNothing(first.modern)}, ${why}`;
    return { severity: severityOf(context), explanation, shownBy: lost.length };
  },
};

function isZero(side: Side): boolean {
  return side.raw === 'false' || side.number?.units === 0n || /^0(?:[.,]0{1,9})?$/.test(side.text ?? '');
}

function isGone(side: Side): boolean {
  const nothing = readNothing(side);
  return nothing === 'absent' || nothing === 'null' || nothing === 'empty text';
}
