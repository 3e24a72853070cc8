import { decodesTo } from '../readings/technical.ts';
import type { ProofRule } from './rule.ts';

export const percentEncoding: ProofRule = {
  name: 'percent-encoding',
  accepts:
    'A text that legacy escapes as in a URL and of which modern gives the letters: M%C3%BCller and Müller.',
  refuses: 'Escapes that modern adds or escapes twice; a plus sign for a blank.',
  prove: ({ legacy, modern }) =>
    decodesTo(legacy, modern) ? 'Only percent escapes are resolved.' : undefined,
};
