import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { chain, genesisHash, type JournalEntry } from '../../core/journal/entry.ts';
import { record } from '../../testing/memory-engine.ts';
import { writeCapsule } from '../engine/capsule.ts';
import { note } from '../engine/engine.ts';
import { archiveDatabase, type DumpPart } from './archive-database.ts';
import { readManifest, sha256, writeManifest } from './manifest.ts';
import { verifyCapsule } from './verify-capsule.ts';

let folder: string;
let capsule: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chronos-capsule-'));
  capsule = join(folder, 'bank');
  await write('pending');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function write(database: 'none' | 'pending'): Promise<void> {
  return writeCapsule(capsule, {
    record: record('bank'),
    journal: journal(3),
    mismatchGroups: [],
    fieldRules: [],
    uncaptured: {},
    sealedAtMs: 1_000,
    code: { covered: false, reason: 'nobody knows it' },
    verification: undefined,
    database,
    trial: database === 'none' ? undefined : { outcome: 'not-tried', reason: 'no room', leftOut: {} },
  });
}

function journal(length: number): JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (let index = 0; index < length; index++)
    entries.push(
      chain(
        'bank',
        entries.at(-1) ?? { sequence: 0n, hash: genesisHash },
        note('hold', index, `because ${index}`),
        sha256,
      ),
    );
  return entries;
}

async function* parts(...given: [file: string, text: string][]): AsyncGenerator<DumpPart> {
  for (const [file, text] of given) yield { file, data: Buffer.from(text) };
}
const dump = () =>
  parts(
    ['rows-0001.jsonl.gz', 'a'],
    ['rows-0001.jsonl.gz', 'b'],
    ['tables.json', '{"tables":[{"rows":3},{"rows":4}],"leftOut":{"rules":1}}'],
  );

test('a capsule as it was written has no problems, before and after the database came', async () => {
  expect((await verifyCapsule(capsule)).problems).toEqual([]);
  expect(await archiveDatabase(capsule, dump, () => 2_000)).toBe(true);
  const { problems, manifest, files } = await verifyCapsule(capsule);
  expect(problems).toEqual([]);
  expect(manifest?.legacy_database).toEqual({
    state: 'archived',
    at: new Date(2_000).toISOString(),
    tables: 2,
    rows: 7,
    left_out: { rules: 1 },
    trial: { outcome: 'not-tried', reason: 'no room', rows: false },
  });
  expect(files).toBe(8);
  expect(await readFile(join(capsule, 'legacy-database/rows-0001.jsonl.gz'), 'utf8')).toBe('ab');
  expect(await archiveDatabase(capsule, dump, () => 3_000)).toBe(false);
});

test('a dump that is cut off leaves the capsule waiting; the next one is whole', async () => {
  await expect(archiveDatabase(capsule, () => parts(['rows-0001.jsonl.gz', 'a']), Date.now)).rejects.toThrow(
    'the dump ended early',
  );
  expect((await readManifest(capsule)).legacy_database.state).toBe('pending');
  await archiveDatabase(capsule, dump, Date.now);
  expect((await verifyCapsule(capsule)).problems).toEqual([]);
});

test('a dump cannot write outside its folder', async () => {
  await expect(archiveDatabase(capsule, () => parts(['../x', 'a']), Date.now)).rejects.toThrow('"../x"');
});

test('a migration without entities has no database to wait for', async () => {
  await rm(capsule, { recursive: true });
  await write('none');
  expect(await archiveDatabase(capsule, dump, Date.now)).toBe(false);
  expect((await verifyCapsule(capsule)).problems).toEqual([]);
});

const tampering: [string, () => Promise<void>, RegExp[]][] = [
  ['a changed file', () => appendFile(join(capsule, 'verdicts.json'), ' '), [/^verdicts\.json: was changed/]],
  ['a missing file', () => rm(join(capsule, 'rules.jsonl')), [/^rules\.jsonl: is missing/]],
  [
    'a file more',
    async () => {
      await mkdir(join(capsule, 'x'));
      await writeFile(join(capsule, 'x/y'), '');
    },
    [/^x\/y: is not in the manifest/],
  ],
  ['no manifest', () => rm(join(capsule, 'manifest.json')), [/^manifest\.json: ENOENT/]],
  [
    'a journal rewritten together with its sum',
    () => rewriteJournal((text) => text.replace('because 1', 'because X')),
    [/^journal\.jsonl: the chain of hashes is broken at entry 2/],
  ],
  [
    'a journal cut short together with its sum',
    () => rewriteJournal((text) => text.split('\n').slice(0, 2).join('\n')),
    [/^journal\.jsonl: ends at entry 2, the manifest says 3/],
  ],
];

async function rewriteJournal(change: (text: string) => string): Promise<void> {
  const path = join(capsule, 'journal.jsonl');
  const text = change(await readFile(path, 'utf8'));
  await writeFile(path, text);
  const manifest = await readManifest(capsule);
  await writeManifest(capsule, {
    ...manifest,
    files: { ...manifest.files, 'journal.jsonl': { sha256: sha256(text) } },
  });
}

test.each(tampering)('%s is found and named', async (_what, tamper, expected) => {
  await tamper();
  const { problems } = await verifyCapsule(capsule);
  expect(problems).toHaveLength(expected.length);
  for (const [index, pattern] of expected.entries()) expect(problems[index]).toMatch(pattern);
});
