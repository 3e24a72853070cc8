import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { CapsuleManifest, CapsuleVerification } from '../../core/capsule/capsule.ts';
import { brokenAt, type JournalEntry } from '../../core/journal/entry.ts';
import { manifestFile, readManifest, sha256 } from './manifest.ts';

/** Holds every file against the manifest, and the journal against its own chain of hashes. Never throws for what is in the folder. */
export async function verifyCapsule(capsule: string): Promise<CapsuleVerification> {
  const text = await readFile(join(capsule, manifestFile)).catch(words);
  const manifestSha256 = typeof text === 'string' ? '' : sha256(text);
  const manifest = await readManifest(capsule).catch(words);
  if (typeof manifest === 'string')
    return { manifest: undefined, manifestSha256, files: 0, problems: [`${manifestFile}: ${manifest}`] };
  const problems: string[] = [];
  const present = new Set(await filesBelow(capsule));
  for (const [name, { sha256: written }] of Object.entries(manifest.files)) {
    if (!present.delete(name)) {
      problems.push(`${name}: is missing`);
      continue;
    }
    const found = await sumOf(join(capsule, name));
    if (found !== written)
      problems.push(`${name}: was changed (SHA-256 ${found}, the manifest says ${written})`);
  }
  present.delete(manifestFile);
  for (const name of [...present].sort()) problems.push(`${name}: is not in the manifest`);
  problems.push(...(await journalProblems(capsule, manifest)));
  return { manifest, manifestSha256, files: Object.keys(manifest.files).length, problems };
}

async function journalProblems(capsule: string, { journal }: CapsuleManifest): Promise<string[]> {
  const file = 'journal.jsonl';
  const text = await readFile(join(capsule, file), 'utf8').catch(() => undefined);
  if (text === undefined) return []; // told as missing already
  let entries: JournalEntry[];
  try {
    entries = text.split('\n').filter(Boolean).map(entryOf);
  } catch (error) {
    return [`${file}: ${words(error)}`];
  }
  const broken = brokenAt(entries, sha256);
  if (broken !== undefined) return [`${file}: the chain of hashes is broken at entry ${broken}`];
  const head = entries.at(-1)?.hash ?? '';
  return entries.length === journal.entries && head === journal.head
    ? []
    : [`${file}: ends at entry ${entries.length}, the manifest says ${journal.entries} with another head`];
}

function entryOf(line: string): JournalEntry {
  const { sequence, ...rest }: Omit<JournalEntry, 'sequence'> & { readonly sequence: string } =
    JSON.parse(line);
  return { ...rest, sequence: BigInt(sequence) };
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

async function sumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function words(error: unknown): string {
  return String(Object(error).message ?? error);
}
