import { ConnectError } from '@connectrpc/connect';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Kept } from '../router/kept.ts';
import { serverMs } from './live.ts';

export interface Paged<Item> {
  /** Undefined until the first page has come. */
  readonly items: readonly Item[] | undefined;
  /** When the first page came, in ms of the server's clock. */
  readonly readAtMs: number | undefined;
  readonly error: string | undefined;
  readonly busy: boolean;
  /** There is no more. */
  readonly complete: boolean;
  /** The next page, or again the one that failed; nothing while one is on its way, or without one. */
  more(): void;
  /** From the beginning; what is there stays until the newer has come. */
  reload(): void;
}

type LoadPage<Item> = (
  token: string,
  signal: AbortSignal,
) => Promise<{ readonly items: readonly Item[]; readonly next: string }>;

/** Of one list, as it was read so far. */
export interface PagesRead<Item> {
  readonly key: string;
  readonly items: readonly Item[] | undefined;
  readonly next: string;
  readonly busy: boolean;
  readonly readAtMs?: number | undefined;
  readonly error?: string;
}

/** A page keeps as many at most: a list is for looking, not for counting. */
const itemsMax = 20_000;

/**
 * A list that is read page by page, anew for each `key`, and again when `version` changes: what it shows has changed on the server. With `kept` the
 * browser's back button returns to what had been read.
 */
export function usePages<Item>(
  key: string,
  load: LoadPage<Item>,
  { version = '', kept }: { readonly version?: string; readonly kept?: Kept<PagesRead<Item>> } = {},
): Paged<Item> {
  const [state, setState] = useState<PagesRead<Item>>(
    () => kept?.get(key) ?? { key: '', items: undefined, next: '', busy: false },
  );
  const abort = useRef(new AbortController());
  const newest = useRef(load);
  newest.current = load;
  const read = useCallback(
    async (before: readonly Item[], token: string) => {
      abort.current.abort();
      abort.current = new AbortController();
      const { signal } = abort.current;
      setState(({ key: ofKey, items, readAtMs }) =>
        ofKey === key
          ? { key, items, readAtMs, next: '', busy: true }
          : { key, items: undefined, next: '', busy: true },
      );
      try {
        const { items, next } = await newest.current(token, signal);
        if (signal.aborted) return;
        const all = [...before, ...items];
        setState(({ readAtMs }) => ({
          key,
          items: all,
          readAtMs: token === '' ? serverMs() : readAtMs,
          next: all.length < itemsMax ? next : '',
          busy: false,
        }));
      } catch (failure) {
        if (signal.aborted) return;
        const error = ConnectError.from(failure).rawMessage;
        setState(({ items = [], readAtMs }) => ({ key, items, readAtMs, next: token, busy: false, error }));
      }
    },
    [key],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is read again
  useEffect(() => {
    const before = kept?.get(key);
    if (before === undefined) void read([], '');
    else setState(before);
    return () => abort.current.abort();
  }, [read, version]);
  useEffect(() => {
    if (state.key === key && state.readAtMs !== undefined && !state.busy) kept?.set(key, state);
  }, [kept, key, state]);
  const blank = { items: undefined, readAtMs: undefined, next: '', busy: true, error: undefined };
  const { items, readAtMs, next, busy, error } = state.key === key ? { error: undefined, ...state } : blank;
  return {
    items,
    readAtMs,
    error,
    busy,
    complete: !busy && next === '' && error === undefined,
    more: () => {
      if (busy || (next === '' && error === undefined)) return;
      void read(next === '' ? [] : (items ?? []), next);
    },
    reload: () => void read([], ''),
  };
}
