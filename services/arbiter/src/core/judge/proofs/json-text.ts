import type { ProofRule } from './rule.ts';

export const jsonText: ProofRule = {
  name: 'json-text',
  accepts:
    'A string that holds a JSON object or list which is proven equal to the one in modern’s string, or to the object or list that modern gives in its place.',
  refuses: 'An object of legacy that modern gives as a string; strings that hold anything else.',
  prove({ legacy, modern, part }) {
    const l = embedded(legacy.text);
    if (l === undefined) return undefined;
    const m = modern.text === undefined ? modern.raw : embedded(modern.text);
    if (m === undefined || !/^[[{]/.test(m)) return undefined;
    const proof = part(l, m);
    return proof === undefined ? undefined : `The JSON within the text is the same (${proof.rule}).`;
  },
};

function embedded(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const trimmed = text.trim();
  const ends = trimmed.slice(0, 1) + trimmed.slice(-1);
  return ends === '{}' || ends === '[]' ? trimmed : undefined;
}
