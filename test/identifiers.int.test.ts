import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
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
  readonly payments: number;
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
  await run.copiesFlow('shop');
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

  // Customers who pay at once what they have just ordered, and look at once whether it is paid, go on through every step.
  const orders: { readonly id: string; readonly look: (id: string) => Promise<Order> }[] = [];
  const stop = new AbortController();
  const traffic = Array.from({ length: 3 }, async (_, shopper) => {
    for (let customer = 0; !stop.signal.aborted; customer += 1) {
      const { buy, look } = await client(`http://${started.listen}`, `c${shopper}-${customer}`);
      const id = await buy('chair');
      expect(await look(id)).toMatchObject({ paid: true, payments: 1 });
      orders.push({ id, look });
      // So many that others on this machine can work, too.
      await delay(150);
    }
  });
  const failed = Promise.race(traffic.map((shopper) => shopper.then(() => undefined)));
  const swapped = until('the hot-swap', async () => (await group())?.stage === Stage.SWAPPED, {
    withinMs: 150_000,
    look: started.output,
  });
  try {
    await Promise.race([swapped, failed]);
    const atSwap = orders.length;
    const more = until('orders after it', () => orders.length > atSwap + 20, { withinMs: 30_000 });
    await Promise.race([more, failed]);
  } finally {
    stop.abort();
    await Promise.allSettled([...traffic, swapped]);
  }
  await Promise.all(traffic);
  // Modern answers, and knows what legacy had named, for a session that legacy had opened.
  const seen = await regular.look(old);
  expect(seen).toMatchObject({ item: 'lamp', paid: true });
  expect(seen.id).toMatch(/^[0-9a-f]{8}-/);
  for (const { id, look } of orders) expect(await look(id)).toMatchObject({ paid: true, payments: 1 });

  const { groups } = await run.verdicts.listMismatchGroups({ migration: 'shop' });
  expect(groups).toEqual([]);
  const { verdicts } = await started.state('shop');
  expect(verdicts.mismatch ?? 0n).toBe(0n);
  expect(Number(verdicts.equivalent)).toBeGreaterThan(100);

  // And legacy has every payment once, too: those of its own time, and those that modern has taken.
  await started.migrations.killMigration({ name: 'shop', actor: 'test', reason: 'to see what legacy has' });
  for (const { id, look } of orders) {
    const order = await look(id);
    expect(order).toMatchObject({ paid: true, payments: 1 });
    expect(order.id).toMatch(/^ORD-/);
  }
}, 300_000);
