import { setTimeout as delay } from 'node:timers/promises';
import { Role, Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { type Scene, startScene, until } from './testing/scene.ts';

jest.setTimeout(120_000);

let scene: Scene;
let database: pg.Client;

beforeAll(async () => {
  scene = await startScene({
    // A machine that is busy with others takes its time.
    wait: '8s',
    answering: ['all'],
    bijections: [
      {
        name: 'orders',
        made: [{ route: 'POST /orders', at: 'body.id' }],
        used: [
          { route: 'GET /orders/*', at: 'path.2' },
          { route: 'POST /orders/*', at: 'path.2' },
          { at: 'body.order' },
        ],
      },
      {
        name: 'sessions',
        kind: 'IDENTIFIER_KIND_TOKEN',
        made: [{ route: 'POST /login', at: 'cookie.sid' }],
        used: [{ at: 'cookie.sid' }],
      },
      {
        name: 'baskets',
        made: [{ route: 'POST /baskets', at: 'body.number' }],
        used: [
          { route: 'GET /baskets/*', at: 'path.2' },
          { route: 'POST /baskets/*', at: 'path.2' },
        ],
      },
    ],
  });
  database = new pg.Client(scene.databaseUrl);
  await database.connect();
}, 120_000);

afterAll(async () => {
  await database?.end();
  await scene?.[Symbol.asyncDispose]();
});

const customers = 8;
/** Its copy waits while other tests go on. */
let unknownOrder: Promise<number>;
const copies = () => scene.exchanges.filter(({ role }) => role === Role.SHADOW);
const unsent = () => copies().filter(({ notSent }) => notSent !== '');

async function ask(path: string, init: RequestInit = {}) {
  const response = await fetch(`${scene.url}${path}`, { signal: AbortSignal.timeout(10_000), ...init });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const text = await response.text();
  return {
    status: response.status,
    cookie,
    text,
    json: () => JSON.parse(text) as { id: string; lines: number },
  };
}

/** A client that does everything at once after the answer it needs: no pause in which a pair could be learned. */
async function shop(customer: number, rounds: number): Promise<string[]> {
  const login = () => ask('/login', { method: 'POST', headers: { 'x-customer': `c${customer}` } });
  const headers = { cookie: (await login()).cookie, 'x-customer': `c${customer}` };
  // Only the order's own id tells that a read by another session comes after the write.
  const another = { ...headers, cookie: (await login()).cookie };
  const ids: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { id } = (await ask('/orders', { method: 'POST', headers })).json();
    ids.push(id);
    const line = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } };
    expect((await ask(`/orders/${id}/lines`, { ...line, body: JSON.stringify({ order: id }) })).status).toBe(
      200,
    );
    expect((await ask('/lines', { ...line, body: JSON.stringify({ order: id }) })).status).toBe(200);
    expect((await ask(`/orders/${id}`, { headers: another })).json()).toEqual({ id, lines: 2 });
  }
  return ids;
}

test('under concurrency no copy meets a wall or is overtaken: ids in paths and bodies, tokens in cookies', async () => {
  const all = await Promise.all(Array.from({ length: customers }, (_, customer) => shop(customer, 5)));
  const sent = customers * (2 + 5 * 4);
  await until('every copy is told of', () => copies().length >= sent);
  expect(unsent().map(({ notSent }) => notSent)).toEqual([]);
  const answers = Map.groupBy(scene.modern.answers, (answer) => answer);
  expect(Object.fromEntries([...answers].map(([answer, times]) => [answer, times.length]))).toEqual({
    'copy POST /login 200': 2 * customers,
    'copy POST /orders 201': 5 * customers,
    'copy POST /orders/:id 200': 5 * customers,
    'copy POST /lines 200': 5 * customers,
    'copy GET /orders/:id 200': 5 * customers,
  });
  expect([...scene.modern.orders.values()]).toEqual(all.flat().map(() => 2));
  const read = copies().filter(({ method }) => method === 'GET');
  const lines = read.map(({ response }) => JSON.parse(Buffer.from(response?.body ?? []).toString()).lines);
  expect(lines).toEqual(all.flat().map(() => 2));
  unknownOrder = ask('/login', { method: 'POST' })
    .then(({ cookie }) => ask('/orders/O-none', { headers: { cookie } }))
    .then(({ status }) => status);
});

test('tokens are neither in the database nor on a topic in clear', async () => {
  const { rows } = await database.query(
    "SELECT legacy, modern FROM identifiers.pairs WHERE bijection = 'sessions'",
  );
  expect(rows.length).toBeGreaterThanOrEqual(customers);
  const stored = rows.map(({ legacy, modern }) => Buffer.concat([legacy, modern]).toString('latin1')).join();
  for (const token of [...scene.legacy.sessions, ...scene.modern.sessions])
    expect(stored).not.toContain(token);
});

