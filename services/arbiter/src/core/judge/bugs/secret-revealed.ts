import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** Signs in place of what is not shown: ****, groups of X (XXX-XX-2842). */
const MASK = /[*•●]{2,}|X{4,}|X{2,}(?:[- ]X{2,})+/;

export const secretRevealed: BugRule = {
  name: 'secret-revealed',
  shows: 'Modern shows what legacy masks, with asterisks or groups of X.',
  spares: 'Another masking sign, nothing in place of a mask.',
  find(context) {
    const found = context.unproven.filter(({ legacy, modern, varies }) => {
      if (varies || legacy.text === undefined || !MASK.test(legacy.text)) return false;
      const told = modern.text ?? (modern.isNumber ? modern.raw : undefined);
      return told !== undefined && /[\p{L}\p{N}]/u.test(told) && !/[*•●]{2,}|[xX#]{2,}/.test(told);
    });
    const [first] = found;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: what legacy masks is readable`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};
