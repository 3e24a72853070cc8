import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { boundedLines } from './bounded-lines.ts';

async function linesOf(text: string, charsMax: number): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'chronos-lines-'));
  try {
    const path = join(folder, 'lines');
    await writeFile(path, text);
    const lines: string[] = [];
    for await (const line of boundedLines(path, charsMax)) lines.push(line);
    return lines;
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('lines end with \\n or \\r\\n, the last one also without', async () => {
  expect(await linesOf('a\r\n\nü\nlast', 10)).toEqual(['a', '', 'ü', 'last']);
});

test('a byte order mark in front of all lines is none of them; elsewhere it stays', async () => {
  expect(await linesOf('\uFEFFa\n\uFEFFb\n', 10)).toEqual(['a', '\uFEFFb']);
  expect(await linesOf('\uFEFF', 10)).toEqual([]);
});

test('a longer line is cut to one character more than accepted, the next is whole', async () => {
  const [long = '', next] = await linesOf(`${'x'.repeat(200_000)}\nnext\n`, 1000);
  expect(long).toHaveLength(1001);
  expect(next).toBe('next');
});

test('an interruption ends it while it waits for more', async () => {
  const interrupted = new AbortController();
  const folder = await mkdtemp(join(tmpdir(), 'chronos-lines-'));
  try {
    // A pipe that somebody holds open and writes nothing more into.
    const path = join(folder, 'pipe');
    await promisify(execFile)('mkfifo', [path]);
    const writer = await open(path, 'r+');
    await writer.write('first\n');
    const lines: string[] = [];
    for await (const line of boundedLines(path, 100, interrupted.signal)) {
      lines.push(line);
      setImmediate(() => interrupted.abort());
    }
    expect(lines).toEqual(['first']);
    await writer.close();
  } finally {
    await rm(folder, { recursive: true });
  }
});
