import { afterEach, describe, expect, test } from '@jest/globals';
import { Counter, type Registry } from 'prom-client';
import { boundedLabel, type MetricsServer, processRegistry, serveMetrics } from './metrics.ts';

const servers: MetricsServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(registry: Registry): Promise<void> {
  servers.push(await serveMetrics(registry, { host: '127.0.0.1', port: 0 }));
}

async function served(path: string, method = 'GET'): Promise<Response> {
  return fetch(`http://127.0.0.1:${servers[0]?.port}${path}`, { method });
}

describe("a process' metrics", () => {
  test('are served with those that every process has, and only there', async () => {
    const registry = processRegistry();
    new Counter({ name: 'chronos_test_total', help: 'A test', registers: [registry] }).inc(3);
    await serve(registry);
    const answer = await served('/metrics?name=all');
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const text = await answer.text();
    expect(text).toContain('chronos_test_total 3');
    expect(text).toContain('# TYPE chronos_event_loop_delay_seconds histogram');
    expect(text).toContain('process_resident_memory_bytes');
    // They begin anew with each scrape.
    expect(text).not.toContain('nodejs_eventloop_lag');
    expect((await served('/')).status).toBe(404);
    expect((await served('/metrics', 'POST')).status).toBe(404);
  });

  test('a metric that cannot be read fails the scrape, not the process', async () => {
    const registry = processRegistry();
    new Counter({
      name: 'chronos_broken_total',
      help: 'Broken',
      registers: [registry],
      collect() {
        throw new Error('broken');
      },
    });
    await serve(registry);
    expect((await served('/metrics')).status).toBe(500);
    expect((await served('/')).status).toBe(404);
  });

  test('the event loop being held up is seen', async () => {
    const registry = processRegistry();
    const over = async (seconds: string) =>
      Number(
        new RegExp(`_bucket\\{le="${seconds}"\\} (\\d+)`).exec(await registry.metrics())?.[1] ?? Number.NaN,
      );
    const count = async () =>
      Number(/event_loop_delay_seconds_count (\d+)/.exec(await registry.metrics())?.[1]);
    const slow = async () => (await count()) - (await over('0.1'));
    const before = await slow();
    const until = performance.now() + 400;
    while (performance.now() < until);
    // The next sample comes when the loop turns again.
    while ((await slow()) === before) await new Promise((resolve) => setImmediate(resolve));
    expect(await slow()).toBeGreaterThan(before);
  });
});

test('a label that clients choose stays bounded', () => {
  const bounded = boundedLabel(2);
  expect(['a', 'b', 'c', 'a', 'd'].map(bounded)).toEqual(['a', 'b', 'other', 'a', 'other']);
});
