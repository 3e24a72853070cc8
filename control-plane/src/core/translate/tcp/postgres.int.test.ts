import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestPostgres, temporaryDir, withPostgres } from '@chronos/local/testing.ts';
import { Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { startTcpScene, type TcpScene } from '../../../../testdata/translate/tcp-scene.ts';
import { type TcpRouteInit, tcpVerdict } from '../../../../testdata/translate/tcp-verdict.ts';

// Real processes on a machine that may be busy with others.
jest.setTimeout(60_000);

/** BackendKeyData is the server's secret for cancelling: another one for each connection. */
const route: TcpRouteInit = {
  framing: { kind: { case: 'postgres', value: {} } },
  ignore: ['^K(?s:.*)$'],
};

let dir: Awaited<ReturnType<typeof temporaryDir>>;
let legacy: TestPostgres;
let modern: TestPostgres;
let scene: TcpScene;

beforeAll(async () => {
  dir = await temporaryDir('hba');
  const hba = join(dir.path, 'pg_hba.conf');
  // A role that proves its password by challenge and response, and one that says it.
  await writeFile(hba, 'host all test 127.0.0.1/32 password\nhost all all 127.0.0.1/32 scram-sha-256\n', {
    mode: 0o644,
  });
  [legacy, modern] = await Promise.all([
    withPostgres({ settings: { hba_file: hba } }),
    withPostgres({ settings: { hba_file: hba } }),
  ]);
  scene = await startTcpScene({ ports: { legacy: legacy.port, modern: modern.port } });
});
afterAll(async () => {
  await scene.dispose();
  await Promise.all([legacy.dispose(), modern.dispose()]);
  await dir.dispose();
});

/** One connection through the proxy. */
async function session<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const through = new URL(url);
  through.port = String(scene.port);
  const client = new pg.Client({ connectionString: through.href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function directly(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

const accounts = 'SELECT id, owner, cents FROM account ORDER BY id';

test('statements run on both servers, and both answer the same', async () => {
  const rows = await session(legacy.url, async (client) => {
    await client.query('CREATE TABLE account (id int PRIMARY KEY, owner text, cents bigint)');
    for (const [id, owner] of ['Ada', 'Grace', 'Zoë'].entries()) {
      await client.query('INSERT INTO account VALUES ($1, $2, $3)', [id, owner, 1_000 * id]);
    }
    await expect(client.query('INSERT INTO account VALUES (1)')).rejects.toThrow('duplicate key');
    return (await client.query(accounts)).rows;
  });
  expect(rows).toHaveLength(3);
  const verdict = tcpVerdict(await scene.captured(2), route);
  // The server closes when it is told Terminate, at times before the client's own closing arrives, and then ends the copy.
  const rules = verdict.differences
    .map(({ rule }) => rule)
    .filter((rule) => rule !== 'ended-with-connection');
  expect(rules).toEqual(['ignore:^K(?s:.*)$']);
  expect(verdict.kind).toBe(Kind.EQUIVALENT);
  expect(await directly(modern.url, accounts)).toEqual(await directly(legacy.url, accounts));
});

test('a difference in the data is found, with its row', async () => {
  await directly(modern.url, 'UPDATE account SET cents = 999 WHERE id = 1');
  const rows = await session(legacy.url, async (client) => (await client.query(accounts)).rows);
  expect(rows[1]).toMatchObject({ cents: '1000' });
  const verdict = tcpVerdict(await scene.captured(2), route);
  expect(verdict.kind).toBe(Kind.MISMATCH);
  const standing = verdict.differences.filter(({ rule }) => rule === 'tcp-answer-differs');
  expect(standing).toMatchObject([
    { legacy: expect.stringMatching(/^"D.*Grace.*1000"/), modern: expect.stringMatching(/^"D.*Grace.*999"/) },
  ]);
});

test('a proof by challenge and response holds for the server that challenged: SCRAM fails in the copy', async () => {
  expect(
    await session(legacy.superUrl, async (client) => (await client.query('SELECT 1 AS one')).rows),
  ).toEqual([{ one: 1 }]);
  const verdict = tcpVerdict(await scene.captured(2), route);
  expect(verdict.kind).toBe(Kind.MISMATCH);
  expect(verdict.differences.some((difference) => difference.modern.includes('invalid SCRAM response'))).toBe(
    true,
  );
});
