import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Kafka's indexes are mostly holes, of 10 MB each, and hold nothing of a record. */
const isIndex = /\.(time)?index$/;

/** Which of the texts stand in the files below a folder, byte for byte. */
export async function foundInFiles(folder: string, texts: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || isIndex.test(entry.name)) continue;
    // A file that has just been removed holds nothing.
    const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
    for (const text of texts) if (bytes.includes(text)) found.add(text);
  }
  return [...found];
}
