import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { partLogs } from './part-logs.ts';

let dir: string;
let ending: AbortController;
const path = (name: string) => join(dir, `${name}.log`);
const parts = ['capture', 'build-bank.modern.v1', 'control-plane'];
const running = () => parts.map((name) => ({ name, logPath: path(name) }));
const line = (second: number, msg: string) =>
  `${JSON.stringify({ level: 'info', time: new Date(second * 1_000).toISOString(), part: 'p', msg })}\n`;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'part-logs-'));
  ending = new AbortController();
});
afterEach(() => {
  ending.abort();
  rmSync(dir, { recursive: true });
});

/** The next message, as `part text`. */
async function next(logs: ReturnType<typeof partLogs>): Promise<{ texts: string[]; skipped: bigint }> {
  const { value } = await logs.next();
  if (value === undefined) throw new Error('the logs have ended');
  const lines: readonly { part?: string; text?: string }[] = value.lines ?? [];
  return { texts: lines.map(({ part, text }) => `${part}: ${text}`), skipped: value.skipped ?? 0n };
}

test('what was logged comes in the order of time, then what comes, without secrets and without the control plane’s own', async () => {
  writeFileSync(path('capture'), `plain text\n${line(3, 'third')}`);
  writeFileSync(path('build-bank.modern.v1'), line(2, 'key is hush-hush-hush') + line(1, 'too old'));
  writeFileSync(path('control-plane'), line(4, 'told elsewhere'));
  const logs = partLogs(running, ['hush-hush-hush'], 1_000, ending.signal);
  expect(await next(logs)).toEqual({
    texts: ['modern v1: key is [redacted]', 'capture: third'],
    skipped: 0n,
  });
  appendFileSync(path('capture'), line(5, 'fifth'));
  expect((await next(logs)).texts).toEqual(['capture: fifth']);
  ending.abort();
  expect((await logs.next()).done).toBe(true);
});

test('of too many lines at once the newest come, and how many are left out', async () => {
  writeFileSync(path('capture'), Array.from({ length: 100 }, (_, i) => line(i + 1, `${i}`)).join(''));
  const { texts, skipped } = await next(partLogs(running, [], 0, ending.signal));
  expect([texts.length, skipped, texts.at(-1)]).toEqual([40, 60n, 'capture: 99']);
});
