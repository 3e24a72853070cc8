import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const here = new URL('.', import.meta.url);

function testFiles(): string {
  const folders = [here, new URL('../../shell/xds/', here)];
  return folders
    .flatMap((folder) => readdirSync(folder).map((name) => new URL(name, folder)))
    .filter(({ pathname }) => pathname.endsWith('.test.ts') && !pathname.endsWith('-table.test.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

test('each rule of the conformance table names a test that exists', () => {
  const table = readFileSync(new URL('../../../docs/xds-conformance.md', here), 'utf8');
  const rows = table
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\| (section|rule|---)/.test(line));
  const named = rows.map((row) => row.split('|').at(-2)?.trim() ?? '');
  const tests = testFiles();
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((title) => !tests.includes(`'${title}'`) && !tests.includes(`"${title}"`))).toEqual([]);
});
