import { useSyncExternalStore } from 'react';

const moved = new EventTarget();

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  moved.addEventListener('moved', listener);
  return () => {
    removeEventListener('popstate', listener);
    moved.removeEventListener('moved', listener);
  };
}

/** The page's path; renders anew when it changes. */
export const usePath = () => useSyncExternalStore(subscribe, () => location.pathname);

/** The page's query; renders anew when it changes. */
export const useSearch = () => useSyncExternalStore(subscribe, () => location.search);

let steps = 0;

/** Names the step of the browser's history that is shown: Back returns to the same. Empty: one that this page did not make. */
export function historyStep(): string {
  const state: { readonly step?: string } | null = history.state;
  return state?.step ?? '';
}

/** Goes to another address of this page. `replace` leaves no step for the browser's back button. */
export function navigate(to: string, options: { readonly replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(history.state, '', to);
  else history.pushState({ step: `${performance.timeOrigin} ${++steps}` }, '', to);
  moved.dispatchEvent(new Event('moved'));
}

/**
 * One value of the query, and how to set it: the preset leaves the address. The URL holds the state. `step`: the browser's back button returns to
 * what was shown before; without, for filters and looks, it leaves the page.
 */
export function useQueryValue(name: string, preset: string): [string, (value: string, how?: 'step') => void] {
  const search = useSearch();
  const value = new URLSearchParams(search).get(name) ?? preset;
  const set = (next: string, how?: 'step') => {
    const params = new URLSearchParams(location.search);
    if (next === preset) params.delete(name);
    else params.set(name, next);
    const query = params.toString();
    navigate(`${location.pathname}${query === '' ? '' : `?${query}`}`, { replace: how !== 'step' });
  };
  return [value, set];
}
