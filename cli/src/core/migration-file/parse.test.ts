import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { toJson } from '@bufbuild/protobuf';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { describe, expect, test } from '@jest/globals';
import { migrationFileBytesMax, parseMigrationFile } from './parse.ts';
import { renderProblems } from './problem.ts';

const folder = resolve(import.meta.dirname, '../../../testdata/migration-file');
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.in.yaml'))
  .map((name) => name.slice(0, -'.in.yaml'.length));

function problemsOf(text: string) {
  const parsed = parseMigrationFile(text);
  return parsed.ok ? [] : parsed.problems;
}

describe('a file with problems', () => {
  test.each(cases)('%s', (name) => {
    const text = readFileSync(resolve(folder, `${name}.in.yaml`), 'utf8');
    const rendered = renderProblems(`${name}.yaml`, problemsOf(text));
    const golden = resolve(folder, `${name}.out.txt`);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, rendered);
    expect(rendered).toBe(readFileSync(golden, 'utf8'));
  });

  test('too large is refused unread', () => {
    const problems = problemsOf(`# ${'x'.repeat(migrationFileBytesMax)}`);
    expect(problems).toMatchObject([{ line: 0, accepted: `at most ${migrationFileBytesMax} bytes` }]);
  });

  test.each([
    ['brackets', '['.repeat(200_000)],
    ['mappings', '{a: '.repeat(200_000)],
    ['dashes', '- '.repeat(200_000)],
    ['keys', '? '.repeat(200_000)],
    ['indentation', Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('deep nesting by %s is a problem, not a crash', (_how, text) => {
    expect(problemsOf(text).length).toBeGreaterThan(0);
  });

  test('more values than the bound, through aliases', () => {
    const lines = Array.from({ length: 60 }, (_, index) => `  - {name: r${index}, match: *m}`);
    const matches = Array.from({ length: 200 }, () => '{prefix: /}').join(', ');
    const problems = problemsOf(`routes:\n  - {name: r, match: &m [${matches}]}\n${lines.join('\n')}\n`);
    expect(problems).toMatchObject([{ message: expect.stringContaining('more than 20000 values') }]);
  });
});

describe('a valid file', () => {
  const valid = readdirSync(folder).filter((name) => name.startsWith('valid-'));

  test.each(valid)('%s', (name) => {
    expect(problemsOf(readFileSync(resolve(folder, name), 'utf8'))).toEqual([]);
  });

  test('becomes the message, whichever spelling', () => {
    const parsed = parseMigrationFile(readFileSync(resolve(folder, 'valid-full.yaml'), 'utf8'));
    if (!parsed.ok) throw new Error(renderProblems('valid-full.yaml', parsed.problems));
    const json = toJson(MigrationSchema, parsed.migration);
    expect(json).toMatchObject({
      customer: { jwtClaim: 'sub' },
      legacy: { protocol: 'PROTOCOL_SAME_AS_CLIENT' },
      modern: { protocol: 'PROTOCOL_HTTP2', builds: [{ healthPath: '/healthz', env: { MODE: '1' } }, {}] },
      routes: [{ stayOnLegacy: true }, { timeout: '20s', perTryTimeout: '1.500s' }],
      policy: { ladder: [{ minCompared: '500', dwell: '30s' }, { consistent: true }], joinDeadline: '5s' },
    });
  });
});
