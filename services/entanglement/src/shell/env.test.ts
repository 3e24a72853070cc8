import { expect, test } from '@jest/globals';
import { databaseKey, readSettings } from './env.ts';

const good = {
  KAFKA_BROKERS: '127.0.0.1:9092',
  CHRONOS_API: 'http://127.0.0.1:7400',
  DATABASE_URL: 'postgres://chronos@127.0.0.1/chronos',
  CHRONOS_MASKING_KEY: 'x'.repeat(32),
  METRICS_LISTEN: '127.0.0.1:0',
  CHRONOS_DB_CORE_BANK_LEGACY: 'postgres://me:secret@db/legacy',
  CHRONOS_DB_CORE_BANK_MODERN: 'postgresql://db/modern',
  CHRONOS_DB_CORE_BANK_MODERN_OWNED: '1',
};

test('databases are found by migration and universe', () => {
  const settings = readSettings(good);
  if ('errors' in settings) throw new Error(settings.errors.join());
  expect(settings.databases.get(databaseKey('core-bank', 'legacy'))).toEqual({
    url: good.CHRONOS_DB_CORE_BANK_LEGACY,
    owned: false,
  });
  expect(settings.databases.get(databaseKey('core-bank', 'modern'))).toEqual({
    url: good.CHRONOS_DB_CORE_BANK_MODERN,
    owned: true,
  });
  expect(settings.databases.size).toBe(2);
});

test('everything that is wrong is told at once, and no password', () => {
  const settings = readSettings({
    KAFKA_BROKERS: 'broker',
    CHRONOS_API: 'ftp://x',
    CHRONOS_MASKING_KEY: 'short',
    METRICS_LISTEN: 'nowhere',
    CHRONOS_CDC: 'debezium',
    CHRONOS_DB_A_LEGACY: 'mysql://me:secret@db/x',
  });
  const errors = 'errors' in settings ? settings.errors : [];
  expect(errors.map((line) => line.split(/[: ]/, 1)[0])).toEqual([
    'KAFKA_BROKERS',
    'CHRONOS_API',
    'DATABASE_URL',
    'CHRONOS_MASKING_KEY',
    'METRICS_LISTEN',
    'CONNECT_URL',
    'CHRONOS_DB_A_LEGACY',
  ]);
  expect(errors.join()).not.toContain('secret');
});
