import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import { context, trace } from '@opentelemetry/api';
import { recordSql } from './sql-spans.ts';
import { currentTraceparent, startTracing, withSpan } from './tracing.ts';

test('statements are recorded below the span that asked, without their parameters, and answer as before', async () => {
  const started: [string, string | undefined, object][] = [];
  trace.setGlobalTracerProvider({
    getTracer: () => ({
      startActiveSpan: () => undefined as never,
      startSpan: (name, options, parent) => {
        started.push([
          name,
          trace.getSpanContext(parent ?? context.active())?.traceId,
          options?.attributes ?? {},
        ]);
        return trace.wrapSpanContext({ traceId: '', spanId: '', traceFlags: 0 });
      },
    }),
  });
  await startTracing('bank'); // no collector: only traceparents are understood
  class FakePool extends EventEmitter {
    query = async (text: string, values: unknown[]) => {
      if (text.startsWith('BROKEN')) throw new Error('no');
      return { rows: [text, values] };
    };
  }
  const pool = new FakePool();
  recordSql(pool);
  expect(await pool.query('SELECT 0', [])).toEqual({ rows: ['SELECT 0', []] });
  expect(started).toEqual([]);
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
  await withSpan('GetBalance', { traceparent }, async () => {
    await pool.query('SELECT pin FROM customers WHERE id = $1', ['4711']);
    await expect(pool.query('BROKEN', [])).rejects.toThrow('no');
  });
  expect(currentTraceparent()).toBe('');
  const text = 'SELECT pin FROM customers WHERE id = $1';
  expect(started.slice(1)).toEqual([
    ['sql select', traceId, { 'db.system.name': 'postgresql', 'db.query.text': text }],
    ['sql broken', traceId, { 'db.system.name': 'postgresql', 'db.query.text': 'BROKEN', error: true }],
  ]);
  trace.disable();
});
