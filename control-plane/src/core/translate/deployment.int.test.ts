import { setTimeout as delay } from 'node:timers/promises';
import { expect, jest, test } from '@jest/globals';
import { startScene } from '../../../testdata/translate/scene.ts';
import { startUniverse } from '../../../testdata/translate/universe.ts';
import type { DataPlane } from '../ir.ts';

// Real processes on a machine that may be busy with others.
jest.setTimeout(30_000);

test('another build takes over without a failed request, writes neither', async () => {
  const scene = await startScene();
  const next = await startUniverse('modern');
  const onNext = (ir: DataPlane): DataPlane => ({
    ...ir,
    migrations: ir.migrations.map((migration) => ({
      ...migration,
      modern: {
        ...migration.modern,
        endpoints: [{ address: { host: '127.0.0.1', port: next.port }, deployment: 'new@2' }],
      },
    })),
  });
  let going = true;
  const outcomes = new Map<string, number>();
  const client = async () => {
    while (going) {
      const answer = await scene.send('/', { method: 'POST', body: 'x', headers: { 'x-customer': 'a' } });
      const outcome = `${answer.status} ${answer.text}`;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
  };
  try {
    await scene.setWeight(10_000);
    const clients = [client(), client(), client(), client()];
    await scene.modern.request(() => true);
    await scene.proxy.apply(onNext(scene.plane(10_000)));
    await next.request(() => true);
    const before = scene.modern.seen.length;
    await next.request(() => next.seen.length >= 50);
    going = false;
    await Promise.all(clients);
    expect([...outcomes.keys()]).toEqual(['200 modern']);
    // At most what was under way when the endpoints moved.
    expect(scene.modern.seen.length - before).toBeLessThanOrEqual(4);
  } finally {
    going = false;
    await scene.dispose();
    await next.close();
  }
});

test('the copies under way when a migration is sealed are still answered by legacy', async () => {
  const scene = await startScene({ migration: { copyDeadlineMs: 5_000 } });
  const stat = async (name: string) => (await scene.proxy.envoy.admin.stats(`^${name}$`)).get(name) ?? 0;
  const answered = () => stat('cluster.shop/legacy_shadow.upstream_rq_200');
  try {
    await scene.setWeight(10_000);
    const before = await answered();
    const removed = await stat('cluster_manager.cluster_removed');
    const answer = await scene.get('/', { 'x-customer': 'a', 'x-legacy': 'slow' });
    expect(answer.text).toBe('modern');
    await scene.legacy.request(({ headers }) => headers['x-legacy'] === 'slow');
    const plane = scene.plane(10_000);
    await scene.proxy.apply({
      ...plane,
      migrations: plane.migrations.map((migration) => ({
        ...migration,
        groups: migration.groups.map((group) => ({ ...group, mode: 'sealed' as const })),
      })),
    });
    while ((await stat('cluster_manager.cluster_removed')) === removed) await delay(10);
    while ((await answered()) === before) await delay(10);
    expect((await scene.get('/', { 'x-customer': 'a' })).text).toBe('modern');
    expect(scene.legacy.seen).toHaveLength(1);
  } finally {
    await scene.dispose();
  }
});