test('a body beyond the buffer is not sent; it is said why', async () => {
  const { cookie } = await ask('/login', { method: 'POST' });
  const { id } = (await ask('/orders', { method: 'POST', headers: { cookie } })).json();
  const tooLarge = () => unsent().filter(({ notSent }) => notSent === 'copy-too-large');
  const body = JSON.stringify({ order: id, note: 'x'.repeat(3_000_000) });
  const headers = { cookie, 'content-type': 'application/json' };
  expect((await ask(`/orders/${id}/lines`, { method: 'POST', headers, body })).status).toBe(200);
  await until('the copy is told of', () => tooLarge().length === 1);
});

test('what nobody learned is not sent: lost by its name, and the client has its answer', async () => {
  expect(await unknownOrder).toBe(404);
  const unlearned = () => unsent().filter(({ notSent }) => notSent === 'unlearned-id');
  await until('the copy is told of', () => unlearned().length > 0);
  expect(unlearned()).toMatchObject([{ universe: Universe.MODERN, migration: 'shop', group: 'all' }]);
  expect(scene.modern.answers.filter((answer) => / 40[14]$/.test(answer))).toEqual([]);
  for (const reason of ['malformed', 'no-request', 'cut-off'])
    expect([reason, await scene.capture.metric(`chronos_capture_lost_total{reason="${reason}"}`)]).toEqual([
      reason,
      0,
    ]);
});

test('pairs outlive the process', async () => {
  const { cookie } = await ask('/login', { method: 'POST' });
  const { id } = (await ask('/orders', { method: 'POST', headers: { cookie } })).json();
  await until('the pairs are stored', async () => {
    const { rows } = await database.query(
      "SELECT count(*)::int AS n FROM identifiers.pairs WHERE bijection = 'orders' AND convert_from(legacy, 'UTF8') = $1",
      [id],
    );
    return rows[0].n === 1;
  });
  await scene.restartIdentifiers('SIGKILL');
  const before = scene.modern.answers.length;
  expect((await ask(`/orders/${id}`, { headers: { cookie } })).status).toBe(200);
  await until('modern has answered', () => scene.modern.answers.length > before);
  expect(scene.modern.answers.at(-1)).toBe('copy GET /orders/:id 200');
});

test('an id with two partners is a conflict: counted, kept, and the first pair stands', async () => {
  const { cookie } = await ask('/login', { method: 'POST' });
  const headers = { cookie };
  const first = (await ask('/orders', { method: 'POST', headers })).json().id;
  await until('it is learned', () => scene.modern.orders.size === scene.legacy.orders.size);
  const [partner] = [...scene.modern.orders.keys()].slice(-1);
  scene.legacy.nextId = first;
  expect((await ask('/orders', { method: 'POST', headers })).json().id).toBe(first);
  const conflicts = 'chronos_identifier_pairs_total{migration="shop",bijection="orders",result="conflict"}';
  await until('the conflict is counted', async () => (await scene.identifiers.metric(conflicts)) === 1);
  const { rows } = await database.query(
    "SELECT convert_from(modern, 'UTF8') AS modern FROM identifiers.pairs WHERE bijection = 'orders' AND convert_from(legacy, 'UTF8') = $1",
    [first],
  );
  expect(rows).toEqual([{ modern: partner }]);
  expect((await database.query('SELECT 1 FROM identifiers.conflicts')).rows).toHaveLength(1);
});

test('where both universes count from 1, legacy’s clients get what legacy has given them, and copies are of the same', async () => {
  const { cookie } = await ask('/login', { method: 'POST' });
  const headers = { cookie, 'content-type': 'application/json' };
  const put = (path: string, holds: string) =>
    ask(path, { method: 'POST', headers, body: JSON.stringify({ holds }) });
  const things = ['apples', 'bread', 'cheese', 'dates'];
  for (const holds of things) await put('/baskets', holds);
  const overlap = () =>
    database.query(
      "SELECT convert_from(id, 'UTF8') AS id FROM identifiers.overlaps WHERE bijection = 'baskets'",
    );
  await until('the overlap is noted', async () => (await overlap()).rowCount === 1);
  for (const [at, holds] of things.entries())
    expect(JSON.parse((await ask(`/baskets/${at + 1}`, { headers })).text)).toEqual({
      number: at + 1,
      holds,
    });
  await put('/baskets/2', 'brioche');
  const all = (baskets: ReadonlyMap<number, string>) => [...baskets.values()];
  await until('its copy has arrived', () => all(scene.modern.baskets).includes('brioche'));
  const changed = ['apples', 'brioche', 'cheese', 'dates'];
  expect([all(scene.legacy.baskets), all(scene.modern.baskets)]).toEqual([changed, changed]);
});

