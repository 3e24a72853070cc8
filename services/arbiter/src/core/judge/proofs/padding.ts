import type { SideProfile } from '../profile.ts';
import { isJoint, isSecret } from '../value/roles.ts';
import { Side } from '../value/side.ts';
import { isAscii, plainText } from '../value/text.ts';
import type { ProofRule } from './rule.ts';

export const padding: ProofRule = {
  name: 'padding',
  ofField: true,
  accepts:
    'Blanks of a fixed-width field that modern no longer writes at the ends of a text; line ends; blanks of another kind.',
  refuses:
    'Blanks within a text, blanks in front of columns or lines, blanks in front of a text or one behind it where the field shows no width ("Mr ", ", ", "  key: 1"), blanks that modern adds, any other letter; passwords and other secrets.',
  prove({ legacy, modern, field, profile }) {
    if (legacy.text === undefined || modern.text === undefined || isSecret(field)) return undefined;
    if (legacy.text.length < modern.text.length && !legacy.text.includes('\n') && !modern.text.includes('\r'))
      return undefined;
    const l = plainText(legacy.text);
    const m = plainText(modern.text);
    if (m === '' || (l.trim() !== m && l !== m)) return undefined;
    if (l !== m && (isJoint(field) || isOwnBlank(l, m, profile.data.legacy))) return undefined;
    // Blanks in front of columns are a column's own.
    if (l !== m && l.trimEnd() !== m && / {2}|\n/.test(m)) return undefined;
    if (!isAscii(legacy.text) && l === m && legacy.text.normalize('NFC') === modern.text.normalize('NFC'))
      return undefined;
    return 'Only blanks at the ends, or the kind of blanks and line ends, differ.';
  },
};

/** One blank behind a text, or some in front, where no other value is as wide: they may be the value's own. */
function isOwnBlank(legacy: string, modern: string, { vocabulary, vocabularyOpen }: SideProfile): boolean {
  const isInFront = /^[ \t]/.test(legacy) && legacy.trimEnd() !== modern;
  const isOneBehind = legacy.length - modern.length === 1 && legacy.endsWith(' ') && modern.length < PHRASE;
  if (vocabularyOpen || !(isInFront || isOneBehind)) return false;
  const widths = vocabulary.map((raw) => (new Side(raw).text ?? '').length);
  return widths.filter((width) => width === legacy.length).length < 2;
}

/** A text of so many letters is a note, and no piece that others are put behind. */
const PHRASE = 12;
