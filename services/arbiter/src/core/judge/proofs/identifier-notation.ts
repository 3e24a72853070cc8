import { relateNumbers } from '../meaning/numbers.ts';
import { readIdentifiers } from '../value/identifiers.ts';
import type { ProofRule } from './rule.ts';

export const identifierNotation: ProofRule = {
  name: 'identifier-notation',
  accepts:
    'The same identifier with other separators or in the other case where its notation has none: UUID, IBAN-like account, telephone and card numbers, MAC and IPv6 addresses, language tags (en_US, en-US).',
  refuses:
    'Any other letter or digit, zeros that are lost, letter case of anything else, signs and decimal separators (amounts), two spellings without separators.',
  prove({ legacy, modern, profile }) {
    if (legacy.text === undefined || modern.text === undefined) return undefined;
    if (relateNumbers(legacy, modern, profile)?.is === 'different') return undefined;
    const ours = readIdentifiers(legacy.text);
    if (ours.length === 0) return undefined;
    const theirs = readIdentifiers(modern.text);
    for (const l of ours) {
      const m = theirs.find(({ kind, key, bare }) => kind === l.kind && key === l.key && !(bare && l.bare));
      // A code is cut at the same places, or at none: A1-23 is not A12-3.
      if (m?.kind === 'code' && !m.bare && !l.bare && !sameCuts(legacy.text, modern.text)) continue;
      if (m !== undefined) return `Both are the same ${l.kind}, only its separators or case differ.`;
    }
    return undefined;
  },
};

function sameCuts(a: string, b: string): boolean {
  const parts = (text: string) =>
    text
      .split(/[ ./-]/)
      .map((part) => part.length)
      .join(',');
  return parts(a) === parts(b);
}
