import { expect, test } from '@jest/globals';
import { openLog, requestIds } from './log.ts';

function lines(env: Record<string, string> = {}) {
  const written: string[] = [];
  const log = openLog('capture', { env, write: (line) => written.push(line) });
  return { log, written, read: () => written.map((line) => JSON.parse(line)) };
}

test('a line is a JSON object with level, time, part, message and the ids of the request', () => {
  const { log, read } = lines();
  const headers = new Headers({
    'x-chronos-request-id': 'r-1',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  });
  log.warn(requestIds(headers), 'lost');
  expect(read()).toEqual([
    {
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      part: 'capture',
      request_id: 'r-1',
      trace_id: '0af7651916cd43dd8448eb211c80319c',
      msg: 'lost',
    },
  ]);
});

test('no secret is written: not one of the environment, a URL, a header or a field', () => {
  const secret = 'kX"9\\vTq72mB';
  const jwt = `eyJhbGciOiJIUzI1NiJ9.${'x'.repeat(20)}.${'y'.repeat(20)}`;
  const { log, written, read } = lines({ CHRONOS_MASKING_KEY: secret });
  log.info(`the key is ${secret}`);
  log.error({ err: new Error('connect postgres://bank:hunter22@127.0.0.1:5432/bank') }, 'no database');
  log.info({ request: { headers: { authorization: `Bearer ${jwt}`, cookie: 'session=s3ssion' } } }, jwt);
  log.info(`asked with Bearer abcdefgh12345 and with authorization Basic dXNlcjpwYXNz`);
  log.info({ password: 'hunter22' }, 'login');
  const text =
    written.join('') +
    read()
      .map((line) => `${line.msg} ${JSON.stringify(line)}`)
      .join('');
  for (const hidden of [secret, 'hunter22', jwt, 's3ssion', 'abcdefgh12345', 'dXNlcjpwYXNz'])
    expect(text).not.toContain(hidden);
  expect(read().map((line) => line.msg)[1]).toBe('no database');
  expect(text).toContain('postgres://bank:[redacted]@127.0.0.1:5432/bank');
});

test('CHRONOS_LOG_LEVEL says how much is written, and an unknown word is told', () => {
  const quiet = lines({ CHRONOS_LOG_LEVEL: 'error' });
  quiet.log.warn('no');
  quiet.log.error('yes');
  expect(quiet.read().map((line) => line.msg)).toEqual(['yes']);
  const odd = lines({ CHRONOS_LOG_LEVEL: 'loud' });
  odd.log.info('still');
  expect(odd.read().map((line) => line.msg)).toEqual([expect.stringContaining('loud'), 'still']);
});
