import type { Method } from '../core/mix.ts';
import type { Random } from '../core/random.ts';

/** What came back: `ok` or the error's code, and the answer as JSON (undefined for streams and errors). */
export interface Reply {
  readonly code: string;
  readonly answer: Readonly<Record<string, unknown>> | undefined;
}

export interface Call {
  readonly method: Method;
  readonly body: Readonly<Record<string, string | number>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** How a bank's customers speak with it. */
export interface Client {
  /** @param random chooses among the ways that there are. @throws Error when there was no answer */
  send(call: Call, random: Random): Promise<Reply>;
  close(): void;
}
