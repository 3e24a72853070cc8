import { expect, test } from '@jest/globals';
import { recordSpan, startTracing, traceIdOf, withSpan } from './tracing.ts';

const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

test('without an exporter the context still travels on', async () => {
  const stop = await startTracing('test');
  expect(recordSpan('capture', { traceparent: parent })).toBe(parent);
  expect(await withSpan('judge', { traceparent: parent }, (traceparent) => traceparent)).toBe(parent);
  expect(recordSpan('capture', {})).toBe('');
  await stop();
});

test('a span passes its work on and its errors out', async () => {
  expect(await withSpan('x', {}, async () => 7)).toBe(7);
  await expect(
    withSpan('x', {}, () => {
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
});

test.each([
  ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', '0af7651916cd43dd8448eb211c80319c'],
  ['garbage', ''],
  ['', ''],
])('trace id of %j is %j', (traceparent, id) => {
  expect(traceIdOf(traceparent)).toBe(id);
});
