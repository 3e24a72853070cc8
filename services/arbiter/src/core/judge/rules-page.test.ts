import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { BUG_RULES } from './bugs/table.ts';
import { NOISE_RULES } from './noise/rules.ts';
import { PROOF_RULES } from './proofs/table.ts';
import { rulesPage } from './rules-page.ts';

test('RULES.md is what the rules say (node services/arbiter/build/rules-page.ts)', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../RULES.md'), 'utf8');
  expect(page).toBe(rulesPage());
});

test('every rule has a name of its own', () => {
  const names = [...PROOF_RULES, ...BUG_RULES, ...NOISE_RULES].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
