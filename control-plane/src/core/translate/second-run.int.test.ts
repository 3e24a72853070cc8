import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Scene, startScene } from '../../../testdata/translate/scene.ts';
import { startUniverse, type Universe } from '../../../testdata/translate/universe.ts';

// Real processes on a machine that may be busy with others.
jest.setTimeout(30_000);

describe('legacy’s second run', () => {
  let scene: Scene;
  let second: Universe;
  beforeAll(async () => {
    second = await startUniverse('second');
    scene = await startScene({
      migration: { second: { address: { host: '127.0.0.1', port: second.port }, writes: false } },
    });
  });
  afterAll(async () => {
    await scene.dispose();
    await second.close();
  });

  const at = (path: string, universe: Universe) => universe.request(({ url }) => url === path);

  test.each([
    { answering: 'legacy', weight: 0 },
    { answering: 'modern', weight: 10_000 },
  ] as const)(
    'gets a copy of what changes nothing, also when $answering answers',
    async ({ answering, weight }) => {
      await scene.setWeight(weight);
      const path = `/${randomUUID()}`;
      // What a client says of it is not heard.
      const headers = { 'x-customer': 'a', 'x-chronos-second': 'shop.modern' };
      expect((await scene.get(path, headers)).text).toBe(answering);
      const [copy, original, other] = await Promise.all([
        at(path, second),
        at(path, scene.legacy),
        at(path, scene.modern),
      ]);
      expect(copy.headers['x-chronos-copy']).toBe('1');
      const ids = [copy, original, other].map((seen) => seen.headers['x-chronos-request-id']);
      expect(new Set(ids).size).toBe(1);
      expect(copy.headers['x-chronos-second']).toBe('shop.legacy_second');
      await scene.setWeight(0);
    },
  );

  test('gets no writes', async () => {
    const [write, read] = [`/${randomUUID()}`, `/${randomUUID()}`];
    await scene.send(write, { method: 'POST', body: 'x', headers: { 'x-customer': 'a' } });
    await at(write, scene.modern);
    await scene.get(read, { 'x-customer': 'a' });
    await at(read, second);
    expect(second.seen.filter(({ url }) => url === write)).toEqual([]);
  });

  test('does not touch the client when it hangs or is gone', async () => {
    const slow = await scene.get('/', { 'x-customer': 'a', 'x-second': 'hang' });
    await second.close();
    const gone = await scene.get('/', { 'x-customer': 'a' });
    expect([slow, gone].map(({ status, text }) => `${status} ${text}`)).toEqual(['200 legacy', '200 legacy']);
  });
});
