import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toBinary } from '@bufbuild/protobuf';
import { type Arbiter, startArbiter } from '@chronos/arbiter/shell/arbiter.ts';
import { connectBus } from '@chronos/bus/kafka.ts';
import { type CaptureProcess, startCapture } from '@chronos/capture/testing/capture-process.ts';
import {
  ListMismatchGroupsResponseSchema,
  ListVerdictsResponseSchema,
} from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { Kind, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { Database } from './shell/store/database.ts';
import { type Stack, startStack } from './testing/stack.ts';

// The whole way: client, Envoy, capture, Kafka, arbiter, control plane, Postgres, API.
jest.setTimeout(120_000);

const migration = 'shop';
const iban = 'DE89370400440532013000';
const secrets = [iban, '4111111111111111', 'pin-8812', 'session-4711', 'ref-secret-9'];
const [, card, pin, session, reference] = secrets;
const hourMs = 3_600_000;

/** Answers with the time that the request's number stands for, give or take 50 ms, and with secrets. */
function startService(seed: number): Promise<Server & { shiftMs: number; asked: number }> {
  let state = seed;
  const server = Object.assign(
    createServer((request, response) => {
      server.asked += 1;
      state = (state * 48_271) % 2_147_483_647;
      const number = Number(/(\d+)$/.exec(request.url ?? '')?.[1] ?? 0);
      const at = 1_790_000_000_000 + number * 1_000 + (state % 50) + server.shiftMs;
      response.setHeader('content-type', 'application/json');
      response.setHeader('set-cookie', `sid=${session}; Path=/`);
      response.end(
        JSON.stringify({
          at: new Date(at).toISOString(),
          iban,
          note: `paid by ${card}`,
          reference,
          seed: request.url?.includes('differ') ? `${iban}` : 1,
        }),
      );
    }),
    { shiftMs: 0, asked: 0 },
  );
  server.listen(0, '127.0.0.1');
  return once(server, 'listening').then(() => server);
}

const addressOf = (server: Server) => `127.0.0.1:${(server.address() as AddressInfo).port}`;

let stack: Stack;
let arbiter: Arbiter;
let capture: CaptureProcess;
let bus: ReturnType<typeof connectBus>;
let legacy: Awaited<ReturnType<typeof startService>>;
let modern: Awaited<ReturnType<typeof startService>>;
let second: Awaited<ReturnType<typeof startService>>;
const records: string[] = [];

beforeAll(async () => {
  stack = await startStack(migration);
  [legacy, modern, second] = await Promise.all([startService(3), startService(5), startService(11)]);
  capture = await startCapture({
    port: Number(stack.captureListen.split(':')[1]),
    brokers: stack.brokers.join(),
    bodyBytesMax: 65_536,
  });
  await stack.migrations.applyMigration({
    spec: {
      name: migration,
      listen: stack.listen,
      legacy: { address: addressOf(legacy), second: { address: addressOf(second) } },
      modern: { address: addressOf(modern) },
      routes: [{ name: 'all', match: [{ path: { case: 'prefix', value: '/' } }] }],
      sensitive: { fields: ['body.reference', 'query.ref', 'request.header.x-pin'] },
      policy: { autoStart: true, joinDeadline: { seconds: 5n } },
    },
  });
  arbiter = await startArbiter({
    brokers: stack.brokers,
    group: 'arbiters',
    log: (line) => records.push(line),
  });
  bus = connectBus({ brokers: stack.brokers, clientId: 'test', log: () => {} });
  for (const topic of ['shadow-requests', 'verdicts', 'migrations']) {
    await bus.readAll({
      topic,
      onRecord: ({ value }) => records.push(Buffer.from(value).toString('latin1')),
    });
  }
  await stack.untilListening();
}, 120_000);
afterAll(async () => {
  await arbiter?.close();
  await bus?.close();
  await capture?.stop();
  await stack?.dispose();
  for (const server of [legacy, modern, second]) server?.close().closeAllConnections();
}, 60_000);

let sent = 0;
async function ask(path = '/quote'): Promise<void> {
  sent += 1;
  const url = `http://${stack.listen}${path}/${iban}?ref=${reference}&pin=${pin}&n=${sent}`;
  const headers = { cookie: `sid=${session}`, 'x-pin': pin!, 'x-note': `card ${card}` };
  await (await fetch(url, { headers })).text();
}

async function poll<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + 40_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`not within 40 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const verdicts = async (): Promise<Verdict[]> =>
  (await stack.verdicts.listVerdicts({ migration, pageSize: 200 })).verdicts;
const newest = (holds: (verdict: Verdict) => boolean) =>
  poll('such a verdict', async () => {
    await ask();
    return (await verdicts()).find(holds);
  });

test('what legacy’s second run shows as noise is learned; an hour in it is a mismatch', async () => {
  const rule = await poll('a learned rule', async () => {
    for (let n = 0; n < 10; n++) await ask();
    const { rules } = await stack.judgement.listRules({ migration });
    return rules.find(({ field, author }) => field === 'body.at' && author === 'judge');
  });
  expect(rule.accepts.case).toBe('noise');
  const accepted = await newest(
    ({ kind, differences }) => kind === Kind.EQUIVALENT && differences.length > 0,
  );
  expect(accepted.differences).toMatchObject([
    { path: 'body.at', rule: `learned:noise:${rule.id}`, hasSecond: true },
  ]);
  modern.shiftMs = hourMs;
  const shifted = await newest(({ differences }) =>
    differences.some(({ modernJson, legacyJson }) => hours(legacyJson, modernJson) >= 0.9),
  );
  expect(shifted.kind).toBe(Kind.MISMATCH);
  modern.shiftMs = 0;
  expect(second.asked).toBeGreaterThan(20);
});

test('no secret is in a topic, the database, an answer of the API or a log', async () => {
  await ask('/differ');
  await poll('its verdict', async () =>
    (await verdicts()).find(({ route }) => route.startsWith('GET /differ')),
  );
  const api = [
    toBinary(ListVerdictsResponseSchema, await stack.verdicts.listVerdicts({ migration, pageSize: 200 })),
    toBinary(ListMismatchGroupsResponseSchema, await stack.verdicts.listMismatchGroups({ migration })),
  ].map((message) => Buffer.from(message).toString('latin1'));
  const everything = [...records, ...api, capture.said(), ...(await databaseRows())].join('\n');
  const found = secrets.filter(
    (secret) => everything.includes(secret) || everything.includes(Buffer.from(secret).toString('hex')),
  );
  expect(found).toEqual([]);
  // It is there, masked.
  expect(everything).toContain(Buffer.from('⟨masked:iban:').toString('latin1'));
});

/** Every row of every table, as text; bytes in hexadecimal. */
async function databaseRows(): Promise<string[]> {
  const database = new Database(stack.databaseUrl);
  try {
    const { rows: tables } = await database.query<{ name: string }>(
      "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'",
      [],
    );
    const all: string[] = [];
    for (const { name } of tables) {
      const { rows } = await database.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`, []);
      all.push(...rows.map(({ row }) => row));
    }
    expect(all.length).toBeGreaterThan(20);
    return all;
  } finally {
    await database.close();
  }
}

function hours(from: string | undefined, to: string | undefined): number {
  return (Date.parse(JSON.parse(to ?? '""')) - Date.parse(JSON.parse(from ?? '""'))) / hourMs;
}
