import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** Signs in place of what is not shown: ****, groups of X (XXX-XX-2842), nothing but # or x. */
const MASK = /[*•●]{2,}|X{4,}|X{2,}(?:[- ]X{2,})+|^(?:#{3,}|x{4,})$/;

/** What services put in place of what they do not show. */
const HIDDEN =
  /^[[(<{]?(?:hidden|masked|redacted|removed|restricted|confidential|not (?:shown|disclosed|visible)|no access|withheld|verborgen|geschwärzt)[\])>}]?$/i;

export const secretRevealed: BugRule = {
  name: 'secret-revealed',
  shows: 'Modern shows what legacy masks, with asterisks or groups of X.',
  spares:
    'Another masking sign, a word such as [hidden] or redacted, nothing in place of a mask, or just what the mask leaves readable.',
  find(context) {
    const found = context.unproven.filter(({ legacy, modern, varies }) => {
      if (varies || legacy.text === undefined || !MASK.test(legacy.text)) return false;
      const told = modern.text ?? (modern.isNumber ? modern.raw : undefined);
      return told !== undefined && isReadable(told) && !isShown(legacy.text, told);
    });
    const [first] = found;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: what legacy masks is readable`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

function isReadable(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text) && !/[*•●]{2,}|[xX#]{2,}/.test(text) && !HIDDEN.test(text);
}

/** Not one letter or figure more than beside the mask: ************0004 and 0004. */
function isShown(masked: string, told: string): boolean {
  const visible = masked.replaceAll(/[*•●]+|X{2,}/g, ' ').replaceAll(/[^\p{L}\p{N}]/gu, '');
  return visible !== '' && visible.endsWith(told.replaceAll(/[^\p{L}\p{N}]/gu, ''));
}
