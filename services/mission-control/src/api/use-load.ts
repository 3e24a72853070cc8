import { ConnectError } from '@connectrpc/connect';
import { useCallback, useEffect, useState } from 'react';
import { serverMs } from './live.ts';

export interface Loaded<Value> {
  /** Undefined until it has come; of another key never. */
  readonly value: Value | undefined;
  /** When it came, in ms of the server's clock. */
  readonly readAtMs: number | undefined;
  /** In the server's words. */
  readonly error: ConnectError | undefined;
  reload(): void;
}

/** Reads something once for each `key`; a read that was overtaken is dropped. An empty key reads nothing. */
export function useLoad<Value>(key: string, load: (signal: AbortSignal) => Promise<Value>): Loaded<Value> {
  const [at, setAt] = useState(0);
  const [got, setGot] = useState<{ key: string; value?: Value; readAtMs?: number; error?: ConnectError }>({
    key: '',
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for what is loaded; `at` asks again
  useEffect(() => {
    if (key === '') return;
    const abort = new AbortController();
    load(abort.signal).then(
      (value) => abort.signal.aborted || setGot({ key, value, readAtMs: serverMs() }),
      (failure) => abort.signal.aborted || setGot({ key, error: ConnectError.from(failure) }),
    );
    return () => abort.abort();
  }, [key, at]);
  const reload = useCallback(() => setAt((times) => times + 1), []);
  const current = got.key === key ? got : undefined;
  return { value: current?.value, readAtMs: current?.readAtMs, error: current?.error, reload };
}
