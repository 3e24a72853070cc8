import { wordsOf } from '../value/text.ts';
import type { BugRule, Context } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** A number, a point and a number; as a decimal its last zeros say nothing. */
const COUNTED = /^([0-9]{1,3})\.([0-9]{1,3})$/;
const NAMED =
  /\b(?:versions?|release|firmware|build|revision|chapter|clause|section|paragraph|kapitel|ausgabe|edition)\b/;
/** Counts of two figures that are looked at before all of them are called small, and what is small: a third of decimals are. */
const COUNTS_MIN = 4;
const SMALL = 30;

export const versionAsNumber: BugRule = {
  name: 'version-as-number',
  needs: ['several'],
  shows:
    'Two counted numbers with a point between them (a version, a chapter) are told as a decimal, so that the tenth becomes the first: 4.10 and 4.1. By the name of the field, because legacy has both, or because what stands behind the point is counted (1 to 9 beside 10 to 29).',
  spares: 'Decimals, which have figures behind their point as they come, or as many of them everywhere.',
  find(context) {
    const found = context.unproven.filter(({ legacy, modern, varies }) => {
      const [, major, minor = ''] = COUNTED.exec(legacy.text ?? '') ?? [];
      if (varies || !/[1-9]0+$/.test(minor)) return false;
      return (modern.text ?? modern.raw) === `${major}.${minor.replace(/0+$/, '')}`;
    });
    const [first] = found;
    if (first === undefined || !areCounted(context)) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: two numbers with a point are told as a decimal`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

function areCounted({ all, episode }: Context): boolean {
  const texts = new Set(all.map(({ legacy }) => legacy.text ?? ''));
  const minors = [...texts].map((text) => COUNTED.exec(text)?.[2] ?? '');
  // As many places everywhere, or a fraction with a zero in front: a decimal.
  if (minors.includes('') || new Set(minors.map((minor) => minor.length)).size < 2) return false;
  if (minors.some((minor) => /^0[0-9]/.test(minor))) return false;
  if (NAMED.test(wordsOf(episode.field.split(/[.[]/).at(-1) ?? ''))) return true;
  if ([...texts].some((text) => /0$/.test(text) && texts.has(text.replace(/0+$/, '')))) return true;
  const two = minors.filter((minor) => minor.length === 2);
  return two.length >= COUNTS_MIN && two.every((minor) => Number(minor) < SMALL);
}
