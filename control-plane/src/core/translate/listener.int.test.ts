import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { type Scene, startScene } from '../../../testdata/translate/scene.ts';

// Real processes on a machine that may be busy with others.
jest.setTimeout(30_000);

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.dispose());

test('a listener that is taken away lets its requests finish and takes no more', async () => {
  const inFlight = scene.get('/', { 'x-legacy': 'slow' });
  const arrived = scene.legacy.request(({ headers }) => headers['x-legacy'] === 'slow');
  await arrived;
  await scene.proxy.apply({ capture: { host: '127.0.0.1', port: 1 }, otlp: null, migrations: [] });
  const answer = await inFlight;
  expect([answer.status, answer.text]).toEqual([200, 'legacy']);
  const refused = async () => {
    try {
      await scene.get('/');
      return false;
    } catch {
      return true;
    }
  };
  const deadline = performance.now() + 10_000;
  while (!(await refused())) expect(performance.now()).toBeLessThan(deadline);
});

test('headers beyond the limit are refused, and the proxy goes on', async () => {
  expect((await scene.get('/', { 'x-big': 'x'.repeat(70_000) })).status).toBe(431);
  expect((await scene.get('/')).text).toBe('legacy');
});

test('the path is normalised before a route is chosen', async () => {
  const { hostname, port } = new URL(scene.url);
  await scene.get('/a/%2e%2e/b');
  expect((await scene.legacy.request(({ url }) => url === '/b')).headers.host).toBe(`${hostname}:${port}`);
});

test('what the service says passes untouched: nothing tells that a proxy stands before it', async () => {
  const { headers } = await scene.get('/');
  expect([...headers.keys()].filter((name) => name === 'server' || name.startsWith('x-envoy'))).toEqual([]);
});
