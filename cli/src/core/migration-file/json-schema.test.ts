import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { buildMigrationSchema, schemaFile } from '../../../build/migration-schema.ts';
import { enumNames, rulesOf, wordsForPattern } from './accepted.ts';

const folder = resolve(import.meta.dirname, '../../../testdata/migration-file');
const committed = readFileSync(schemaFile, 'utf8');
const validate = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(committed),
);
const files = (prefix: RegExp) =>
  readdirSync(folder).filter((name) => prefix.test(name) && name.endsWith('.yaml'));

describe('docs/migration.schema.json', () => {
  test('is what cli/build/migration-schema.ts writes', () => {
    expect(buildMigrationSchema()).toBe(committed);
  });

  test.each(files(/^valid-/))('accepts %s', (name) => {
    validate(parse(readFileSync(resolve(folder, name), 'utf8')));
    expect(validate.errors ?? []).toEqual([]);
  });

  // Not the ones that only YAML itself or the meaning of the fields rules out.
  test.each(['everything-wrong.in.yaml', 'empty.in.yaml', 'list.in.yaml', 'two-spellings.in.yaml'])(
    'refuses %s',
    (name) => {
      expect(validate(parse(readFileSync(resolve(folder, name), 'utf8')))).toBe(false);
    },
  );

  test.each([
    ['a missing name', { name: undefined }],
    ['an unknown key', { nam: 'x' }],
    ['both address and builds', { legacy: { address: 'a:1', builds: [{ name: 'a', command: ['a'] }] } }],
    ['neither address nor builds', { legacy: {} }],
    ['no path', { routes: [{ name: 'a', match: [{}] }] }],
    ['two paths', { routes: [{ name: 'a', match: [{ prefix: '/', pathExact: '/' }] }] }],
    ['a duration in minutes', { routes: [{ name: 'a', timeout: '1m', match: [{ prefix: '/' }] }] }],
    ['a percent of zero', { policy: { ladder: [{ percent: 0, confidence: 1 }] } }],
  ])('refuses %s', (_what, change) => {
    const minimal = parse(readFileSync(resolve(folder, 'valid-minimal.yaml'), 'utf8'));
    expect(validate(minimal)).toBe(true);
    expect(validate(JSON.parse(JSON.stringify({ ...minimal, ...change })))).toBe(false);
  });
});

test('every pattern of migration.proto has words', () => {
  const file = MigrationSchema.file;
  const patterns = file.messages.flatMap((message) =>
    message.fields.flatMap((field) => {
      const rules = rulesOf(field);
      const element = rules?.type.case === 'repeated' ? rules.type.value.items : rules;
      return element?.type.case === 'string' && element.type.value.pattern !== ''
        ? [element.type.value.pattern]
        : [];
    }),
  );
  expect(patterns.length).toBeGreaterThan(5);
  expect(patterns.filter((pattern) => wordsForPattern(pattern) === undefined)).toEqual([]);
});

test('short names of enum values', () => {
  const protocol = MigrationSchema.file.enums.find((candidate) => candidate.name === 'Protocol');
  expect(protocol === undefined ? [] : enumNames(protocol).map((name) => name.short)).toEqual([
    'http1',
    'http2',
    'same_as_client',
  ]);
});
