/** Writes services/arbiter/RULES.md from the rules' own words. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rulesPage } from '../src/core/judge/rules-page.ts';

await writeFile(join(import.meta.dirname, '..', 'RULES.md'), rulesPage());
