import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
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

test('a collector that hangs holds up nobody’s end', async () => {
  const collector = createServer(() => {}).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const asked = new Promise<ServerResponse>((resolve) =>
    collector.once('request', (_, answer) => resolve(answer)),
  );
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  try {
    const stop = await startTracing('test');
    expect(recordSpan('capture', { traceparent: parent })).not.toBe(parent);
    await stop();
    const answer = await asked;
    expect(answer.closed).toBe(false); // ended first: the exporter, which waits for ten seconds, has not given up yet
    answer.writeHead(400).end(); // or the exporter would try again
  } finally {
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    collector.close();
  }
}, 120_000); // a cold load of the SDK is most of it

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
