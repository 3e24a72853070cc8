import type { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

const GIVEN = /^(?:first|given|fore|vor|christian)/;
const FAMILY = /^(?:last|family|sur|nach)/;

export const namesSwapped: BugRule = {
  name: 'names-swapped',
  needs: ['tree'],
  shows:
    'A name with its family name first, before a comma (Dubois, Paul), of which modern gives the family name as the given one and the given one as the family name.',
  spares: 'Names without a comma, of which the order is not told (asked).',
  find(context) {
    const found = context.unproven.filter(
      ({ varies, legacy, modern }) => !varies && isSwapped(legacy, modern),
    );
    const [first] = found;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: given and family name are confused`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

function isSwapped({ text }: Side, { fields }: Side): boolean {
  const [, family, given] = /^(\p{L}[\p{L}' -]*), ?(\p{L}[\p{L}' .-]*)$/u.exec(text ?? '') ?? [];
  if (family === undefined || given === undefined || fields === undefined) return false;
  const named = (keys: RegExp) => [...fields].find(([key]) => keys.test(wordsOf(key)))?.[1];
  const same = (value: unknown, word: string) =>
    typeof value === 'string' && value.toLowerCase() === word.toLowerCase();
  return same(named(GIVEN), family) && same(named(FAMILY), given);
}
