import { EntanglementService, JobState } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Universe } from './core/mapping/catalog.ts';
import {
  OLD_ITEM,
  OrderAudit,
  type OrderBug,
  orderEntities,
  orderIdentifiers,
  orderSchema,
  type Purchase,
} from './testing/order-audit.ts';
import { type Rig, startRig } from './testing/rig.ts';

jest.setTimeout(120_000);

let rig: Rig;
let audit: OrderAudit;
beforeAll(async () => {
  rig = await startRig(orderEntities, orderSchema, 'pgoutput', {}, orderIdentifiers);
  await rig.start();
  await rig.streaming();
  audit = new OrderAudit(rig);
  await audit.start();
}, 120_000);
afterAll(async () => {
  await audit?.close();
  await rig?.close();
}, 60_000);

/** Six clients at once. */
async function traffic(purchases: readonly Purchase[], authority: Universe): Promise<string[]> {
  const left = [...purchases];
  const requests: string[] = [];
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift())
        requests.push(...(await audit.buy(next, authority)));
    }),
  );
  return requests;
}

const items = (name: string, count: number, rest: (n: number) => Omit<Purchase, 'item'>): Purchase[] =>
  Array.from({ length: count }, (_, n) => ({ item: `${name}-${n}`, ...rest(n) }));

const kindOf = (request: string) => Kind[audit.verdictsOf(request).at(-1)?.kind ?? 0];

/** Both databases say the same, though one number stands for different orders in them; `chronos verify` proves it. */
async function equal(): Promise<void> {
  expect(await audit.books('modern')).toEqual(await audit.books('legacy'));
  const [legacy, modern] = [await audit.numbers('legacy'), await audit.numbers('modern')];
  const shared = [...legacy].filter(([id, item]) => modern.has(id) && modern.get(id) !== item);
  expect(shared.length).toBeGreaterThan(10);
  const api = createClient(
    EntanglementService,
    createConnectTransport({ baseUrl: rig.url(), httpVersion: '1.1' }),
  );
  const { id } = await api.startVerification({ migration: 'books' });
  let state = JobState.UNSPECIFIED;
  for await (const seen of api.watchVerification({ migration: 'books', verificationId: id })) {
    expect(seen.differences).toEqual([]);
    state = seen.state;
  }
  expect(state).toBe(JobState.CLEAN);
}

describe('orders that both universes number themselves', () => {
  test('what modern does wrong to its own row of an order is found, attributed, repaired and verified; lost copies too', async () => {
    const bugs: readonly OrderBug[] = ['another note', 'another order paid', 'another amount', 'no payment'];
    const wrong = bugs.flatMap((bug) =>
      [0, 1].map((n): Purchase => ({ item: `${bug.replaceAll(' ', '-')}-${n}`, bug })),
    );
    const right = items('shadow', 16, (n) =>
      n % 8 === 3 ? { lost: 'buy' } : n % 8 === 6 ? { lost: 'pay' } : {},
    );
    const requests = await traffic(
      right.flatMap((one, at) => [one, ...wrong.slice(at / 2, at % 2 === 0 ? at / 2 + 1 : 0)]),
      'legacy',
    );
    expect(requests).toHaveLength(2 * (right.length + wrong.length));
    const [old = ''] = [...(await audit.numbers('legacy'))].find(([, item]) => item === OLD_ITEM) ?? [];
    expect([...(await audit.numbers('modern')).values()]).not.toContain(OLD_ITEM);
    requests.push(await audit.pay({ item: OLD_ITEM }, 'legacy', { legacy: old }));
    // That includes the old one: modern has none that could be it, so that it is made there.
    await audit.settled(requests);
    for (const { item, bug } of wrong) {
      const guilty = bug === 'another note' ? 'buy' : 'pay';
      expect([bug, kindOf(`${item}-${guilty}`)]).toEqual([bug, 'MISMATCH']);
      if (guilty === 'pay') expect([bug, kindOf(`${item}-buy`)]).not.toEqual([bug, 'MISMATCH']);
    }
    const innocent = right.flatMap(({ item, lost }) => [
      ...(lost === 'buy' ? [] : [`${item}-buy`]),
      ...(lost === undefined ? [`${item}-pay`] : []),
    ]);
    expect(innocent.filter((request) => kindOf(request) === 'MISMATCH')).toEqual([]);
    await equal();
  });

  test('after a kill both have handed out the same numbers for different orders, with copies lost both ways: nothing is outstanding', async () => {
    rig.controlPlane.change(({ groups }) => {
      for (const group of groups) group.stage = Stage.SWAPPED;
    });
    const swapped = await traffic(
      items('swapped', 10, (n) => (n % 3 === 0 ? { lost: 'buy' } : {})),
      'modern',
    );
    rig.controlPlane.change(({ groups }) => {
      for (const group of groups) group.stage = Stage.KILLED;
    });
    const killed = await traffic(
      items('killed', 10, (n) => (n % 3 === 0 ? { lost: 'buy' } : {})),
      'legacy',
    );
    await audit.settled([...swapped, ...killed]);
    await equal();
  });
});
