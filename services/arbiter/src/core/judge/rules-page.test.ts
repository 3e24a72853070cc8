import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { BUG_RULES } from './bugs/table.ts';
import { NOISE_RULES } from './noise/rules.ts';
import { PROOF_RULES } from './proofs/table.ts';
import { rulesPage } from './rules-page.ts';
import { WHOLE_RULES } from './whole-rules.ts';

test('RULES.md is what the rules say (node services/arbiter/build/rules-page.ts)', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../RULES.md'), 'utf8');
  expect(page).toBe(rulesPage());
});

test('every rule has a name of its own', () => {
  const names = [...PROOF_RULES, ...BUG_RULES, ...NOISE_RULES, ...WHOLE_RULES].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test('every rule that the code names stands on the page', () => {
  const page = rulesPage();
  const code = globSync('**/*.ts', { cwd: import.meta.dirname })
    .filter((file) => !/test|testing/.test(file))
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'));
  const named = code.flatMap((text) =>
    [...text.matchAll(/(?:\brule: |noise(?:Bug|Ask|Harmless)\(\s*(?:context,\s*)?)'([a-z-]+)'/g)].map(
      ([, name]) => name,
    ),
  );
  expect(named.length).toBeGreaterThan(50);
  // No difference at all, and what is told of races elsewhere.
  const others = ['identical', 'commit-order'];
  expect(named.filter((name = '') => !others.includes(name) && !page.includes(`\`${name}\``))).toEqual([]);
});
