import { isSecret } from '../value/roles.ts';
import { holdsDocument, plainText } from '../value/text.ts';
import type { ProofRule } from './rule.ts';

export const unicodeForm: ProofRule = {
  name: 'unicode-form',
  accepts:
    'The same letters composed or decomposed (Unicode canonical equivalence, UAX #15): ü as one or as two code points.',
  refuses:
    'Compatibility forms (ﬁ and fi, ² and 2), letters without their accents, look-alike letters of another script; passwords and other secrets.',
  prove({ legacy, modern, field }) {
    if (legacy.text === undefined || modern.text === undefined || isSecret(field)) return undefined;
    // The members of a document have names of their own, secrets among them.
    if (holdsDocument(legacy.text)) return undefined;
    const l = plainText(legacy.text);
    const m = plainText(modern.text);
    // Blanks at the ends are padding, or the value.
    return l === m ? 'Only the composition of the letters differs (Unicode normal form).' : undefined;
  },
};
