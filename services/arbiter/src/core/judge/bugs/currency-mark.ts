import { currencies } from '../readings/registries.ts';
import { leavesOf } from '../readings/sequences.ts';
import { readNumberText } from '../value/numbers.ts';
import { Side } from '../value/side.ts';
import type { BugRule } from './rule.ts';
import { shown } from './shown.ts';

export const currencyMark: BugRule = {
  name: 'currency-mark',
  shows:
    'An amount with its currency in one text, beside an amount and a code apart: the code is of another currency.',
  spares: 'Signs that several currencies share ($, kr), when the code is of one of them.',
  find(context) {
    const found = context.unproven.filter(
      ({ legacy, modern, varies }) => !varies && (contradicts(legacy, modern) || contradicts(modern, legacy)),
    );
    const first = found[0];
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}`;
    return { severity: 'critical', explanation, shownBy: found.length };
  },
};

function contradicts(written: Side, apart: Side): boolean {
  if (written.text === undefined || (apart.fields === undefined && apart.items === undefined)) return false;
  const currency = readNumberText(written.text)?.marks.currency ?? '';
  if (currency === '') return false;
  const codes = leavesOf(apart).filter(isCurrency);
  return codes.length === 1 && !currency.split(' ').includes(codes[0] ?? '');
}

function isCurrency(leaf: string): boolean {
  return /^[A-Z]{3}$/.test(leaf) && currencies.read(new Side(JSON.stringify(leaf))).length > 0;
}
