import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { compileMapping } from '@chronos/arbiter/core/compare/formats/mapping.ts';
import { translate } from '@chronos/arbiter/core/compare/formats/translate.ts';
import { parseXml } from '@chronos/arbiter/core/compare/formats/xml.ts';
import { parseJson } from '@chronos/arbiter/core/compare/json.ts';
import { sameValue } from '@chronos/arbiter/core/compare/same-value.ts';
import { population } from '@chronos/bank-data/population.ts';
import { readMigrationSource } from '@chronos/cli/commands/migration-source.ts';
import { type TestPostgres, temporaryDir, withPostgres } from '@chronos/local/testing.ts';
import { BUILDS } from '@chronos/modern-bank/core/builds.ts';
import { type Bank, startBank } from '@chronos/modern-bank/server.ts';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Operation, randomNumbers, randomOperation } from '../../modern-bank/test/operations.ts';

jest.setTimeout(60_000);

const SEED = 19_900_105;
const jwtKey = 'a key that both universes have, 32+';
const migrationFile = join(import.meta.dirname, '../../../deploy/migrations/bank-1990.yaml');
const customers = population().slice(0, 40);

let database: TestPostgres;
let dir: Awaited<ReturnType<typeof temporaryDir>>;
let modern: Bank;
const children: ChildProcess[] = [];

beforeEach(async () => {
  database = await withPostgres();
  dir = await temporaryDir('bank-1990');
  modern = await startBank({ build: BUILDS.v2, port: 0, databaseUrl: database.url, jwtKey });
});

afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  await modern.close();
  await database.dispose();
  await dir.dispose();
});

/** Resolves to where it listens. */
async function start1990(): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn('python3', ['-B', join(import.meta.dirname, '../main.py')], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      DATABASE_URL: `sqlite:${join(dir.path, 'books.db')}`,
      BANK_JWT_KEY: jwtKey,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, address: String(line).replace('ready bank-1990 ', '') };
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function post(address: string, { method, body, key }: Operation, token: string): Promise<Answer> {
  const form = Object.entries(body).map(([name, value]): [string, string] => [name, String(value)]);
  const response = await fetch(`http://${address}/bank/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, ...(key === '' ? {} : { 'idempotency-key': key }) },
    body: new URLSearchParams(form),
  });
  return { status: response.status, text: await response.text() };
}

async function mappings() {
  const readFile = async (path: string) => readFileSync(path);
  const { migration } = await readMigrationSource({ readFile }, migrationFile);
  return new Map(
    migration.formats.map((format) => [format.route.replace('POST /bank/', ''), compileMapping(format)]),
  );
}

describe(`the Bank of 1990 and modern, through the mapping of bank-1990.yaml (seed ${SEED})`, () => {
  test('600 random operations have the same answers; so do they after a kill, and repeated keys', async () => {
    const byMethod = await mappings();
    let bank = await start1990();
    const random = randomNumbers(SEED);
    const keys: string[] = [];
    const tokens = new Map<string, string>();
    const differences: unknown[] = [];
    const compare = async (operation: Operation, token: string) => {
      const [old, now] = await Promise.all([
        post(bank.address, operation, token),
        post(modern.address, operation, token),
      ]);
      const [xml, json] = [parseXml(old.text), parseJson(now.text)];
      if (!xml.ok || !json.ok) throw new Error(`${operation.method}: ${old.text} ${now.text}`);
      const translated = translate(xml.value, json.value, byMethod.get(operation.method)!);
      const { legacy, modern: expected, untranslated } = translated;
      const same = legacy !== undefined && expected !== undefined && sameValue(legacy, expected);
      if (old.status !== now.status || untranslated.length > 0 || !same)
        differences.push({ operation, old, now, untranslated });
      return now;
    };
    for (let count = 0; count < 600; count += 1) {
      if (count === 300) {
        bank.child.kill('SIGKILL');
        await once(bank.child, 'exit');
        bank = await start1990();
      }
      const repeats = random() < 0.05 && keys.length > 0;
      const key = repeats ? keys[Math.floor(random() * keys.length)]! : `key-${count}`;
      keys.push(key);
      const operation = randomOperation(customers, random, key);
      const { id, pin } = operation.customer;
      if (!tokens.has(id)) {
        const login = { ...operation, method: 'Login', body: { customerId: id, pin } };
        tokens.set(id, JSON.parse((await compare(login, '')).text).token);
      }
      await compare(operation, random() < 0.98 ? tokens.get(id)! : 'a.b.c');
    }
    expect(differences).toEqual([]);
  });
});
