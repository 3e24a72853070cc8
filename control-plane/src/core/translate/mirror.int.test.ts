import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Scene, startScene } from '../../../testdata/translate/scene.ts';

// Real processes on a machine that may be busy with others.
jest.setTimeout(30_000);

/** What may differ between a request and its copy. */
const own = ['x-chronos-copy', 'traceparent'];

describe('the mirror', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene.dispose());

  test.each([
    { answering: 'legacy', weight: 0 },
    { answering: 'modern', weight: 10_000 },
  ] as const)('when $answering answers, the other gets the same request', async ({ answering, weight }) => {
    await scene.setWeight(weight);
    const path = `/${randomUUID()}`;
    const headers = {
      'x-customer': 'a',
      'x-request-id': 'of-the-client',
      'x-chronos-request-id': 'forged',
      'x-chronos-copy': '1',
      'x-forwarded-for': '203.0.113.7',
    };
    const answer = await scene.send(path, { method: 'POST', body: 'x'.repeat(50_000), headers });
    expect(answer.text).toBe(answering);
    const other = answering === 'legacy' ? scene.modern : scene.legacy;
    const original = await scene[answering].request(({ url }) => url === path);
    const copy = await other.request(({ url }) => url === path);
    expect(original.headers['x-chronos-copy']).toBeUndefined();
    expect(copy.headers['x-chronos-copy']).toBe('1');
    const same = (seen: typeof copy) =>
      Object.entries(seen.headers)
        .filter(([name]) => !own.includes(name))
        .sort();
    expect(same(copy)).toEqual(same(original));
    expect(copy.bodyBytes).toBe(50_000);
    expect(original.headers['x-request-id']).toBe('of-the-client');
    expect(original.headers['x-chronos-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(original.headers['x-chronos-route']).toBe('shop/all');
    const traceId = (seen: typeof copy) => String(seen.headers.traceparent).split('-')[1];
    expect(traceId(copy)).toMatch(/^[0-9a-f]{32}$/);
    expect(traceId(copy)).toBe(traceId(original));
    await scene.setWeight(0);
  });

  test.each([
    [
      'a client that traces is followed',
      '01',
      { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
    ],
    ['without sampling the context travels all the same', '00', {}],
  ])('%s', async (_, flags, headers: Record<string, string>) => {
    const path = `/${randomUUID()}`;
    await scene.get(path, headers);
    for (const universe of [scene.legacy, scene.modern]) {
      const { headers: got } = await universe.request(({ url }) => url === path);
      expect(got.traceparent).toMatch(new RegExp(`^00-[0-9a-f]{32}-[0-9a-f]{16}-${flags}$`));
      if (headers.traceparent !== undefined)
        expect(got.traceparent).toContain('0af7651916cd43dd8448eb211c80319c');
    }
  });

  test('each request has an id of its own, whatever the client says', async () => {
    const send = () => scene.get('/ids', { 'x-request-id': 'again' });
    await Promise.all([send(), send(), send()]);
    const ids = scene.legacy.seen
      .filter(({ url }) => url === '/ids')
      .map(({ headers }) => headers['x-chronos-request-id']);
    expect(new Set(ids).size).toBe(3);
  });

  test('a shadow that does not read holds up a large upload until the copy’s deadline, no longer', async () => {
    const headers = { 'x-customer': 'a', 'x-modern': 'deaf' };
    const started = performance.now();
    const answer = await scene.send('/upload', { method: 'POST', body: Buffer.alloc(20_000_000), headers });
    expect([answer.status, answer.text]).toEqual([200, 'legacy']);
    expect((await scene.legacy.request(({ url }) => url === '/upload')).bodyBytes).toBe(20_000_000);
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  test('a shadow that is not there does not touch the client, large uploads neither', async () => {
    await scene.modern.close();
    const upload = { method: 'POST', body: Buffer.alloc(20_000_000), headers: { 'x-customer': 'a' } };
    const answers = await Promise.all([scene.get('/'), scene.send('/gone', upload)]);
    expect(answers.map(({ status, text }) => `${status} ${text}`)).toEqual(['200 legacy', '200 legacy']);
  });
});

describe('with copies that may take long', () => {
  const copyDeadlineMs = 8_000;
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene({ migration: { copyDeadlineMs } });
  });
  afterAll(() => scene.dispose());

  test.each(['503', 'reset', 'hang', 'deaf'])(
    'a shadow that answers with %s does not touch the client',
    async (failure) => {
      const started = performance.now();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => scene.get('/', { 'x-customer': 'a', 'x-modern': failure })),
      );
      expect(answers.map(({ status, text }) => `${status} ${text}`)).toEqual(Array(20).fill('200 legacy'));
      expect(performance.now() - started).toBeLessThan(copyDeadlineMs);
    },
  );
});
