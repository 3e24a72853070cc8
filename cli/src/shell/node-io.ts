import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { createInterface } from 'node:readline';
import type { Io } from '../io.ts';
import { boundedLines } from './bounded-lines.ts';
import { defaultStateDir, runFile } from './state-paths.ts';

/** The real world: this process' streams, environment, files and sockets. */
export function nodeIo(signal: AbortSignal): Io {
  const isTerminal = process.stdout.isTTY === true;
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    get stdin() {
      return createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
    },
    env: process.env,
    color: wantsColor(isTerminal),
    get columns() {
      return isTerminal ? process.stdout.columns || 80 : 200;
    },
    get rows() {
      return isTerminal ? process.stdout.rows || 24 : 24;
    },
    isTerminal,
    signal,
    readFile: (path) => readFile(path),
    lines: (path, charsMax) => boundedLines(path, charsMax, signal),
    runningServer,
    // Connect over HTTP/1.1 passes every proxy that an operator may stand behind; streams of the server work in it as well.
    transport: async (baseUrl, interceptors) => {
      // Loaded here: help, and what asks no server, do without.
      const { createConnectTransport } = await import('@connectrpc/connect-node');
      return createConnectTransport({ baseUrl, httpVersion: '1.1', interceptors });
    },
    actor: actorName(),
  };
}

/** https://no-color.org; FORCE_COLOR is for terminals that hide behind a pipe. */
function wantsColor(isTerminal: boolean): boolean {
  if ((process.env.NO_COLOR ?? '') !== '') return false;
  if ((process.env.FORCE_COLOR ?? '') !== '') return true;
  return isTerminal && process.env.TERM !== 'dumb';
}

function runningServer(): string | undefined {
  try {
    const written: unknown = JSON.parse(readFileSync(runFile(defaultStateDir), 'utf8'));
    if (typeof written !== 'object' || written === null || !('api' in written)) return undefined;
    return typeof written.api === 'string' ? written.api : undefined;
  } catch {
    // Not there, or half gone with the run that wrote it: then there is none.
    return undefined;
  }
}

function actorName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without an entry in the password file, as in containers.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
