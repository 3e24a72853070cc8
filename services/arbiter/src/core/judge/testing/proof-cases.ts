import type { Values } from '../../../testing/episodes.ts';

/** By rule: pairs that it proves, and pairs that look alike and that nothing may prove. Each row is one field; all its pairs are its history. */
export type ProofCases = Readonly<
  Record<string, { accepts: readonly (readonly Values[])[]; refuses: readonly (readonly Values[])[] }>
>;
