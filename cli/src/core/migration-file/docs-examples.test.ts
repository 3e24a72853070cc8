import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseMigrationFile } from './parse.ts';

const docs = resolve(import.meta.dirname, '../../../../docs');
const rest = `
name: things
listen: 127.0.0.1:8080
legacy: { address: 127.0.0.1:9001DATABASE }
modern: { address: 127.0.0.1:9002DATABASE }
segments: [{ name: segment, header: x-segment }]
routes: [{ name: all, match: [{ prefix: / }] }]
`;

describe('examples of the documentation are valid', () => {
  test.each([
    ['approved.md', 'approved:'],
    ['formats.md', 'formats:'],
    ['entanglement.md', 'entanglement:'],
  ])('%s', (name, begins) => {
    const blocks = [...readFileSync(resolve(docs, name), 'utf8').matchAll(/```yaml\n(.*?)```/gs)].map(
      ([, block = '']) => block,
    );
    const examples = blocks.filter((block) => block.startsWith(begins));
    expect(examples).toHaveLength(1);
    for (const example of examples) {
      const database = begins === 'entanglement:' ? ', database: { url_env: DATABASE_URL }' : '';
      const parsed = parseMigrationFile(`${rest.replaceAll('DATABASE', database)}${example}`);
      expect(parsed.ok ? [] : parsed.problems).toEqual([]);
    }
  });
});
