import { once, type Reading } from '../observe.ts';
import { textRule } from './text-pairs.ts';

/** Words of a name or title, each of letters with an apostrophe or hyphen within at most. */
const NAMES = /^\p{Lu}[\p{L}\p{M}]*(?:['’ -]{1,2}[\p{L}\p{M}]+)*$/u;

export const nameMarred = textRule({
  name: 'name-marred',
  shows:
    'A name in mixed letter case that is not written as its bearer does: without its apostrophe (O’Brien as OBrien), or with capitals at the start of words and nowhere else (McDonald as Mcdonald).',
  spares:
    'Names that legacy has in capitals or small letters only, fields of which any text of legacy is; quotes and apostrophes of another kind.',
  how({ legacy, modern }, context) {
    if (legacy.length > 80 || legacy === modern || !NAMES.test(legacy) || once(context, hasOneCase))
      return undefined;
    if (/\p{L}['’]\p{L}/u.test(legacy) && legacy.replaceAll(/['’]/g, '') === modern)
      return 'its apostrophe is left out';
    return modern === inTitleCase(legacy) ? 'a capital within the name is lost' : undefined;
  },
});

function inTitleCase(text: string): string {
  return text.toLowerCase().replaceAll(/(?:^|[ -])\p{L}/gu, (start) => start.toUpperCase());
}

/** Of some names nobody knows how they are written. */
function hasOneCase({ all }: Reading): boolean {
  return all.some(
    ({ legacy: { text = '' } }) =>
      /\p{L}{2}/u.test(text) && (text === text.toUpperCase() || text === text.toLowerCase()),
  );
}
