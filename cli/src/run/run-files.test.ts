import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { testIo } from '../commands/testing.ts';
import { LogFollower } from './follow-log.ts';
import { checkChosenPorts } from './ports.ts';
import { openStateFolder } from './state-folder.ts';
import { Terminal } from './terminal.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'chronos-cli-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the state folder', () => {
  test('starts clean, but keeps capsules and the lock', () => {
    for (const name of ['kafka', 'capsules']) mkdirSync(join(dir, name));
    for (const name of ['chronos.lock', 'secrets.json']) writeFileSync(join(dir, name), '{}');
    openStateFolder(dir, false);
    expect(
      ['kafka', 'secrets.json', 'capsules', 'chronos.lock'].map((name) => existsSync(join(dir, name))),
    ).toEqual([false, false, true, true]);
  });

  test('--keep keeps the secrets too', () => {
    const made = openStateFolder(dir, false).secret('a');
    expect(openStateFolder(dir, true).secret('a')).toBe(made);
    expect(openStateFolder(dir, false).secret('a')).not.toBe(made);
  });

  test('secrets are for this user only, and differ', () => {
    const folder = openStateFolder(dir, false);
    expect(folder.secret('a')).not.toBe(folder.secret('b'));
    expect(statSync(join(dir, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  test('the socket is in a folder that only this user can enter, however long the path', () => {
    const long = join(dir, 'x'.repeat(100));
    for (const path of [dir, long]) {
      mkdirSync(path, { recursive: true });
      const socket = openStateFolder(path, false).runtimeSocket;
      expect(socket.length).toBeLessThan(104);
      expect(statSync(join(socket, '..')).mode & 0o777).toBe(0o700);
    }
  });

  test('the run file comes and goes', () => {
    const folder = openStateFolder(dir, false);
    folder.writeRunFile({ api: 'http://a', listen: 'b:1', migration: 'c' });
    expect(JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8'))).toEqual({
      api: 'http://a',
      listen: 'b:1',
      migration: 'c',
      pid: process.pid,
    });
    folder.removeRunFile();
    expect(existsSync(join(dir, 'run.json'))).toBe(false);
  });
});

describe('the ports that people choose', () => {
  test('one for both is told before anything starts', async () => {
    await expect(checkChosenPorts(18_999, { listen: '127.0.0.1:18999', tcp: [] })).rejects.toThrow(
      'port 18999 is asked for twice',
    );
  });

  test("an address that is not this machine's is told too", async () => {
    await expect(checkChosenPorts(0, { listen: '192.0.2.1:18999', tcp: [] })).rejects.toThrow(
      /cannot listen on 192\.0\.2\.1:18999: .*EADDRNOTAVAIL/,
    );
  });
});

describe('following a log', () => {
  test('whole lines, once each, also after it was cut short', () => {
    const file = join(dir, 'a.log');
    const log = new LogFollower(file);
    expect(log.newLines()).toEqual([]);
    writeFileSync(file, 'one\ntw');
    expect(log.newLines()).toEqual(['one']);
    appendFileSync(file, 'o\nthree\n');
    expect(log.newLines()).toEqual(['two', 'three']);
    writeFileSync(file, 'anew\n');
    expect(log.newLines()).toEqual(['anew']);
  });

  test('a flood is skipped to its end', () => {
    const file = join(dir, 'a.log');
    writeFileSync(file, `${'x'.repeat(200_000)}\nlast\n`);
    const lines = new LogFollower(file).newLines();
    expect(lines.at(-1)).toBe('last');
    expect(lines.join('').length).toBeLessThan(70_000);
  });
});

describe('the terminal', () => {
  test('without one: each line with its time, no block, no escape sequences', () => {
    const io = testIo({});
    const terminal = new Terminal(io);
    terminal.showBlock(() => ['block']);
    terminal.note('a');
    terminal.line('b\nc');
    terminal.close();
    expect(io.stdout()).toMatch(/^\d\d:\d\d:\d\d {2}a\n\d\d:\d\d:\d\d {2}b\n\d\d:\d\d:\d\d {2}c\n$/);
  });

  test('on one: lines go above the block, which is erased by exactly its height', () => {
    const io = Object.assign(testIo({}), { isTerminal: true });
    const terminal = new Terminal(io);
    terminal.showBlock(() => ['one', 'two']);
    terminal.note('a');
    terminal.note('b');
    terminal.close();
    expect(io.stdout()).toBe(
      '\u001b[?25la\none\ntwo\n\u001b[2F\u001b[Jb\none\ntwo\n\u001b[2F\u001b[Jone\ntwo\n\u001b[?25h',
    );
  });
});
