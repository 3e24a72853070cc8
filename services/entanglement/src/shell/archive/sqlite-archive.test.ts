import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { installLog, readSqliteFacts } from '../cdc/sqlite/install.ts';
import { dumpSqlite, isSqliteDump, restoreSqlite } from './sqlite-archive.ts';

let dir: string;
let bank: DatabaseSync;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'chronos-sqlite-'));
  bank = new DatabaseSync(join(dir, 'books.db'));
  bank.exec(`PRAGMA journal_mode = WAL; CREATE TABLE konten (nr TEXT PRIMARY KEY, saldo TEXT);
    INSERT INTO konten VALUES ('1', '10'), ('2', '20')`);
  installLog(bank, readSqliteFacts(bank, ['konten']).tables, 1);
  bank.exec(`UPDATE konten SET saldo = '11' WHERE nr = '1'`);
});

afterEach(() => {
  bank.close();
  rmSync(dir, { recursive: true, force: true });
});

async function dump(): Promise<string> {
  const folder = join(dir, 'capsule');
  mkdirSync(folder);
  const parts = new Map<string, Uint8Array[]>();
  for await (const { file, data } of dumpSqlite(join(dir, 'books.db')))
    parts.set(file, [...(parts.get(file) ?? []), data]);
  expect([...parts.keys()]).toEqual(['legacy.db', 'tables.json']);
  for (const [file, data] of parts) writeFileSync(join(folder, file), Buffer.concat(data));
  return folder;
}

describe('a SQLite legacy in the Time Capsule', () => {
  test('comes back as it was, without the change log, while the original keeps it', async () => {
    const folder = await dump();
    expect(isSqliteDump(folder)).toBe(true);
    const { path, tables } = await restoreSqlite(folder, dir);
    expect(tables).toEqual([{ table: 'konten', rows: 2 }]);
    const restored = new DatabaseSync(path);
    expect(restored.prepare('SELECT * FROM konten ORDER BY nr').all()).toEqual([
      { nr: '1', saldo: '11' },
      { nr: '2', saldo: '20' },
    ]);
    restored.exec(`INSERT INTO konten VALUES ('3', '0')`);
    restored.close();
    expect(readSqliteFacts(bank, ['konten']).hasLog).toBe(true);
  });

  test('a file with other rows than were archived is refused', async () => {
    const folder = await dump();
    const archived = new DatabaseSync(join(folder, 'legacy.db'));
    archived.exec(`DELETE FROM konten WHERE nr = '1'`);
    archived.close();
    await expect(restoreSqlite(folder, dir)).rejects.toThrow('legacy.db holds [{"table":"konten","rows":1}]');
  });
});
