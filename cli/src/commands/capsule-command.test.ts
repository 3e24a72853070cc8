import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256, writeManifest } from '@chronos/control-plane/shell/capsule/manifest.ts';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { runCli } from '../program.ts';
import { testIo } from './testing.ts';

let capsule: string;

beforeEach(async () => {
  capsule = await mkdtemp(join(tmpdir(), 'chronos-capsule-'));
  await writeFile(join(capsule, 'rules.jsonl'), 'rules');
  await writeFile(join(capsule, 'journal.jsonl'), '');
  await writeManifest(capsule, {
    format: 1,
    migration: 'bank',
    sealed_at: '2026-11-22T10:00:00.000Z',
    journal: { entries: 0, head: '' },
    legacy_database: { state: 'none' },
    files: { 'rules.jsonl': { sha256: sha256('rules') }, 'journal.jsonl': { sha256: sha256('') } },
  });
});
afterEach(() => rm(capsule, { recursive: true, force: true }));

async function chronos(...args: string[]) {
  const io = testIo({});
  const code = await runCli(['capsule', ...args], io);
  return { code, out: io.stdout(), err: io.stderr() };
}

test('a whole capsule is told so, with the sum to keep', async () => {
  const { code, out } = await chronos('verify', capsule);
  expect(code).toBe(0);
  expect(out).toContain('whole bank, sealed 2026-11-22T10:00:00.000Z\n  2 files; journal of 0 entries');
  const sum = /SHA-256 of manifest.json: ([0-9a-f]{64})\n/.exec(out)?.[1] ?? '';
  expect((await chronos('verify', capsule, '--manifest-sha256', sum)).code).toBe(0);
});

test('tampering ends with 1 and names the file, as text and as JSON', async () => {
  await writeFile(join(capsule, 'rules.jsonl'), 'other rules');
  const { code, out, err } = await chronos('verify', capsule);
  expect(code).toBe(1);
  expect(out).toMatch(/^changed rules\.jsonl: was changed/);
  expect(err).toContain('is not as it was sealed: rules.jsonl');
  const found = JSON.parse((await chronos('verify', capsule, '--json')).out);
  expect(found.problems).toEqual([expect.stringContaining('rules.jsonl')]);
  expect((await chronos('open', capsule)).code).toBe(1);
});

test('another manifest than the one whose sum was kept is found', async () => {
  const { code, out } = await chronos('verify', capsule, '--manifest-sha256', '00');
  expect(code).toBe(1);
  expect(out).toContain('you kept 00');
});

test('a capsule without a database cannot be opened', async () => {
  const { code, err } = await chronos('open', capsule);
  expect(code).toBe(1);
  expect(err).toContain('holds no database of legacy');
});

test('a path that leads nowhere, or to a file, is told as that', async () => {
  for (const command of ['verify', 'open']) {
    const nowhere = await chronos(command, join(capsule, 'nowhere'));
    expect(nowhere).toMatchObject({
      code: 4,
      out: '',
      err: expect.stringMatching(/there is no folder .*nowhere;/),
    });
    expect((await chronos(command, join(capsule, 'rules.jsonl'))).err).toMatch(
      /it is no folder: .*rules\.jsonl;/,
    );
  }
});
