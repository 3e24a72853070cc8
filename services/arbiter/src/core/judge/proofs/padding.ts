import { isSecret } from '../value/roles.ts';
import { isAscii, plainText } from '../value/text.ts';
import type { ProofRule } from './rule.ts';

export const padding: ProofRule = {
  name: 'padding',
  accepts:
    'Blanks of a fixed-width field that modern no longer writes at the ends of a text; line ends; blanks of another kind.',
  refuses:
    'Blanks within a text, blanks in front of columns or lines, blanks that modern adds, any other letter; passwords and other secrets.',
  prove({ legacy, modern, field }) {
    if (legacy.text === undefined || modern.text === undefined || isSecret(field)) return undefined;
    if (legacy.text.length < modern.text.length && !legacy.text.includes('\n') && !modern.text.includes('\r'))
      return undefined;
    const l = plainText(legacy.text);
    const m = plainText(modern.text);
    if (m === '' || (l.trim() !== m && l !== m)) return undefined;
    // Blanks in front of columns are a column's own.
    if (l !== m && l.trimEnd() !== m && / {2}|\n/.test(m)) return undefined;
    if (!isAscii(legacy.text) && l === m && legacy.text.normalize('NFC') === modern.text.normalize('NFC'))
      return undefined;
    return 'Only blanks at the ends, or the kind of blanks and line ends, differ.';
  },
};
