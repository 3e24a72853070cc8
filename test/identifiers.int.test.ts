import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { afterAll, expect, test } from '@jest/globals';
import { type ChronosRun, chronosRun } from './harness/chronos-run.ts';
import { until } from './harness/until.ts';

const docs = resolve(import.meta.dirname, '../docs');
let run: ChronosRun | undefined;

afterAll(async () => {
  await run?.stop();
}, 60_000);

interface Order {
  readonly id: string;
  readonly paid: boolean;
}

/** A client of the shop; everything it asks for has to be there. */
async function client(url: string, customer: string) {
  const ask = async (method: string, path: string, cookie = '', body?: object) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'x-customer': customer, cookie, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status} ${text}`);
    return { order: JSON.parse(text) as Order, session: response.headers.get('set-cookie')?.split(';')[0] };
  };
  const { session = '' } = await ask('POST', '/login');
  return {
    async buy(item: string) {
      const { order } = await ask('POST', '/orders', session, { item });
      await ask('POST', '/payments', session, { order_id: order.id });
      return order.id;
    },
    greet: () => ask('GET', '/me', session),
    look: async (id: string) => (await ask('GET', `/orders/${id}`, session)).order,
  };
}

test('a shop whose universes make ids of their own is migrated as docs/identifiers.md says', async () => {
  const file = await readFile(join(docs, 'identifiers/shop.yaml'), 'utf8');
  // What the page shows is what runs.
  expect(await readFile(join(docs, 'identifiers.md'), 'utf8')).toContain(file.trimEnd());
  run = await chronosRun({
    migration: file
      .replace('127.0.0.1:8080', '"@LISTEN@"')
      .replaceAll('shop.mjs', join(docs, 'identifiers/shop.mjs')),
  });
  const started = run;
  const group = async () => (await started.state('shop')).groups[0];
  await until('copies flow', async () => (await group())?.stage === Stage.SHADOW, {
    withinMs: 60_000,
    look: run.output,
  });
  // Sessions from before the copies flowed are known to legacy alone. And a machine that is busy with others takes its time to get going: what
  // only reads may be lost meanwhile.
  const regular = await until(
    'copies with a translated session are compared',
    async () => {
      const one = await client(`http://${started.listen}`, 'regular').catch(() => undefined);
      await one?.greet();
      return Number((await started.state('shop')).verdicts.identical ?? 0) > 0 && one;
    },
    { withinMs: 90_000, look: run.output },
  );
  const old = await regular.buy('lamp');
  expect(old).toMatch(/^ORD-/);

  let customers = 0;
  await until(
    'the hot-swap',
    async () => {
      // A client that writes to what it made a moment before, just as traffic moves, may meet modern before its copy did (docs/identifiers.md,
      // Limits): these pay at once. So nobody is on the way when a step is taken.
      await started.migrations.pauseMigration({ name: 'shop', actor: 'test' });
      await Promise.all(
        Array.from({ length: 5 }, async () => {
          customers += 1;
          const { buy, look } = await client(`http://${started.listen}`, `c${customers}`);
          expect(await look(await buy('chair'))).toMatchObject({ paid: true });
        }),
      );
      await until('all is compared', async () => (await started.state('shop')).coverage?.pending === 0n, {
        withinMs: 30_000,
        look: started.output,
      });
      await started.migrations.resumeMigration({ name: 'shop', actor: 'test' });
      return (await group())?.stage === Stage.SWAPPED;
    },
    { withinMs: 150_000, look: started.output },
  );
  // Modern answers, and knows what legacy had named, for a session that legacy had opened.
  const seen = await regular.look(old);
  expect(seen).toMatchObject({ item: 'lamp', paid: true });
  expect(seen.id).toMatch(/^[0-9a-f]{8}-/);

  const { groups } = await run.verdicts.listMismatchGroups({ migration: 'shop' });
  expect(groups).toEqual([]);
  const { verdicts } = await started.state('shop');
  expect(verdicts.mismatch ?? 0n).toBe(0n);
  expect(Number(verdicts.equivalent)).toBeGreaterThan(100);
}, 300_000);
