import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Scene, startScene } from '../../../testdata/translate/scene.ts';

// Real processes on a machine that may be busy with others.
jest.setTimeout(30_000);

const failures = ['503', '500', 'reset', 'hang'];
const key = { 'idempotency-key': 'k' };

describe('modern answers', () => {
  let scene: Scene;
  // A scene for each: five failures in a row eject modern, which another test shall not meet.
  beforeEach(async () => {
    scene = await startScene({ group: { perTryTimeoutMs: 300 } });
    await scene.setWeight(10_000);
  });
  afterEach(() => scene.dispose());

  test.each(failures)('%s of modern becomes the answer of legacy for a read', async (failure) => {
    const answer = await scene.get('/read', { 'x-customer': 'a', 'x-modern': failure });
    expect([answer.status, answer.text]).toEqual([200, 'legacy']);
  });

  test.each(failures)('%s of modern becomes the answer of legacy for a write with a key', async (failure) => {
    const headers = { 'x-customer': 'a', 'x-modern': failure, ...key };
    const answer = await scene.send('/write', { method: 'POST', body: 'x'.repeat(10_000), headers });
    expect([answer.status, answer.text]).toEqual([200, 'legacy']);
    const attempt = await scene.legacy.request(({ headers }) => headers['x-envoy-attempt-count'] === '2');
    expect(attempt.bodyBytes).toBe(10_000);
  });

  test('a write without a key is never sent twice to clients’ universes', async () => {
    const post = (failure: string) =>
      scene.send(`/${failure}`, {
        method: 'POST',
        body: 'x',
        headers: { 'x-customer': 'a', 'x-modern': failure },
      });
    expect((await post('503')).status).toBe(503);
    expect((await post('reset')).status).toBe(503);
    expect((await post('slow')).text).toBe('modern');
    expect(scene.legacy.seen.filter(({ headers }) => headers['x-chronos-copy'] !== '1')).toEqual([]);
  });

  test('a body that is too large to keep is sent once, whatever comes of it', async () => {
    const upload = (headers: Record<string, string>) =>
      scene.send('/', {
        method: 'POST',
        body: Buffer.alloc(5_000_000),
        headers: { 'x-customer': 'a', ...key, ...headers },
      });
    expect((await upload({})).text).toBe('modern');
    expect((await upload({ 'x-modern': '503' })).status).toBe(503);
    expect(scene.modern.seen.map(({ bodyBytes }) => bodyBytes)).toEqual([5_000_000, 5_000_000]);
  });

  test('a client cannot ask for retries of its own', async () => {
    const headers = {
      'x-customer': 'a',
      'x-modern': '503',
      'x-envoy-retry-on': '5xx',
      'x-envoy-max-retries': '3',
    };
    const answer = await scene.send('/write', { method: 'POST', body: 'x', headers });
    expect(answer.status).toBe(503);
    expect(scene.modern.seen.length).toBe(1);
  });

  test('nobody there: every request, writes too, is answered by legacy', async () => {
    await scene.modern.close();
    const write = { method: 'POST', body: 'x', headers: { 'x-customer': 'a' } };
    const answers = [
      await scene.get('/'),
      ...(await Promise.all([1, 2, 3, 4].map(() => scene.send('/', write)))),
    ];
    expect(answers.map(({ status, text }) => `${status} ${text}`)).toEqual(Array(5).fill('200 legacy'));
  });

  test('after failures in a row modern is asked no more', async () => {
    const get = () => scene.get('/', { 'x-customer': 'a', 'x-modern': '503' });
    for (let sent = 0; sent < 5; sent += 1) await get();
    const asked = scene.modern.seen.length;
    const write = await scene.send('/', { method: 'POST', body: 'x', headers: { 'x-customer': 'a' } });
    expect(write.text).toBe('legacy');
    expect(scene.modern.seen.length).toBe(asked);
  });
});

describe('legacy answers', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene({ group: { perTryTimeoutMs: 300 } });
  });
  afterAll(() => scene.dispose());

  test('its failure is the client’s, once, and never leads to modern', async () => {
    const answer = await scene.get('/broken', { 'x-customer': 'a', 'x-legacy': '503' });
    expect(answer.status).toBe(503);
    expect(scene.legacy.seen.filter(({ url }) => url === '/broken').length).toBe(1);
  });

  test('it may take longer than a try', async () => {
    const answer = await scene.get('/slow', { 'x-customer': 'a', 'x-legacy': 'slow' });
    expect([answer.status, answer.text]).toEqual([200, 'legacy']);
    expect(scene.legacy.seen.filter(({ url }) => url === '/slow').length).toBe(1);
  });

  test('its error statuses pass as they are', async () => {
    expect((await scene.get('/', { 'x-customer': 'a', 'x-legacy': '404' })).status).toBe(404);
    expect((await scene.get('/', { 'x-customer': 'a', 'x-legacy': '500' })).text).toBe('legacy');
  });
});
