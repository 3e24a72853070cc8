import { decodesTo } from '../readings/technical.ts';
import type { ProofRule } from './rule.ts';

export const percentEncoding: ProofRule = {
  name: 'percent-encoding',
  accepts:
    'A text that legacy escapes as in a URL and of which modern gives the letters: M%C3%BCller and Müller.',
  refuses:
    'Escapes that modern adds or escapes twice; a plus sign for a blank; escapes of characters that mean something in URLs, markup or lines (%2F, %26, %3C, %0D).',
  prove: ({ legacy, modern }) =>
    decodesTo(legacy, modern) ? 'Only percent escapes are resolved.' : undefined,
};
