import { relateNumbers } from '../meaning/numbers.ts';
import type { ProofRule } from './rule.ts';

export const numberNotation: ProofRule = {
  name: 'number-notation',
  digits: true,
  accepts:
    'The same exact number as JSON number or as text, with separators for thousands and decimals in a style that the whole field keeps to, accounting or trailing minus, zeros before an amount with a point, a share with its mark (2.5% and 0.025), or with its currency told by modern in addition.',
  refuses:
    'Separators that can be read in two ways (2.161 and 2161), zeros before bare digits (they belong to an identifier), an amount in text that loses a decimal place, another currency, a currency left out, 2.5% beside 2.5.',
  prove({ legacy, modern, profile }) {
    if (legacy.isNumber && modern.isNumber) return undefined;
    const found = relateNumbers(legacy, modern, profile);
    if (found?.is !== 'same') return undefined;
    if (legacy.text !== undefined && modern.text !== undefined && found.modern.scale < found.legacy.scale)
      return undefined;
    return `Only the notation of the number differs: ${found.because}.`;
  },
};
