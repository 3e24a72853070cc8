import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';

const themes: readonly string[] = ['system', 'light', 'dark'] satisfies Theme[];
const changed = new EventTarget();

/** One choice of this browser, kept in its storage; without storage it lasts as long as the page. */
function setting<Value extends string>(key: string, preset: Value, accepts: (text: string) => boolean) {
  const stored = read(key);
  let value = stored !== null && accepts(stored) ? (stored as Value) : preset;
  return {
    get: () => value,
    set(next: Value) {
      value = next;
      try {
        localStorage.setItem(key, next);
      } catch {
        // A browser that keeps nothing.
      }
      changed.dispatchEvent(new Event('changed'));
    },
  };
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export const theme = setting<Theme>('chronos-theme', 'system', (text) => themes.includes(text));
/** Single keys act (WCAG 2.1.4 wants them to be switched off by who speaks to the machine, say). */
export const keys = setting<'on' | 'off'>('chronos-keys', 'on', (text) => text === 'on' || text === 'off');

/** Where a trace is looked at, `{trace}` in place of its id; empty: nobody has said. */
export const traceAddress = setting<string>('chronos-traces', '', (text) => text.includes('{trace}'));

export function useSetting<Value extends string>(which: { get(): Value }): Value {
  return useSyncExternalStore(
    (listener) => {
      changed.addEventListener('changed', listener);
      return () => changed.removeEventListener('changed', listener);
    },
    () => which.get(),
  );
}

/** Theme and keys stand on the root element, so that they are right before anything is drawn. */
export function applySettings(): void {
  const apply = () => {
    const choice = theme.get();
    if (choice === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    document.documentElement.dataset.keys = keys.get();
  };
  apply();
  changed.addEventListener('changed', apply);
}
