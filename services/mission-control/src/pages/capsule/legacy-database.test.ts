import { expect, test } from '@jest/globals';
import { legacyDatabase } from './legacy-database.ts';

test.each([
  ['{"legacy_database":{"state":"pending"}}', true, 'awaited'],
  ['{"legacy_database":{"state":"archived","tables":3,"rows":1200}}', false, '1,200'],
  ['{"legacy_database":{"state":"none"}}', false, 'none'],
  ['{"legacy_database":{"state":"toString"}}', false, 'unknown'],
  ['{}', false, 'unknown'],
  ['null', false, 'unknown'],
  ['{"legacy_da', false, 'unknown'],
])('of the manifest %s the page waits: %s, and says %s', (manifest, pending, value) => {
  expect(legacyDatabase(manifest)).toMatchObject({ pending, value });
});
