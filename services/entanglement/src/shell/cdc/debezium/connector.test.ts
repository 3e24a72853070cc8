import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { connectorConfig } from './connector.ts';

test('deploy/debezium/connector.json is what Chronos sends', () => {
  const config = connectorConfig({
    name: 'SLOT.GENERATION',
    databaseUrl: 'postgres://USER:PASSWORD@HOST:5432/DATABASE',
    slot: 'SLOT',
    publication: 'PUBLICATION',
    topic: 'chronos.cdc.SLOT.GENERATION',
    tagPrefix: 'chronos',
  });
  const file = new URL('../../../../../../deploy/debezium/connector.json', import.meta.url);
  const expected: unknown = JSON.parse(readFileSync(file, 'utf8'));
  expect({ name: 'SLOT.GENERATION', config: { ...config, 'database.hostname': 'HOST' } }).toEqual(expected);
});
