import { describe, expect, test } from '@jest/globals';
import { readSettings } from './env.ts';

describe('the environment', () => {
  test('is read into settings', () => {
    expect(readSettings({ KAFKA_BROKERS: 'a:1, b:2', METRICS_LISTEN: '[::1]:0' })).toEqual({
      brokers: ['a:1', 'b:2'],
      group: 'chronos-arbiter',
      metrics: { host: '::1', port: 0 },
    });
  });

  test('tells all errors at once', () => {
    expect(readSettings({ KAFKA_BROKERS: 'a', ARBITER_GROUP: 'a b', METRICS_LISTEN: 'x:99999' })).toEqual({
      errors: [
        expect.stringContaining('KAFKA_BROKERS'),
        expect.stringContaining('ARBITER_GROUP'),
        expect.stringContaining('METRICS_LISTEN'),
      ],
    });
    expect(readSettings({})).toEqual({ errors: [expect.stringContaining('KAFKA_BROKERS is missing')] });
  });
});
