import type { Interceptor, Transport } from '@connectrpc/connect';

/** Why the signal aborted where nobody interrupted: standard output was closed (`| head`), of which nobody needs to be told. */
export const READER_GONE = Symbol('nobody reads standard output any more');

/** What a command may touch of the world outside; tests give their own. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** Standard input by line. */
  readonly stdin: AsyncIterable<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Colours are wanted on standard output. */
  readonly color: boolean;
  /** Cells of a line of the terminal; wide when output is no terminal, so that nothing is cut. */
  readonly columns: number;
  readonly rows: number;
  readonly isTerminal: boolean;
  /** Aborted by Ctrl-C or SIGTERM, or with {@link READER_GONE}. */
  readonly signal: AbortSignal;
  readFile(path: string): Promise<Uint8Array>;
  /** A file, or standard input for `-`, by line as it comes; longer lines are cut to `charsMax` + 1 characters. */
  lines(path: string, charsMax: number): AsyncIterable<string>;
  /** The API of a `chronos run` in the default state folder; undefined when none is running. */
  runningServer(): string | undefined;
  transport(server: string, interceptors: Interceptor[]): Promise<Transport>;
  /** Who operates, for the journal. */
  readonly actor: string;
}