/** A session and an order of it, both known in either universe. */
async function customerWithOrder(name: string) {
  const headers = { 'x-customer': name };
  const { cookie } = await ask('/login', { method: 'POST', headers });
  const all = { ...headers, cookie };
  const { id } = (await ask('/orders', { method: 'POST', headers: all })).json();
  await until('the pair is stored', async () => {
    const { rows } = await database.query(
      "SELECT 1 FROM identifiers.pairs WHERE bijection = 'orders' AND convert_to($1, 'UTF8') IN (legacy, modern)",
      [id],
    );
    return rows.length === 1;
  });
  return { headers: all, id };
}

test('ids and sessions of either universe work on both, whichever answers', async () => {
  const early = await customerWithOrder('early');
  await scene.answerBy('modern');
  const seen = await ask(`/orders/${early.id}`, { headers: early.headers });
  expect([seen.status, scene.modern.orders.has(seen.json().id)]).toEqual([200, true]);
  const late = await customerWithOrder('late');
  expect(scene.modern.orders.has(late.id)).toBe(true);
  expect((await ask(`/orders/${late.id}`, { headers: late.headers })).status).toBe(200);

  await scene.answerBy('legacy');
  const back = await ask(`/orders/${late.id}`, { headers: late.headers });
  expect([back.status, scene.legacy.orders.has(back.json().id)]).toEqual([200, true]);
  expect((await ask(`/orders/${early.id}`, { headers: early.headers })).status).toBe(200);
});

test('who reads at the moment of a step what only legacy has made so far is answered by legacy', async () => {
  const { headers } = await customerWithOrder('quick');
  const released = Promise.withResolvers<void>();
  scene.modern.held = released.promise;
  const { id } = (await ask('/orders', { method: 'POST', headers })).json();
  await scene.answerBy('modern');
  const asked = () => scene.modern.answers.filter((answer) => answer.startsWith('GET /orders')).length;
  const before = asked();
  const seen = await ask(`/orders/${id}`, { headers });
  expect([seen.status, seen.json()]).toEqual([200, { id, lines: 0 }]);
  expect(asked()).toBe(before);
  scene.modern.held = undefined;
  released.resolve();
  // Its copy has arrived: from now on modern answers.
  await until('modern answers it', async () => {
    const { status, json } = await ask(`/orders/${id}`, { headers });
    return status === 200 && scene.modern.orders.has(json().id);
  });
  await scene.answerBy('legacy');
});

test('who writes then to what only legacy has made waits for its copy, longer than Envoy would by itself; it is done once', async () => {
  const { headers } = await customerWithOrder('writer');
  const released = Promise.withResolvers<void>();
  scene.modern.held = released.promise;
  const { id } = (await ask('/orders', { method: 'POST', headers })).json();
  await scene.answerBy('modern');
  await until(
    'legacy is known to have made it',
    async () => (await ask(`/orders/${id}`, { headers })).status === 200,
  );
  const line = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } };
  const writing = ask(`/orders/${id}/lines`, { ...line, body: JSON.stringify({ order: id }) });
  // Twice as long as Envoy waits for a word of the translator.
  await delay(1_000);
  scene.modern.held = undefined;
  released.resolve();
  const written = await writing;
  expect([written.status, written.json().lines]).toEqual([200, 1]);
  expect(scene.modern.orders.get(written.json().id)).toBe(1);
  await until('legacy has its copy', () => scene.legacy.orders.get(id) === 1);
  await scene.answerBy('legacy');
});

test('with nobody to translate, modern is not asked and legacy answers what the client sent: a write is done once', async () => {
  const { headers, id } = await customerWithOrder('write');
  const line = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } };
  await scene.answerBy('modern');
  await scene.identifiers.stop('SIGKILL');
  const asked = () => scene.modern.answers.filter((answer) => !answer.startsWith('copy ')).length;
  const before = asked();
  const answer = await ask(`/orders/${id}/lines`, { ...line, body: JSON.stringify({ order: id }) });
  expect([answer.status, answer.json()]).toEqual([200, { id, lines: 1 }]);
  expect(asked()).toBe(before);
  await scene.answerBy('legacy');
  await scene.restartIdentifiers('SIGKILL');
});

test('a service that hangs or is dead is nothing to clients, and nothing goes out untranslated', async () => {
  const { cookie } = await ask('/login', { method: 'POST' });
  const { id } = (await ask('/orders', { method: 'POST', headers: { cookie } })).json();
  const refused = () => scene.modern.answers.filter((answer) => / 40[14]$/.test(answer));
  const asked = () =>
    Promise.all(Array.from({ length: 20 }, () => ask(`/orders/${id}`, { headers: { cookie } })));
  scene.identifiers.child.kill('SIGSTOP');
  expect((await asked()).map(({ status }) => status)).toEqual(Array(20).fill(200));
  scene.identifiers.child.kill('SIGCONT');
  await scene.identifiers.stop('SIGKILL');
  expect((await asked()).map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(refused()).toEqual([]);
});
