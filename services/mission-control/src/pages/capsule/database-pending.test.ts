import { expect, test } from '@jest/globals';
import { databasePending } from './database-pending.ts';

test.each([
  ['{"legacy_database":{"state":"pending"}}', true],
  ['{"legacy_database":{"state":"archived","tables":3}}', false],
  ['{"legacy_database":{"state":"none"}}', false],
  ['{}', false],
  ['null', false],
  ['{"legacy_da', false],
])('the manifest %s waits for the database: %s', (manifest, pending) => {
  expect(databasePending(manifest)).toBe(pending);
});
