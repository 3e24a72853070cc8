/** What a command loads before it does anything: a kill must not wait for code that other commands need. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

/** Writes the addresses of all modules that were loaded when the process ends. */
const hook = (file: string) =>
  `data:text/javascript,${encodeURIComponent(`
    import { writeFileSync } from 'node:fs';
    import { registerHooks } from 'node:module';
    const urls = [];
    registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) });
    process.on('exit', () => writeFileSync(${JSON.stringify(file)}, urls.join('\\n')));
  `)}`;

async function loadedBy(...args: string[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'chronos-loaded-'));
  try {
    const file = join(folder, 'urls');
    const main = join(import.meta.dirname, 'main.ts');
    await new Promise<void>((done) => {
      execFile('node', ['--import', hook(file), main, ...args], () => done());
    });
    return (await readFile(file, 'utf8')).split('\n');
  } finally {
    await rm(folder, { recursive: true });
  }
}

const others =
  /\/(yaml|cel|protovalidate|re2|kafkajs|pg|arbiter|entanglement|control-plane)\/(src|dist|lib)\//;

test.each([[['kill', '--server', '127.0.0.1:1']], [['pause', '--server', '127.0.0.1:1']], [['--help']]])(
  '%j',
  async (args) => {
    const urls = await loadedBy(...args);
    expect(urls.some((url) => url.endsWith('/cli/src/program.ts'))).toBe(true);
    if (args[0] !== '--help') {
      expect(urls.filter((url) => others.test(url))).toEqual([]);
      expect(urls.some((url) => url.includes('connect-node/'))).toBe(true);
      return;
    }
    // Help tells of judge, explain and entangle, and needs nothing that does their work.
    expect(urls.filter((url) => /\/(yaml|cel|kafkajs|pg)\/(src|dist|lib)\//.test(url))).toEqual([]);
    expect(urls.some((url) => url.includes('connect-node/'))).toBe(false);
  },
);
