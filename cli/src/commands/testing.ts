/** An Io in memory, and an API whose handlers a test gives. */
import { type ConnectRouter, createRouterTransport, type Transport } from '@connectrpc/connect';
import type { Io } from '../io.ts';

export interface TestIo extends Io {
  readonly stdout: () => string;
  readonly stderr: () => string;
}

export function testIo(options: {
  routes?: (router: ConnectRouter) => void;
  stdin?: Iterable<string>;
  files?: Readonly<Record<string, string>>;
  env?: Readonly<Record<string, string>>;
  onServer?: (server: string) => void;
  signal?: AbortSignal;
}): TestIo {
  const written = { out: '', err: '' };
  return {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    stdout: () => written.out,
    stderr: () => written.err,
    stdin: lines(options.stdin ?? []),
    env: options.env ?? {},
    color: false,
    columns: 120,
    rows: 40,
    isTerminal: false,
    signal: options.signal ?? new AbortController().signal,
    readFile: async (path) => {
      const text = options.files?.[path];
      if (text === undefined) throw new Error('ENOENT: no such file');
      return new TextEncoder().encode(text);
    },
    lines: (path) => lines(path === '-' ? (options.stdin ?? []) : (options.files?.[path] ?? '').split('\n')),
    runningServer: () => undefined,
    transport: async (server, interceptors): Promise<Transport> => {
      options.onServer?.(server);
      return createRouterTransport(options.routes ?? (() => undefined), { transport: { interceptors } });
    },
    actor: 'ada',
  };
}

async function* lines(texts: Iterable<string>): AsyncGenerator<string> {
  yield* texts;
}
