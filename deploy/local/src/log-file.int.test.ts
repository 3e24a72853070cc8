import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { boundLog, logTail } from './log-file.ts';
import { temporaryDir } from './testing.ts';

test('a log over its bound is set aside, and its writer goes on at the start of the emptied file', async () => {
  const dir = await temporaryDir('log');
  try {
    const path = join(dir.path, 'part.log');
    const file = openSync(path, 'a');
    const child = spawn('cat', [], { stdio: ['pipe', file, 'inherit'] });
    closeSync(file);
    child.stdin!.write('x'.repeat(2_000));
    while (statSync(path).size < 2_000) await new Promise(setImmediate);
    expect(boundLog(path, 4_000)).toBe(false);
    expect(boundLog(path, 1_000)).toBe(true);
    child.stdin!.end('after\n');
    await once(child, 'exit');
    expect(readFileSync(path, 'utf8')).toBe('after\n');
    expect(statSync(`${path}.1`).size).toBe(2_000);
  } finally {
    await dir.dispose();
  }
});

test('the tail of a log is its last lines; a missing log is an empty one', async () => {
  const dir = await temporaryDir('log');
  try {
    const path = join(dir.path, 'part.log');
    expect(logTail(path)).toBe('(the log is empty)');
    writeFileSync(path, Array.from({ length: 5_000 }, (_, index) => `line ${index}\n`).join(''));
    expect(logTail(path, 2)).toBe('line 4998\nline 4999');
  } finally {
    await dir.dispose();
  }
});
