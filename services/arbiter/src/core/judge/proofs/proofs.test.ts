import { describe, expect, test } from '@jest/globals';
import { triple, type Values } from '../../../testing/episodes.ts';
import { provePair } from '../pair.ts';
import { FieldProfile, UNKNOWN_FIELD } from '../profile.ts';
import type { ProofCases } from '../testing/proof-cases.ts';
import { PROOFS_OF_CODES } from '../testing/proofs-of-codes.ts';
import { PROOFS_OF_LISTS } from '../testing/proofs-of-lists.ts';
import { PROOFS_OF_MOMENTS } from '../testing/proofs-of-moments.ts';
import { PROOFS_OF_NUMBERS } from '../testing/proofs-of-numbers.ts';
import { PROOFS_OF_STRUCTURES } from '../testing/proofs-of-structures.ts';
import { PROOFS_OF_TEXTS } from '../testing/proofs-of-texts.ts';
import { PROOF_RULES } from './table.ts';

const CASES: ProofCases = {
  ...PROOFS_OF_NUMBERS,
  ...PROOFS_OF_MOMENTS,
  ...PROOFS_OF_CODES,
  ...PROOFS_OF_TEXTS,
  ...PROOFS_OF_LISTS,
  ...PROOFS_OF_STRUCTURES,
};

test('every rule has cases', () => {
  expect(Object.keys(CASES).sort()).toEqual(PROOF_RULES.map(({ name }) => name).sort());
});

describe.each(Object.entries(CASES))('%s', (rule, { accepts, refuses }) => {
  const prove = (row: readonly Values[], profile = FieldProfile.of(row.map(triple))) =>
    row.map((values) => provePair(triple(values).legacy, triple(values).modern, profile)?.rule);

  test.each(accepts.map((row) => [JSON.stringify(row), row] as const))('accepts %s', (_, row) => {
    expect(prove(row)).toContain(rule);
    expect(prove(row)).not.toContain(undefined);
  });

  test.each(refuses.map((row) => [JSON.stringify(row), row] as const))('refuses %s', (_, row) => {
    expect(prove(row)).toContain(undefined);
    expect(prove(row, UNKNOWN_FIELD)).toContain(undefined);
  });
});
