import { LogLevel } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { expect, test } from '@jest/globals';
import { readLogLine } from './log-line.ts';

const written = (fields: object) =>
  JSON.stringify({
    level: 'warn',
    time: '2026-11-22T10:00:00.000Z',
    part: 'capture',
    msg: 'slow',
    ...fields,
  });

test('a line of a part, with the ids by which its request is found', () => {
  expect(readLogLine(written({ request_id: 'r-1', trace_id: '4be8' }))).toEqual({
    atMs: Date.UTC(2026, 10, 22, 10),
    level: LogLevel.WARNING,
    text: 'slow',
    requestId: 'r-1',
    traceId: '4be8',
  });
});

test('what failed stands beside what was done', () => {
  const line = written({ level: 'fatal', msg: 'capture ends', err: { message: 'no broker', stack: '…' } });
  expect(readLogLine(line)).toMatchObject({ level: LogLevel.ERROR, text: 'capture ends: no broker' });
});

test.each<[string, string]>([
  ['plain text', 'customer C00042 has logged in with 1234'],
  ['JSON that is no log', '{"requests":{"sent":12}}'],
  ['half a line', written({}).slice(0, 40)],
  ['details', written({ level: 'debug' })],
  ['a list', '["warn"]'],
])('%s is not shown', (_, line) => {
  expect(readLogLine(line)).toBeUndefined();
});
