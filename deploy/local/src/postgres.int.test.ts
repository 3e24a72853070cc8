import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { freePort } from './free-port.ts';
import { postgresPart, startPostgres } from './postgres.ts';
import { openSupervisor } from './supervisor.ts';
import { sharedToolchain, temporaryDir, withPostgres } from './testing.ts';

let dir: Awaited<ReturnType<typeof temporaryDir>>;

beforeAll(async () => {
  dir = await temporaryDir('postgres-test');
});

afterAll(() => dir.dispose());

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function optionsFor(name: string) {
  const toolchain = await sharedToolchain();
  const secret = "it's / a @ pass?word";
  return {
    toolchain,
    dir: join(dir.path, name),
    database: 'bank',
    role: 'teller',
    password: secret,
    superPassword: 'root',
  };
}

describe('a cluster', () => {
  test('keeps its data over a restart, decodes changes, and needs its password', async () => {
    const options = await optionsFor('kept');
    const first = await startPostgres(options);
    await query(first.url, 'create table account (id int primary key); insert into account values (7)');
    await first.stop();
    const second = await startPostgres(options);
    try {
      expect(await query(second.url, 'select id from account')).toEqual([{ id: 7 }]);
      expect(await query(second.url, 'show wal_level')).toEqual([{ wal_level: 'logical' }]);
      expect(await query(second.url, 'show fsync')).toEqual([{ fsync: 'on' }]);
      await query(second.url, "select pg_create_logical_replication_slot('changes', 'pgoutput')");
      const stranger = `postgres://teller:guess@127.0.0.1:${second.port}/bank`;
      await expect(query(stranger, 'select 1')).rejects.toThrow('password authentication failed');
      const [role] = await query(second.superUrl, "select rolsuper from pg_roles where rolname = 'teller'");
      expect(role).toEqual({ rolsuper: false });
    } finally {
      await second.stop();
    }
  });

  test('comes back with its committed data after kill -9', async () => {
    const supervisor = await openSupervisor({ stateDir: join(dir.path, 'state') });
    try {
      const part = await postgresPart('db', { ...(await optionsFor('killed')), port: await freePort() });
      await supervisor.start([part]);
      await query(part.url, 'create table account (id int); insert into account values (1)');
      supervisor.kill('db');
      let rows: Record<string, unknown>[] | undefined;
      for (const deadline = Date.now() + 20_000; rows === undefined && Date.now() < deadline; ) {
        if (supervisor.status()[0]?.restarts === 0) await new Promise(setImmediate);
        else rows = await query(part.url, 'select id from account').catch(() => undefined);
      }
      expect(rows).toEqual([{ id: 1 }]);
    } finally {
      await supervisor.stop();
    }
  });

  test('runs below a folder that only its owner may enter', async () => {
    const closed = join(dir.path, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const { stop, url } = await startPostgres({
      ...(await optionsFor('closed/cluster')),
      dir: join(closed, 'cluster'),
    });
    try {
      expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      await stop();
    }
  });
});

test('an unusable role name is refused before anything is made', async () => {
  const options = { ...(await optionsFor('refused')), role: 'Robert"; drop' };
  await expect(startPostgres(options)).rejects.toThrow('cannot name a database or role');
});

test('a new cluster for a test takes well below its time limit', async () => {
  const startedAt = Date.now();
  const postgres = await withPostgres();
  const seconds = (Date.now() - startedAt) / 1000;
  await postgres.dispose();
  // 0.75 s on two idle cores; the bound leaves room for a busy machine, not for a run of initdb beside it.
  expect(seconds).toBeLessThan(4);
});
