import { ConnectError } from '@connectrpc/connect';
import { useCallback, useEffect, useRef, useState } from 'react';

export interface Paged<Item> {
  /** Undefined until the first page has come. */
  readonly items: readonly Item[] | undefined;
  readonly error: string | undefined;
  readonly busy: boolean;
  /** There is no more. */
  readonly complete: boolean;
  /** The next page; nothing while one is on its way, or without one. */
  more(): void;
  /** From the beginning. */
  reload(): void;
}

type LoadPage<Item> = (
  token: string,
  signal: AbortSignal,
) => Promise<{ readonly items: readonly Item[]; readonly next: string }>;

interface State<Item> {
  readonly key: string;
  readonly items: readonly Item[] | undefined;
  readonly next: string;
  readonly busy: boolean;
  readonly error?: string;
}

/** A list that is read page by page, anew for each `key`. A page keeps `itemsMax` at most: a list is for looking, not for counting. */
export function usePages<Item>(key: string, load: LoadPage<Item>, itemsMax = 20_000): Paged<Item> {
  const [state, setState] = useState<State<Item>>({ key: '', items: undefined, next: '', busy: false });
  const abort = useRef(new AbortController());
  const newest = useRef(load);
  newest.current = load;
  const read = useCallback(
    async (before: readonly Item[], token: string) => {
      abort.current.abort();
      abort.current = new AbortController();
      const { signal } = abort.current;
      setState({ key, items: token === '' ? undefined : before, next: '', busy: true });
      try {
        const { items, next } = await newest.current(token, signal);
        const all = [...before, ...items];
        if (!signal.aborted)
          setState({ key, items: all, next: all.length < itemsMax ? next : '', busy: false });
      } catch (failure) {
        if (signal.aborted) return;
        const { rawMessage } = ConnectError.from(failure);
        setState({ key, items: before, next: token, busy: false, error: rawMessage });
      }
    },
    [key, itemsMax],
  );
  useEffect(() => {
    void read([], '');
    return () => abort.current.abort();
  }, [read]);
  const { items, next, busy, error } = state.key === key ? state : { ...state, items: undefined, busy: true };
  return {
    items,
    error,
    busy,
    complete: !busy && next === '' && error === undefined,
    more: () => {
      if (!busy && next !== '') void read(items ?? [], next);
    },
    reload: () => void read([], ''),
  };
}
