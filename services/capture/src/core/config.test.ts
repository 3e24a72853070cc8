import { expect, test } from '@jest/globals';
import { parseConfig } from './config.ts';

const key = '0123456789abcdef0123456789abcdef';
const least = {
  CAPTURE_LISTEN: '127.0.0.1:18080',
  KAFKA_BROKERS: 'a:9092, b:9092',
  CHRONOS_MASKING_KEY: key,
};

const parse = (env: Record<string, string>) =>
  parseConfig(env, (path) => {
    if (path === '/key') return `${key}\n`;
    throw new Error('ENOENT');
  });

test('the least that must be set', () => {
  expect(parse(least)).toEqual({
    config: {
      listen: { host: '127.0.0.1', port: 18080 },
      brokers: ['a:9092', 'b:9092'],
      bodyBytesMax: 1_048_576,
      metricsListen: undefined,
      maskingKey: key,
    },
  });
});

test('everything', () => {
  const env = {
    ...least,
    CAPTURE_LISTEN: '[::1]:0',
    CAPTURE_MAX_BODY_BYTES: '0',
    METRICS_LISTEN: 'localhost:1',
  };
  expect(parse(env)).toMatchObject({
    config: {
      listen: { host: '::1', port: 0 },
      bodyBytesMax: 0,
      metricsListen: { host: 'localhost', port: 1 },
    },
  });
});

test('reports all errors together', () => {
  const env = { KAFKA_BROKERS: 'a', CAPTURE_MAX_BODY_BYTES: '1MB', METRICS_LISTEN: 'x:99999' };
  expect(parse(env)).toEqual({
    errors: [
      'CAPTURE_LISTEN is not set: expected host:port',
      'KAFKA_BROKERS is "a": expected host:port, more than one separated by commas',
      'CAPTURE_MAX_BODY_BYTES is "1MB": expected a whole number from 0 to 16777216',
      'METRICS_LISTEN is "x:99999": expected host:port',
      'CHRONOS_MASKING_KEY is not set: expected a random secret of at least 32 characters',
    ],
  });
});

test('the masking key from a file', () => {
  const { CHRONOS_MASKING_KEY, ...rest } = least;
  expect(parse({ ...rest, CHRONOS_MASKING_KEY_FILE: '/key' })).toMatchObject({
    config: { maskingKey: CHRONOS_MASKING_KEY },
  });
});

test.each([
  [
    { CHRONOS_MASKING_KEY: 'hush' },
    'CHRONOS_MASKING_KEY has 4 characters: expected a random secret of at least 32 characters',
  ],
  [
    { CHRONOS_MASKING_KEY: '', CHRONOS_MASKING_KEY_FILE: '/none' },
    'CHRONOS_MASKING_KEY_FILE is "/none": ENOENT',
  ],
  [
    { CHRONOS_MASKING_KEY_FILE: '/key' },
    'CHRONOS_MASKING_KEY and CHRONOS_MASKING_KEY_FILE are both set: expected one',
  ],
])('what is wrong with a masking key never shows it', (env, error) => {
  expect(parse({ ...least, ...env })).toEqual({ errors: [error] });
});
