import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { databaseFolder } from '@chronos/control-plane/shell/capsule/manifest.ts';
import { dumpSqlite } from '@chronos/entanglement/shell/archive/sqlite-archive.ts';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openCapsule } from './open-capsule.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chronos-open-'));
  const source = join(folder, 'bank.db');
  const bank = new DatabaseSync(source);
  bank.exec("CREATE TABLE account (nr TEXT PRIMARY KEY, cents INTEGER); INSERT INTO account VALUES ('a', 5)");
  bank.close();
  const database = join(folder, 'capsule', databaseFolder);
  await mkdir(database, { recursive: true });
  for await (const { file, data } of dumpSqlite(source))
    await writeFile(join(database, file), data, { flag: 'a' });
  await writeFile(
    join(folder, 'capsule', 'code.json'),
    JSON.stringify({ covered: false, reason: 'not here' }),
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a SQLite legacy is restored into a folder that is not there yet', async () => {
  const into = join(folder, 'elsewhere', 'bank');
  const opened = await openCapsule(join(folder, 'capsule'), { into, changedCode: false });
  expect(opened.notes[0]).toBe('1 rows of 1 tables restored');
  const bank = new DatabaseSync(opened.database.replace('sqlite:', ''), { readOnly: true });
  expect(bank.prepare('SELECT nr, cents FROM account').get()).toEqual({ nr: 'a', cents: 5 });
  bank.close();
  await opened.close();
});
