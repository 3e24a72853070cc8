import { expect, test } from '@jest/globals';
import { parseConfig } from './config.ts';

const least = { CAPTURE_LISTEN: '127.0.0.1:18080', KAFKA_BROKERS: 'a:9092, b:9092' };

test('the least that must be set', () => {
  expect(parseConfig(least)).toEqual({
    config: {
      listen: { host: '127.0.0.1', port: 18080 },
      brokers: ['a:9092', 'b:9092'],
      bodyBytesMax: 1_048_576,
      metricsListen: undefined,
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
  expect(parseConfig(env)).toMatchObject({
    config: {
      listen: { host: '::1', port: 0 },
      bodyBytesMax: 0,
      metricsListen: { host: 'localhost', port: 1 },
    },
  });
});

test('reports all errors together', () => {
  const env = { KAFKA_BROKERS: 'a', CAPTURE_MAX_BODY_BYTES: '1MB', METRICS_LISTEN: 'x:99999' };
  expect(parseConfig(env)).toEqual({
    errors: [
      'CAPTURE_LISTEN is not set: expected host:port',
      'KAFKA_BROKERS is "a": expected host:port, more than one separated by commas',
      'CAPTURE_MAX_BODY_BYTES is "1MB": expected a whole number from 0 to 16777216',
      'METRICS_LISTEN is "x:99999": expected host:port',
    ],
  });
});
